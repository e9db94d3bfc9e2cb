using System.Buffers.Binary;
using CityTwin.Grains;

namespace CityTwin.Silo.Turns;

/// <summary>The armed deadlines of all twins, earliest first.</summary>
/// <remarks>
/// Entries are never taken out before their time: one that was replaced is recognised when it comes up, by asking the twin.
/// Used by the turn thread alone.
/// </remarks>
internal sealed class DeadlineQueue
{
    private const int EntryBytes = 16;

    private readonly PriorityQueue<TwinId, long> _queue = new();
    private readonly List<(TwinId Twin, long DueTicks)> _kept = [];

    /// <summary>How many entries there are, replaced ones included.</summary>
    public int Count => _queue.Count + _kept.Count;

    /// <summary>The earliest moment, UTC ticks, or null.</summary>
    public long? NextTicks => _queue.TryPeek(out _, out long ticks) ? ticks : null;

    /// <summary>Arms a deadline.</summary>
    public void Arm(TwinId twin, long dueTicks) => _queue.Enqueue(twin, dueTicks);

    /// <summary>Keeps an entry that came up for a twin that was stopped: it does not come up again, but checkpoints have it, for a program that can run the twin.</summary>
    public void Keep(TwinId twin, long dueTicks) => _kept.Add((twin, dueTicks));

    /// <summary>Takes the earliest entry if its moment has come.</summary>
    public bool TryTakeDue(long nowTicks, out TwinId twin, out long dueTicks)
    {
        if (_queue.TryPeek(out twin, out dueTicks) && dueTicks <= nowTicks)
        {
            _queue.Dequeue();
            return true;
        }
        return false;
    }

    /// <summary>Forgets all entries.</summary>
    public void Clear()
    {
        _queue.Clear();
        _kept.Clear();
    }

    /// <summary>A copy of all entries, for a checkpoint.</summary>
    public (TwinId Twin, long DueTicks)[] Capture()
    {
        var captured = new (TwinId, long)[Count];
        int i = 0;
        foreach ((TwinId twin, long due) in _queue.UnorderedItems)
        {
            captured[i++] = (twin, due);
        }
        _kept.CopyTo(captured, i);
        return captured;
    }

    /// <summary>Writes captured entries as bytes.</summary>
    public static byte[] Save((TwinId Twin, long DueTicks)[] entries)
    {
        byte[] saved = new byte[entries.Length * EntryBytes];
        for (int i = 0; i < entries.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(saved.AsSpan(i * EntryBytes), entries[i].Twin.Value);
            BinaryPrimitives.WriteInt64LittleEndian(saved.AsSpan((i * EntryBytes) + 8), entries[i].DueTicks);
        }
        return saved;
    }

    /// <summary>Takes up what <see cref="Save"/> wrote.</summary>
    public void Load(ReadOnlySpan<byte> saved)
    {
        var items = new (TwinId, long)[saved.Length / EntryBytes];
        for (int i = 0; i < items.Length; i++)
        {
            items[i] = (
                TwinId.FromValue(BinaryPrimitives.ReadInt64LittleEndian(saved[(i * EntryBytes)..])),
                BinaryPrimitives.ReadInt64LittleEndian(saved[((i * EntryBytes) + 8)..]));
        }
        _queue.EnqueueRange(items);
    }
}
