using CityTwin.Silo.Turns;

namespace CityTwin.Grains.Orleans;

/// <summary>What one turn of a grain has to make durable: wholly or not at all.</summary>
public sealed class TurnEntry(TwinHead twin)
{
    private readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whose turn it was.</summary>
    public TwinHead Twin { get; } = twin;

    /// <summary>What happened, maybe nothing.</summary>
    public required TwinEvent[] Events { get; init; }

    /// <summary>The twin's version after it.</summary>
    public required int Version { get; init; }

    /// <summary>The state after it.</summary>
    public required TwinState State { get; init; }

    /// <summary>The moment of the turn.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The caller's command; none for messages and deadlines.</summary>
    public CommandId Command { get; init; }

    /// <summary>What the twin tells others.</summary>
    public Message[] Sent { get; init; } = [];

    /// <summary>The share of a trail of each message sent.</summary>
    public TrailTag[] Trails { get; init; } = [];

    /// <summary>The share of a trail that ends with this turn, because it tells nobody anything.</summary>
    public TrailTag Ended { get; init; }

    /// <summary>The outbox number of the message that the turn took; 0: none.</summary>
    public long Taken { get; init; }

    /// <summary>The deadline to be kept from now on; null: as before; <see cref="DateTimeOffset.MinValue"/>: none.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>Whether the state is to be kept for reading the past.</summary>
    public bool KeepPast { get; init; }

    /// <summary>Whether the message was found to have been taken before, by another activation.</summary>
    public bool WasTakenBefore { get; set; }

    /// <summary>Position of the first event; given at the commit.</summary>
    public long FirstPosition { get; set; }

    /// <summary>Outbox number of the first message sent; given at the commit.</summary>
    public long FirstSequence { get; set; }

    /// <summary>Completes when it is durable; fails with <see cref="TwinMovedException"/> when nobody knows, or it is not.</summary>
    public Task Durable => _durable.Task;

    /// <summary>The version before it.</summary>
    public int VersionBefore => Version - Events.Length;

    /// <summary>Says that it is durable; called in the order of commits.</summary>
    public void Complete()
    {
        long last = Events.Length == 0 ? Twin.Durable.Position : FirstPosition + Events.Length - 1;
        Twin.Durable = new DurableTwin(State, Version, last);
        _durable.SetResult();
    }

    /// <summary>Says that it is not durable, or that nobody knows.</summary>
    public void Fail(TwinMovedException reason)
    {
        Twin.IsLost = true;
        _durable.TrySetException(reason);
    }
}

/// <summary>A twin as the journal has it.</summary>
/// <param name="State">Its state.</param>
/// <param name="Version">How many events it had.</param>
/// <param name="Position">The position of the last of them.</param>
public sealed record DurableTwin(TwinState State, int Version, long Position);

/// <summary>What a grain and the committer share of a twin.</summary>
public sealed class TwinHead(TwinId id, TwinType type)
{
    private volatile DurableTwin _durable = new(type.Initial, 0, 0);
    private volatile bool _lost;

    /// <summary>Which twin.</summary>
    public TwinId Id { get; } = id;

    /// <summary>Its rules.</summary>
    public TwinType Type { get; } = type;

    /// <summary>What is durable of it; moved on by the committer alone once the grain is active.</summary>
    public DurableTwin Durable { get => _durable; set => _durable = value; }

    /// <summary>Whether an entry of it failed: what the activation has in memory is worth nothing.</summary>
    public bool IsLost { get => _lost; set => _lost = value; }
}
