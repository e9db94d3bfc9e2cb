using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Tests.Agreement;

/// <summary>Plays traced cases through the live twins: officials take the next case when they are free and their office is open.</summary>
internal sealed class LiveReplay
{
    private readonly LiveTwins _twins;
    private readonly CityModel _model;
    private readonly CityRules _rules;
    private readonly ImmutableArray<TracedCase> _trace;
    private readonly PriorityQueue<(int Kind, int Index), (DateTimeOffset At, int Order)> _agenda = new();
    private readonly TwinId[] _inHand;
    private readonly ILookup<TwinId, int> _officersOfDesk;
    private readonly int[] _visits;
    private int _order;

    public LiveReplay(CityModel model, CityRules rules, IEnumerable<OfficeDefinition> offices, ImmutableArray<TracedCase> trace)
    {
        _model = model;
        _rules = rules;
        _trace = trace;
        _twins = new LiveTwins(rules) { Now = trace[0].At.AddDays(-1), CaseHappened = Record.Keep };
        _inHand = new TwinId[model.Officers.Length];
        _officersOfDesk = Enumerable.Range(0, model.Officers.Length).ToLookup(o => model.Desks[model.Officers[o].Desks[0]].Id);
        _visits = new int[trace.Length];
        foreach (OfficeDefinition office in offices)
        {
            _twins.Do(office.Profile.Id, new OfficeCommand.Establish(office.Profile, office.Desks));
        }
    }

    public ReplayRecord Record { get; } = new();

    public void Run(DateTimeOffset until)
    {
        for (int i = 0; i < _trace.Length; i++)
        {
            Plan(_trace[i].At, 0, i);
        }
        Plan(_rules.Calendar.NextOpening(_trace[0].At.AddDays(-1)), 1, 0);
        while (_agenda.TryDequeue(out (int Kind, int Index) next, out (DateTimeOffset At, int) when) && when.At < until)
        {
            _twins.Now = when.At;
            switch (next.Kind)
            {
                case 0:
                    File(next.Index);
                    break;
                case 1:
                    Open();
                    break;
                default:
                    Finish(next.Index);
                    break;
            }
        }
    }

    private void Plan(DateTimeOffset at, int kind, int index) => _agenda.Enqueue((kind, index), (at, _order++));

    private void File(int index)
    {
        _twins.Do(ReplayRecord.CaseOf(index), ReplayRecord.Filing(_model, _rules, _trace[index], index));
        Offer(ReplayRecord.CaseOf(index));
    }

    private void Open()
    {
        for (int officer = 0; officer < _inHand.Length; officer++)
        {
            TakeNext(officer);
        }
        // The next opening: after a break or the next morning.
        DateTimeOffset at = _twins.Now;
        while (_rules.Calendar.IsOpen(at))
        {
            at = at.AddMinutes(30);
        }
        Plan(_rules.Calendar.NextOpening(at), 1, 0);
    }

    private void Offer(TwinId id)
    {
        CaseState state = _twins.Case(id);
        foreach (int officer in _officersOfDesk[state.Desk])
        {
            TakeNext(officer);
        }
    }

    private void TakeNext(int officer)
    {
        TwinId desk = _model.Desks[_model.Officers[officer].Desks[0]].Id;
        if (!_inHand[officer].IsNone || !_rules.Calendar.IsOpen(_twins.Now) || _twins.Desk(desk).Queue.IsEmpty)
        {
            return;
        }
        TwinId taken = _twins.Desk(desk).Queue.Min.Case;
        _twins.Do(desk, new DeskCommand.TakeNext(_model.Officers[officer].Id));
        _inHand[officer] = taken;
        TracedCase traced = _trace[ReplayRecord.IndexOf(taken)];
        TimeSpan work = _visits[ReplayRecord.IndexOf(taken)]++ switch { 0 => traced.Handling, 1 => traced.HandlingAbove!.Value, _ => traced.HandlingAfterReturn!.Value };
        Plan(_rules.Calendar.Add(_twins.Now, work), 2, officer);
    }

    private void Finish(int officer)
    {
        TwinId id = _inHand[officer];
        TwinId official = _model.Officers[officer].Id;
        TracedCase traced = _trace[ReplayRecord.IndexOf(id)];
        int visits = _visits[ReplayRecord.IndexOf(id)];
        _inHand[officer] = default;
        bool goesUp = visits == 1 && traced.HandlingAbove is not null;
        bool goesBack = visits == 2 && traced.HandlingAfterReturn is not null;
        _twins.Do(id, goesUp ? new CaseCommand.Escalate(official, "replayed")
            : goesBack ? new CaseCommand.SendBack(official, "replayed") : new CaseCommand.Resolve(official));
        TakeNext(officer);
        if (goesUp || goesBack)
        {
            Offer(id);
        }
        else
        {
            _twins.Forget(id);
        }
    }
}
