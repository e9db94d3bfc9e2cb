using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Tests;

/// <summary>Random lives of cases: every event can follow the state before it, by the case twin's own <c>Evolve</c>.</summary>
internal sealed class RandomCases(int seed)
{
    private static readonly TwinId[] Communes = [TwinId.Commune(1), TwinId.Commune(2), TwinId.Commune(3)];
    private static readonly TwinId Department = TwinId.Department(9);

    private readonly Random _random = new(seed);
    private long _position;

    public DateTimeOffset Now { get; private set; } = new(2026, 1, 5, 1, 0, 0, TimeSpan.Zero);

    public Dictionary<TwinId, (CaseState State, int Version)> Cases { get; } = [];

    public List<CaseEvent> Results { get; } = [];

    /// <summary>The next events, told to a view as the journal would.</summary>
    public void Play(CityView view, int events, Action<RecordedEvent>? also = null)
    {
        TwinId[] known = [.. Cases.Keys];
        var live = new List<TwinId>(known.Where(c => Cases[c].State.Stage is not (CaseStage.Closed or CaseStage.Withdrawn)));
        for (int i = 0; i < events; i++)
        {
            Now += TimeSpan.FromSeconds(_random.Next(0, 600));
            bool isNew = live.Count == 0 || _random.Next(5) == 0;
            int at = isNew ? -1 : _random.Next(live.Count);
            TwinId id = isNew ? TwinId.Case(_random.NextInt64(1, TwinId.TimeOrderedEnd)) : live[at];
            (CaseState state, int version) = Cases.GetValueOrDefault(id, (CaseState.Absent, 0));
            CaseEvent happened = isNew ? File() : Next(state);
            state = CaseDecider.Evolve(state, happened);
            Cases[id] = (state, version + 1);
            if (isNew)
            {
                live.Add(id);
            }
            else if (state.Stage is CaseStage.Closed or CaseStage.Withdrawn)
            {
                live.RemoveAt(at);
            }
            if (happened is CaseEvent.CaseResolved or CaseEvent.CaseRejected)
            {
                Results.Add(happened);
            }
            var recorded = new RecordedEvent(++_position, id, version + 1, 0, Now, default, happened);
            view.Apply(recorded);
            also?.Invoke(recorded);
        }
    }

    private CaseEvent.CaseFiled File()
    {
        bool isDossier = _random.Next(3) > 0;
        TwinId commune = Communes[_random.Next(Communes.Length)];
        return new CaseEvent.CaseFiled(
            Now, isDossier ? CaseKind.Dossier : CaseKind.Feedback, isDossier ? $"s{_random.Next(4)}" : "light", commune, commune,
            _random.Next(4) == 0 && !isDossier ? default : TwinId.Citizen(_random.Next(50)), (Channel)_random.Next(1, 7), (Urgency)_random.Next(3),
            Now.AddHours(_random.Next(1, 200)), "skill", 10, isDossier ? ["a", "b"] : [], [], isDossier ? null : "text", null);
    }

    private CaseEvent Next(CaseState s)
    {
        var desk = TwinId.Desk((s.Office.Number * 100) + _random.Next(1, 3));
        var official = TwinId.Official((s.Office.Number * 1000) + _random.Next(5));
        int roll = _random.Next(10);
        switch (s.Stage)
        {
            case CaseStage.Received or CaseStage.Queued or CaseStage.InProgress when !s.Overdue && s.DueAt <= Now:
                return new CaseEvent.CaseBecameOverdue(Now, s.DueAt);
            case CaseStage.Received when !s.OnItsWay:
                return roll < 5 ? new CaseEvent.DocumentsChecked(Now, ["a"], ["b"], TimeSpan.FromHours(3), Now.AddDays(9)) : new CaseEvent.DocumentsChecked(Now, ["a", "b"], [], null, null);
            case CaseStage.Received:
                return new CaseEvent.CaseQueued(Now, s.Office, desk);
            case CaseStage.Queued or CaseStage.InProgress when s.Kind == CaseKind.Feedback && roll == 1:
                return Assign(s, _random.Next(2) == 0);
            case CaseStage.Queued when roll == 0:
                return new CaseEvent.CaseMoved(Now, s.Office, Communes[_random.Next(3)], default, "moved", s.Desk);
            case CaseStage.Queued:
                return new CaseEvent.WorkStarted(Now, s.Desk, official);
            case CaseStage.WaitingForCitizen when roll == 0:
                return new CaseEvent.CaseMoved(Now, s.Office, Communes[_random.Next(3)], default, "moved");
            case CaseStage.WaitingForCitizen:
                return roll < 3 ? new CaseEvent.CaseWithdrawn(Now, "tired") : new CaseEvent.CitizenAnswered(Now, [], "yes", roll == 3 ? Now : Now.AddHours(30));
            case CaseStage.InProgress:
                return Work(s, roll);
            case CaseStage.Resolved when roll < 6:
                return new CaseEvent.ResultReturned(Now, Now.AddDays(10));
            case CaseStage.Returned when s.Rating == 0 && roll < 5:
                return new CaseEvent.CaseRated(Now, _random.Next(1, 6), null);
            default:
                return roll == 9 ? new CaseEvent.CaseReopened(Now, "no", s.Commune, Now.AddDays(3)) : new CaseEvent.CaseClosed(Now);
        }
    }

    private CaseEvent.CategoryAssigned Assign(CaseState s, bool moves) => new(
        Now, $"f{_random.Next(3)}", s.Service, default, s.Office, moves ? Communes[_random.Next(3)] : s.Office, moves ? s.Desk : default, "other", 12, 10,
        (Urgency)_random.Next(3), Now.AddHours(_random.Next(-5, 50)), null);

    private CaseEvent Work(CaseState s, int roll) => roll switch
    {
        0 => new CaseEvent.CitizenAsked(Now, s.Official, [], "?", TimeSpan.FromMinutes(5), TimeSpan.FromHours(2), Now.AddDays(9)),
        1 when s.Office.Kind == TwinKind.Commune => new CaseEvent.CaseEscalated(Now, s.Official, s.Office, Department, "hard", TimeSpan.FromMinutes(5)),
        1 => new CaseEvent.CaseSentBack(Now, s.Official, s.Office, s.Commune, "easy", TimeSpan.FromMinutes(5)),
        2 => new CaseEvent.CaseRejected(Now, s.Official, "no", TimeSpan.FromMinutes(5), !s.Overdue, Now.AddDays(5)),
        3 => new CaseEvent.CaseWithdrawn(Now, "tired", s.Desk),
        _ => new CaseEvent.CaseResolved(Now, s.Official, "yes", TimeSpan.FromMinutes(5), !s.Overdue),
    };
}
