namespace CityTwin.Grains;

/// <summary>The rules of one kind of twin, as pure functions.</summary>
/// <remarks>
/// No implementation reads a clock, draws a random number or does I/O; the same inputs give the same outputs on every host.
/// All members are safe to call from any thread.
/// </remarks>
public interface IDecider<TCommand, TEvent, TState>
    where TCommand : TwinCommand
    where TEvent : TwinEvent
    where TState : TwinState
{
    /// <summary>The state before anything happened.</summary>
    static abstract TState Initial { get; }

    /// <summary>Decides what a command makes happen, or refuses it. Never throws for any state and any command.</summary>
    static abstract Decision<TEvent> Decide(TState state, TCommand command, in Turn turn);

    /// <summary>The state after an event.</summary>
    /// <exception cref="CorruptHistoryException">The event cannot follow the state.</exception>
    static abstract TState Evolve(TState state, TEvent happened);

    /// <summary>Adds to <paramref name="outbox"/> the messages that an event causes.</summary>
    /// <param name="self">The twin to which it happened.</param>
    /// <param name="state">The state after the event.</param>
    /// <param name="happened">The event.</param>
    /// <param name="outbox">Where messages go; they are stored with the event and delivered exactly once in effect.</param>
    static abstract void React(TwinId self, TState state, TEvent happened, Outbox outbox);

    /// <summary>The earliest moment at which the twin must be woken, or null. The runtime then sends <see cref="Deadline"/>.</summary>
    /// <remarks>A function of the state alone: a deadline survives a restart because the state does.</remarks>
    static abstract DateTimeOffset? NextDeadline(TState state);

    /// <summary>The command that the runtime sends at the moment <see cref="NextDeadline"/> gave, or null where a kind has no deadlines.</summary>
    static abstract TCommand? Deadline { get; }

    /// <summary>True when nothing more is expected of the twin: it needs no place in memory or in live views.</summary>
    static abstract bool IsFinished(TState state);
}
