namespace CityTwin.Grains;

/// <summary>The outcome of a decision: events in order, a refusal, or nothing to change.</summary>
/// <remarks>Converts from an event, from an array of events and from a <see cref="Refusal"/>. One event costs no allocation beside itself.</remarks>
public readonly struct Decision<TEvent>
    where TEvent : TwinEvent
{
    private readonly TEvent? _one;
    private readonly TEvent[]? _many;

    private Decision(TEvent? one, TEvent[]? many, Refusal refusal)
    {
        _one = one;
        _many = many;
        Refusal = refusal;
    }

    /// <summary>Why the command was refused, or <see cref="Refusal.None"/>.</summary>
    public Refusal Refusal { get; }

    /// <summary>True when the command was refused.</summary>
    public bool IsRefused => Refusal != Refusal.None;

    /// <summary>The number of events, 0 for a refusal and for no change.</summary>
    public int Count => _many?.Length ?? (_one is null ? 0 : 1);

    /// <summary>The event at a place, 0 to <see cref="Count"/> - 1.</summary>
    public TEvent this[int index] => _many is null ? _one! : _many[index];

    /// <summary>The command is fine and there is nothing to change.</summary>
    public static Decision<TEvent> Unchanged => default;

    /// <summary>One event.</summary>
    public static implicit operator Decision<TEvent>(TEvent happened) => new(happened, null, Refusal.None);

    /// <summary>Several events, in order.</summary>
    public static implicit operator Decision<TEvent>(TEvent[] happened) => new(null, happened, Refusal.None);

    /// <summary>A refusal.</summary>
    public static implicit operator Decision<TEvent>(Refusal refusal) => new(null, null, refusal);
}
