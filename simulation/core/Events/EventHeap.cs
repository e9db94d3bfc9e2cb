using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CityTwin.Simulation;

/// <summary>Things to come in the order of their keys; equal keys leave in the order in which they came.</summary>
/// <remarks>
/// A 4-ary heap of 16-byte entries: four children lie in one cache line. Grows by doubling and is reused between runs:
/// once warm, no operation allocates. Keys are ticks, or the bits of a double that is 0 or more (their order is the same:
/// <see cref="KeyOf"/>). Not thread-safe.
/// </remarks>
public sealed class EventHeap
{
    private Entry[] _entries;
    private uint _sequence;

    /// <summary>An empty heap with room for some entries before it grows.</summary>
    public EventHeap(int capacity = 16) => _entries = new Entry[Math.Max(4, capacity)];

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>The smallest key; <see cref="long.MaxValue"/> when empty.</summary>
    public long TopKey
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Count == 0 ? long.MaxValue : _entries[0].Key;
    }

    /// <summary>What the entry with the smallest key carries. Only of a heap that is not empty.</summary>
    public int TopPayload
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _entries[0].Payload;
    }

    /// <summary>A key for a time that is 0 or more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static long KeyOf(double time) => BitConverter.DoubleToInt64Bits(time);

    /// <summary>The time of a key that <see cref="KeyOf"/> gave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double TimeOf(long key) => BitConverter.Int64BitsToDouble(key);

    /// <summary>Adds an entry.</summary>
    public void Push(long key, int payload) => Push(key, unchecked(_sequence++), payload);

    /// <summary>Adds an entry whose place among equal keys is given instead of being the order of coming.</summary>
    /// <param name="key">The key.</param>
    /// <param name="order">The place among equal keys; may wrap around. Not to be mixed with the other <c>Push</c> in one heap.</param>
    /// <param name="payload">What it carries.</param>
    public void Push(long key, uint order, int payload)
    {
        if (Count == _entries.Length)
        {
            Array.Resize(ref _entries, Count * 2);
        }
        RiseFrom(Count++, new Entry(key, order, payload));
    }

    /// <summary>Takes out the entry with the smallest key and returns what it carries. Only of a heap that is not empty.</summary>
    public int Pop()
    {
        int payload = _entries[0].Payload;
        Count--;
        if (Count > 0)
        {
            SinkFromTop(_entries[Count]);
        }
        return payload;
    }

    /// <summary>Takes out the smallest entry and adds another: cheaper than the two apart.</summary>
    public void ReplaceTop(long key, int payload) => SinkFromTop(new Entry(key, unchecked(_sequence++), payload));

    /// <summary>Moves every entry's payload into a list, in no order, and empties the heap.</summary>
    public void Drain(List<int> payloads)
    {
        for (int i = 0; i < Count; i++)
        {
            payloads.Add(_entries[i].Payload);
        }
        Clear();
    }

    /// <summary>Takes out the first entry that carries <paramref name="payload"/>, searching all; false where there is none.</summary>
    public bool Remove(int payload)
    {
        int at = 0;
        while (at < Count && _entries[at].Payload != payload)
        {
            at++;
        }
        if (at == Count)
        {
            return false;
        }
        Count--;
        if (at < Count)
        {
            // The last entry may belong above or below the gap: rebuild what hangs together by rising first.
            Entry last = _entries[Count];
            _entries[at] = last;
            RiseFrom(at, last);
            if (_entries[at].Sequence == last.Sequence)
            {
                Sink(at, last);
            }
        }
        return true;
    }

    /// <summary>Empties the heap; keeps its memory.</summary>
    public void Clear()
    {
        Count = 0;
        _sequence = 0;
    }

    private void RiseFrom(int place, Entry entry)
    {
        ref Entry first = ref MemoryMarshal.GetArrayDataReference(_entries);
        while (place > 0)
        {
            int parent = (place - 1) >> 2;
            if (!entry.IsBefore(Unsafe.Add(ref first, parent)))
            {
                break;
            }
            Unsafe.Add(ref first, place) = Unsafe.Add(ref first, parent);
            place = parent;
        }
        Unsafe.Add(ref first, place) = entry;
    }

    private void SinkFromTop(Entry entry) => Sink(0, entry);

    private void Sink(int place, Entry entry)
    {
        unchecked
        {
            ref Entry first = ref MemoryMarshal.GetArrayDataReference(_entries);
            int count = Count;
            while (true)
            {
                int child = (place << 2) + 1;
                if (child >= count)
                {
                    break;
                }
                int best = child;
                int end = Math.Min(child + 4, count);
                for (int i = child + 1; i < end; i++)
                {
                    best = Unsafe.Add(ref first, i).IsBefore(Unsafe.Add(ref first, best)) ? i : best;
                }
                if (!Unsafe.Add(ref first, best).IsBefore(entry))
                {
                    break;
                }
                Unsafe.Add(ref first, place) = Unsafe.Add(ref first, best);
                place = best;
            }
            Unsafe.Add(ref first, place) = entry;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Entry(long key, uint sequence, int payload)
    {
        public readonly long Key = key;
        public readonly uint Sequence = sequence;
        public readonly int Payload = payload;

        // The sequence may wrap around: differences, not values, are compared.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool IsBefore(in Entry other) =>
            Key < other.Key || (Key == other.Key && unchecked((int)(Sequence - other.Sequence)) < 0);
    }
}
