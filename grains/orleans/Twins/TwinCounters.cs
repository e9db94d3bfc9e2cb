namespace CityTwin.Grains.Orleans;

/// <summary>What the twins of a silo have done. Counted from any thread.</summary>
public sealed class TwinCounters
{
    private long _turns, _messages, _refusedMessages, _deadlines, _repeats, _faults, _activations, _deactivations, _moved;

    /// <summary>Turns executed.</summary>
    public long Turns => Volatile.Read(ref _turns);

    /// <summary>Messages taken.</summary>
    public long Messages => Volatile.Read(ref _messages);

    /// <summary>Messages that the receiver's rules refused.</summary>
    public long RefusedMessages => Volatile.Read(ref _refusedMessages);

    /// <summary>Deadlines that made something happen.</summary>
    public long Deadlines => Volatile.Read(ref _deadlines);

    /// <summary>Repeated commands recognised.</summary>
    public long Repeats => Volatile.Read(ref _repeats);

    /// <summary>Twins stopped.</summary>
    public long Faults => Volatile.Read(ref _faults);

    /// <summary>Activations so far.</summary>
    public long Activations => Volatile.Read(ref _activations);

    /// <summary>Deactivations so far.</summary>
    public long Deactivations => Volatile.Read(ref _deactivations);

    /// <summary>Activations given up because the journal knew better.</summary>
    public long Moved => Volatile.Read(ref _moved);

    internal void Turned() => Interlocked.Increment(ref _turns);

    internal void Took(bool refused)
    {
        Interlocked.Increment(ref _messages);
        Interlocked.Add(ref _refusedMessages, refused ? 1 : 0);
    }

    internal void Fired() => Interlocked.Increment(ref _deadlines);

    internal void Repeated() => Interlocked.Increment(ref _repeats);

    internal void Faulted() => Interlocked.Increment(ref _faults);

    internal void Activated() => Interlocked.Increment(ref _activations);

    internal void Deactivated() => Interlocked.Increment(ref _deactivations);

    internal void WasMoved() => Interlocked.Increment(ref _moved);
}
