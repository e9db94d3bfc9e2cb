namespace CityTwin.Grains.Tests;

/// <summary>One twin told as Given (events) / When (command) / Then (events, messages or a refusal).</summary>
internal sealed class Story<TDecider, TCommand, TEvent, TState>(TwinId self, CityRules rules)
    where TDecider : IDecider<TCommand, TEvent, TState>
    where TCommand : TwinCommand
    where TEvent : TwinEvent
    where TState : TwinState
{
    private readonly Outbox _outbox = new();
    private Decision<TEvent> _decision;

    public TState State { get; private set; } = TDecider.Initial;

    public IReadOnlyList<Message> Messages => _outbox.Messages;

    public Story<TDecider, TCommand, TEvent, TState> Given(params TEvent[] events)
    {
        foreach (TEvent happened in events)
        {
            State = TDecider.Evolve(State, happened);
        }
        return this;
    }

    public Story<TDecider, TCommand, TEvent, TState> When(TCommand command, DateTimeOffset at)
    {
        _outbox.Clear();
        _decision = TDecider.Decide(State, command, new Turn(at, rules));
        for (int i = 0; i < _decision.Count; i++)
        {
            State = TDecider.Evolve(State, _decision[i]);
            TDecider.React(self, State, _decision[i], _outbox);
        }
        return this;
    }

    public Story<TDecider, TCommand, TEvent, TState> Then(params TEvent[] expected)
    {
        Assert.Equal(Refusal.None, _decision.Refusal);
        var happened = Enumerable.Range(0, _decision.Count).Select(i => Structure.Of(_decision[i]));
        Assert.Equal(expected.Select(Structure.Of), happened);
        return this;
    }

    public T ThenOne<T>()
        where T : TEvent
    {
        Assert.Equal(Refusal.None, _decision.Refusal);
        Assert.Equal(1, _decision.Count);
        return Assert.IsType<T>(_decision[0]);
    }

    public Story<TDecider, TCommand, TEvent, TState> ThenNothing() => Then();

    public Story<TDecider, TCommand, TEvent, TState> ThenRefused(Refusal refusal)
    {
        Assert.Equal(refusal, _decision.Refusal);
        Assert.Equal(0, _decision.Count);
        return this;
    }

    public Story<TDecider, TCommand, TEvent, TState> ThenSends(params Message[] expected)
    {
        Assert.Equal(expected.Select(m => Structure.Of(m)), Messages.Select(m => Structure.Of(m)));
        return this;
    }
}
