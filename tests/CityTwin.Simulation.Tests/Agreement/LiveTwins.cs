using CityTwin.Grains;

namespace CityTwin.Simulation.Tests.Agreement;

/// <summary>The live twins in memory: their deciders, their messages, and a clock that is driven.</summary>
internal sealed class LiveTwins(CityRules rules)
{
    private readonly Dictionary<TwinId, CaseState> _cases = [];
    private readonly Dictionary<TwinId, DeskState> _desks = [];
    private readonly Dictionary<TwinId, OfficeState> _offices = [];
    private readonly Dictionary<TwinId, CitizenState> _citizens = [];
    private readonly Queue<Message> _messages = new();
    private readonly Outbox _outbox = new();

    public DateTimeOffset Now { get; set; }

    /// <summary>Told of every event of a case.</summary>
    public Action<TwinId, CaseEvent>? CaseHappened { get; set; }

    public DeskState Desk(TwinId id) => _desks[id];

    public CaseState Case(TwinId id) => _cases[id];

    /// <summary>Forgets a case and its citizen, who had nothing else.</summary>
    public void Forget(TwinId id)
    {
        _citizens.Remove(_cases[id].Citizen);
        _cases.Remove(id);
    }

    /// <summary>One command from outside and all messages that follow from it.</summary>
    public void Do(TwinId target, TwinCommand command)
    {
        Assert.Equal(Refusal.None, Handle(target, command));
        while (_messages.TryDequeue(out Message message))
        {
            Handle(message.Target, message.Command);
        }
    }

    private Refusal Handle(TwinId target, TwinCommand command) => command switch
    {
        CaseCommand c => Turn<CaseDecider, CaseCommand, CaseEvent, CaseState>(_cases, target, c, CaseHappened),
        DeskCommand c => Turn<DeskDecider, DeskCommand, DeskEvent, DeskState>(_desks, target, c, null),
        OfficeCommand c => Turn<OfficeDecider, OfficeCommand, OfficeEvent, OfficeState>(_offices, target, c, null),
        CitizenCommand c => Turn<CitizenDecider, CitizenCommand, CitizenEvent, CitizenState>(_citizens, target, c, null),
        // Officials keep score and send nothing.
        _ => Refusal.None,
    };

    private Refusal Turn<TDecider, TCommand, TEvent, TState>(
        Dictionary<TwinId, TState> states, TwinId id, TCommand command, Action<TwinId, TEvent>? told)
        where TDecider : IDecider<TCommand, TEvent, TState>
        where TCommand : TwinCommand
        where TEvent : TwinEvent
        where TState : TwinState
    {
        TState state = states.GetValueOrDefault(id, TDecider.Initial);
        Decision<TEvent> decision = TDecider.Decide(state, command, new Turn(Now, rules));
        _outbox.Clear();
        for (int i = 0; i < decision.Count; i++)
        {
            state = TDecider.Evolve(state, decision[i]);
            TDecider.React(id, state, decision[i], _outbox);
            told?.Invoke(id, decision[i]);
        }
        states[id] = state;
        foreach (Message message in _outbox.Messages)
        {
            _messages.Enqueue(message);
        }
        return decision.Refusal;
    }
}
