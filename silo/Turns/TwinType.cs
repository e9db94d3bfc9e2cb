using CityTwin.Grains;

namespace CityTwin.Silo.Turns;

/// <summary>The rules of one kind of twin without their type parameters, as the runtime calls them.</summary>
public abstract class TwinType
{
    /// <summary>Which kind.</summary>
    public abstract TwinKind Kind { get; }

    /// <summary>The state before anything happened.</summary>
    public abstract TwinState Initial { get; }

    /// <summary>The type of its states, for reading snapshots.</summary>
    public abstract Type StateType { get; }

    /// <summary>The command sent at a deadline, or null where the kind has none.</summary>
    public abstract TwinCommand? Deadline { get; }

    /// <summary>Whether a command is of this kind.</summary>
    public abstract bool Takes(TwinCommand command);

    /// <summary>Adds to <paramref name="happened"/> what the command makes happen, or returns why not.</summary>
    public abstract Refusal Decide(TwinState state, TwinCommand command, in Turn turn, List<TwinEvent> happened);

    /// <summary>The state after an event.</summary>
    public abstract TwinState Evolve(TwinState state, TwinEvent happened);

    /// <summary>Adds the messages that an event causes.</summary>
    public abstract void React(TwinId self, TwinState state, TwinEvent happened, Outbox outbox);

    /// <summary>When the twin must be woken next.</summary>
    public abstract DateTimeOffset? NextDeadline(TwinState state);

    /// <summary>Whether nothing more is expected of it.</summary>
    public abstract bool IsFinished(TwinState state);
}

/// <summary>Adapts a decider.</summary>
public sealed class TwinType<TDecider, TCommand, TEvent, TState>(TwinKind kind) : TwinType
    where TDecider : IDecider<TCommand, TEvent, TState>
    where TCommand : TwinCommand
    where TEvent : TwinEvent
    where TState : TwinState
{
    /// <inheritdoc/>
    public override TwinKind Kind => kind;

    /// <inheritdoc/>
    public override TwinState Initial => TDecider.Initial;

    /// <inheritdoc/>
    public override Type StateType => typeof(TState);

    /// <inheritdoc/>
    public override TwinCommand? Deadline => TDecider.Deadline;

    /// <inheritdoc/>
    public override bool Takes(TwinCommand command) => command is TCommand;

    /// <inheritdoc/>
    public override Refusal Decide(TwinState state, TwinCommand command, in Turn turn, List<TwinEvent> happened)
    {
        Decision<TEvent> decision = TDecider.Decide((TState)state, (TCommand)command, turn);
        for (int i = 0; i < decision.Count; i++)
        {
            happened.Add(decision[i]);
        }
        return decision.Refusal;
    }

    /// <inheritdoc/>
    public override TwinState Evolve(TwinState state, TwinEvent happened) => TDecider.Evolve((TState)state, (TEvent)happened);

    /// <inheritdoc/>
    public override void React(TwinId self, TwinState state, TwinEvent happened, Outbox outbox) =>
        TDecider.React(self, (TState)state, (TEvent)happened, outbox);

    /// <inheritdoc/>
    public override DateTimeOffset? NextDeadline(TwinState state) => TDecider.NextDeadline((TState)state);

    /// <inheritdoc/>
    public override bool IsFinished(TwinState state) => TDecider.IsFinished((TState)state);
}
