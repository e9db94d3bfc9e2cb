namespace CityTwin.Silo.Mqtt;

/// <summary>The acknowledgements that one connection owes, in the order of its publications (MQTT 5, section 4.6).</summary>
/// <remarks>Grows to its bound and not past it. Not thread-safe: its owner holds a lock.</remarks>
internal struct AckRing(int capacityMax)
{
    private const int CapacityFirst = 16;

    private Entry[]? _entries;
    private int _head;

    /// <summary>How many are owed.</summary>
    public int Count { get; private set; }

    /// <summary>True when no more may be owed: reading from the client pauses.</summary>
    public readonly bool IsFull => Count >= capacityMax;

    public void Add(PacketKind kind, ushort id, MqttReason reason, long ticket)
    {
        if (_entries is null || Count == _entries.Length)
        {
            Grow();
        }
        _entries![(_head + Count) % _entries.Length] = new Entry(ticket, id, kind, reason);
        Count++;
    }

    /// <summary>Writes the acknowledgements at the front whose tickets are durable.</summary>
    /// <returns>How many were written.</returns>
    public int Release(long durable, ref SendBuffer to, bool isV5)
    {
        int written = 0;
        while (Count > 0 && _entries![_head].Ticket <= durable)
        {
            ref Entry entry = ref _entries[_head];
            Replies.Ack(ref to, entry.Kind, entry.Id, entry.Reason, isV5);
            _head = (_head + 1) % _entries.Length;
            Count--;
            written++;
        }
        return written;
    }

    private void Grow()
    {
        Entry[] larger = new Entry[_entries is null ? Math.Min(CapacityFirst, capacityMax) : Math.Min(2 * _entries.Length, capacityMax)];
        for (int i = 0; i < Count; i++)
        {
            larger[i] = _entries![(_head + i) % _entries.Length];
        }
        _entries = larger;
        _head = 0;
    }

    private readonly record struct Entry(long Ticket, ushort Id, PacketKind Kind, MqttReason Reason);
}
