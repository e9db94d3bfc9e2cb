using System.Buffers.Binary;
using CityTwin.Grains;

namespace CityTwin.Silo.Turns;

/// <summary>What a command was answered, as far as it must be remembered to give the answer again.</summary>
/// <param name="Id">The command.</param>
/// <param name="Position">The position of its first event; 0 when it made nothing happen.</param>
/// <param name="Version">The twin's version after it.</param>
/// <param name="Count">How many events it made happen.</param>
/// <param name="Refusal">Why it was refused, or none.</param>
public readonly record struct RememberedCommand(CommandId Id, long Position, int Version, ushort Count, Refusal Refusal);

/// <summary>The latest commands of one twin, so that a repeated one is recognised.</summary>
/// <remarks>
/// Keeps the last <see cref="Window"/>; a case never has so many, a desk keeps about a day's. Accepted commands survive a restart
/// (their ids are in the journal), refused ones need not: they changed nothing. Used by the turn thread alone.
/// </remarks>
public sealed class RecentCommands
{
    /// <summary>How many commands of one twin are remembered: 1,024.</summary>
    public const int Window = 1_024;

    private const int IndexedFrom = 16;
    private const int EntryBytes = 30;

    private RememberedCommand[] _entries = new RememberedCommand[1];
    private Dictionary<UInt128, int>? _index;
    private int _count;
    private int _next;

    /// <summary>How many are remembered.</summary>
    public int Count => _count;

    /// <summary>Finds a command's answer.</summary>
    public bool TryFind(CommandId id, out RememberedCommand found)
    {
        int at = _index is not null ? _index.GetValueOrDefault(id.Value, -1) : Scan(id);
        found = at >= 0 ? _entries[at] : default;
        return at >= 0;
    }

    /// <summary>Remembers an answer; the oldest is forgotten when the window is full.</summary>
    public void Add(in RememberedCommand command)
    {
        if (_count == _entries.Length && _count < Window)
        {
            Array.Resize(ref _entries, Math.Min(Window, _count * 2));
        }
        if (_count == Window)
        {
            _index?.Remove(_entries[_next].Id.Value);
        }
        else
        {
            _count++;
        }
        _entries[_next] = command;
        if (_count > IndexedFrom)
        {
            Index(command);
        }
        _next = (_next + 1) % Window;
    }

    /// <summary>Replaces the latest entry, when a replayed command turns out to have made another event happen.</summary>
    public void Extend(in RememberedCommand latest) => _entries[(_next + Window - 1) % Window] = latest;

    /// <summary>The accepted commands, oldest first, as a snapshot keeps them.</summary>
    public byte[] Save()
    {
        byte[] saved = new byte[_count * EntryBytes];
        int used = 0;
        for (int i = 0; i < _count; i++)
        {
            RememberedCommand entry = _entries[_count == Window ? (_next + i) % Window : i];
            if (entry.Count == 0)
            {
                continue;
            }
            Span<byte> into = saved.AsSpan(used, EntryBytes);
            BinaryPrimitives.WriteUInt128LittleEndian(into, entry.Id.Value);
            BinaryPrimitives.WriteInt64LittleEndian(into[16..], entry.Position);
            BinaryPrimitives.WriteInt32LittleEndian(into[24..], entry.Version);
            BinaryPrimitives.WriteUInt16LittleEndian(into[28..], entry.Count);
            used += EntryBytes;
        }
        return used == saved.Length ? saved : saved[..used];
    }

    /// <summary>Takes up what <see cref="Save"/> wrote; null for nothing.</summary>
    public static RecentCommands? Load(ReadOnlySpan<byte> saved)
    {
        if (saved.IsEmpty)
        {
            return null;
        }
        RecentCommands recent = new();
        for (; saved.Length >= EntryBytes; saved = saved[EntryBytes..])
        {
            recent.Add(new RememberedCommand(
                new CommandId(BinaryPrimitives.ReadUInt128LittleEndian(saved)),
                BinaryPrimitives.ReadInt64LittleEndian(saved[16..]),
                BinaryPrimitives.ReadInt32LittleEndian(saved[24..]),
                BinaryPrimitives.ReadUInt16LittleEndian(saved[28..]),
                Refusal.None));
        }
        return recent;
    }

    private int Scan(CommandId id)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_entries[i].Id == id)
            {
                return i;
            }
        }
        return -1;
    }

    private void Index(in RememberedCommand command)
    {
        if (_index is null)
        {
            _index = new Dictionary<UInt128, int>(_count * 2);
            for (int i = 0; i < _count; i++)
            {
                _index[_entries[i].Id.Value] = i;
            }
        }
        _index[command.Id.Value] = _next;
    }
}
