using CityTwin.Grains;

namespace CityTwin.Faults.Twins;

/// <summary>What a ledger can be asked to do.</summary>
internal abstract record LedgerCommand : TwinCommand
{
    /// <summary>Message of a bell: write this down, and pass it on so many times.</summary>
    public sealed record Post(TwinId From, int Number, int Hops) : LedgerCommand;
}

/// <summary>What happens to a ledger.</summary>
internal abstract record LedgerEvent : TwinEvent
{
    /// <summary>Something was written down.</summary>
    public sealed record Posted(DateTimeOffset At, TwinId From, int Number, int Hops) : LedgerEvent;
}

/// <summary>A ledger as it stands.</summary>
internal sealed record LedgerState : TwinState
{
    /// <summary>Lines written.</summary>
    public int Lines { get; init; }

    /// <summary>The sum of their numbers.</summary>
    public long Sum { get; init; }
}

/// <summary>Writes down whatever it is sent, as often as it is sent it.</summary>
internal sealed class LedgerDecider : IDecider<LedgerCommand, LedgerEvent, LedgerState>
{
    public const TwinKind Kind = (TwinKind)15;

    public const int Count = 3;

    public static LedgerState Initial { get; } = new();

    public static LedgerCommand? Deadline => null;

    public static Decision<LedgerEvent> Decide(LedgerState state, LedgerCommand command, in Turn turn) =>
        command is LedgerCommand.Post c ? new LedgerEvent.Posted(turn.At, c.From, c.Number, c.Hops) : Decision<LedgerEvent>.Unchanged;

    public static LedgerState Evolve(LedgerState state, LedgerEvent happened) => happened is LedgerEvent.Posted e
        ? new LedgerState { Lines = state.Lines + 1, Sum = state.Sum + e.Number }
        : throw new CorruptHistoryException(state, happened);

    public static void React(TwinId self, LedgerState state, LedgerEvent happened, Outbox outbox)
    {
        if (happened is LedgerEvent.Posted { Hops: > 0 } e)
        {
            outbox.Send(new TwinId(Kind, (self.Number + 1) % Count), new LedgerCommand.Post(e.From, e.Number, e.Hops - 1));
        }
    }

    public static DateTimeOffset? NextDeadline(LedgerState state) => null;

    public static bool IsFinished(LedgerState state) => false;
}
