using CityTwin.Grains;

namespace CityTwin.Faults.Twins;

/// <summary>What a bell can be asked to do.</summary>
internal abstract record BellCommand : TwinCommand
{
    /// <summary>Ring after so long; replaces what was set before.</summary>
    public sealed record Set(TimeSpan After, int Burst, TwinId Ledger) : BellCommand;

    /// <summary>Send so many messages now.</summary>
    public sealed record Strike(int Burst, TwinId Ledger, int Hops) : BellCommand;

    /// <summary>The deadline.</summary>
    public sealed record Ring : BellCommand;
}

/// <summary>What happens to a bell.</summary>
internal abstract record BellEvent(DateTimeOffset At) : TwinEvent
{
    /// <summary>It was set.</summary>
    public sealed record BellSet(DateTimeOffset At, DateTimeOffset DueAt, int Burst, TwinId Ledger) : BellEvent(At);

    /// <summary>It rang.</summary>
    public sealed record Rang(DateTimeOffset At, DateTimeOffset? Moment) : BellEvent(At);

    /// <summary>It was struck.</summary>
    public sealed record Struck(DateTimeOffset At, int Burst, TwinId Ledger, int Hops) : BellEvent(At);
}

/// <summary>A bell as it stands.</summary>
internal sealed record BellState : TwinState
{
    /// <summary>When it rings; null when it is not set.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How many messages it sends then.</summary>
    public int Burst { get; init; }

    /// <summary>To whom.</summary>
    public TwinId Ledger { get; init; }

    /// <summary>How many it sent so far.</summary>
    public int Sent { get; init; }
}

/// <summary>
/// A twin that believes the runtime blindly: it rings whenever it is told to, and numbers what it sends. So every deadline that fires twice,
/// or although it was replaced, and every message that is lost, doubled or overtaken shows, where the city's own twins would shrug it off.
/// </summary>
internal sealed class BellDecider : IDecider<BellCommand, BellEvent, BellState>
{
    public const TwinKind Kind = (TwinKind)14;

    public static BellState Initial { get; } = new();

    public static BellCommand? Deadline { get; } = new BellCommand.Ring();

    public static Decision<BellEvent> Decide(BellState state, BellCommand command, in Turn turn) => command switch
    {
        BellCommand.Set c when c.Burst < 0 => Refusal.OutOfRange,
        BellCommand.Set c => new BellEvent.BellSet(turn.At, turn.At + c.After, c.Burst, c.Ledger),
        BellCommand.Strike c when state.Sent > 5_000 => Refusal.OutOfRange,
        BellCommand.Strike c => new BellEvent.Struck(turn.At, c.Burst, c.Ledger, c.Hops),
        _ => new BellEvent.Rang(turn.At, state.DueAt),
    };

    public static BellState Evolve(BellState state, BellEvent happened) => happened switch
    {
        BellEvent.BellSet e => state with { DueAt = e.DueAt, Burst = e.Burst, Ledger = e.Ledger },
        BellEvent.Rang => state with { DueAt = null, Sent = state.Sent + state.Burst },
        BellEvent.Struck e => state with { Sent = state.Sent + e.Burst },
        _ => throw new CorruptHistoryException(state, happened),
    };

    public static void React(TwinId self, BellState state, BellEvent happened, Outbox outbox)
    {
        (int burst, TwinId ledger, int hops) = happened switch
        {
            BellEvent.Rang => (state.Burst, state.Ledger, 1),
            BellEvent.Struck e => (e.Burst, e.Ledger, e.Hops),
            _ => default,
        };
        for (int i = 0; i < burst; i++)
        {
            outbox.Send(ledger, new LedgerCommand.Post(self, state.Sent - burst + i, hops));
        }
    }

    public static DateTimeOffset? NextDeadline(BellState state) => state.DueAt;

    public static bool IsFinished(BellState state) => false;
}
