using System.Collections.Immutable;

namespace CityTwin.Grains.Tests;

/// <summary>One twin of a played city: its state, its whole history, and the checks that every turn must pass.</summary>
internal interface IPlayedTwin
{
    TwinState State { get; }

    IReadOnlyList<TwinEvent> History { get; }

    DateTimeOffset? NextDeadline { get; }

    TwinCommand? Deadline { get; }

    Refusal Handle(TwinCommand command, in Turn turn, Outbox outbox);

    /// <summary>Decides and evolves without keeping anything: only a throw counts.</summary>
    void Probe(TwinCommand command, in Turn turn);

    /// <summary>The state that the history gives from the beginning.</summary>
    TwinState Replay();
}

internal sealed class PlayedTwin<TDecider, TCommand, TEvent, TState>(TwinId self) : IPlayedTwin
    where TDecider : IDecider<TCommand, TEvent, TState>
    where TCommand : TwinCommand
    where TEvent : TwinEvent
    where TState : TwinState
{
    private readonly List<TEvent> _history = [];
    private TState _state = TDecider.Initial;

    public TwinState State => _state;

    public IReadOnlyList<TwinEvent> History => _history;

    public DateTimeOffset? NextDeadline => TDecider.NextDeadline(_state);

    public TwinCommand? Deadline => TDecider.Deadline;

    public Refusal Handle(TwinCommand command, in Turn turn, Outbox outbox)
    {
        Decision<TEvent> decision = TDecider.Decide(_state, (TCommand)command, turn);
        for (int i = 0; i < decision.Count; i++)
        {
            _state = TDecider.Evolve(_state, decision[i]);
            _history.Add(decision[i]);
            TDecider.React(self, _state, decision[i], outbox);
        }
        CheckRepeat((TCommand)command, turn);
        return decision.Refusal;
    }

    public void Probe(TwinCommand command, in Turn turn)
    {
        var outbox = new Outbox();
        TState state = _state;
        Decision<TEvent> decision = TDecider.Decide(state, (TCommand)command, turn);
        for (int i = 0; i < decision.Count; i++)
        {
            state = TDecider.Evolve(state, decision[i]);
            TDecider.React(self, state, decision[i], outbox);
        }
        TDecider.NextDeadline(state);
        TDecider.IsFinished(state);
    }

    public TwinState Replay() => _history.Aggregate(TDecider.Initial, TDecider.Evolve);

    // What the state does not show, as a total, the runtime's exactly-once delivery protects.
    private void CheckRepeat(TCommand command, in Turn turn)
    {
        bool isCounted = command is OfficeCommand.Admit or OfficeCommand.RecordLeave or OfficeCommand.RecordOverdue or OfficeCommand.RecordRating
            or OfficeCommand.Absorb or OfficeCommand.SplitOff or OfficialCommand.RecordWork or OfficialCommand.RecordRating
            or CitizenCommand.CheckDocuments or DeskCommand.TakeNext;
        Decision<TEvent> again = isCounted ? default : TDecider.Decide(_state, command, turn);
        if (again.Count > 0)
        {
            TState repeated = _state;
            for (int i = 0; i < again.Count; i++)
            {
                repeated = TDecider.Evolve(repeated, again[i]);
            }
            Assert.True(Structure.Of(_state) == Structure.Of(repeated), $"{self}: repeating {command} changed the state by {again[0]}");
        }
    }
}
