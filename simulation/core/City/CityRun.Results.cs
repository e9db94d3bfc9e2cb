using CityTwin.Grains;

namespace CityTwin.Simulation.City;

public sealed partial class CityRun
{
    // Cumulated shares of the scores 5, 4, 3, 2 of results in time and late: an assumption until ratings are fitted.
    private static readonly double[] ScoresInTime = [0.60, 0.90, 0.97, 0.99];
    private static readonly double[] ScoresLate = [0.15, 0.40, 0.65, 0.85];

    private void Decide(int slot, long now)
    {
        ref SimulatedCase item = ref _cases[slot];
        ServiceTable table = _phase.Services[item.Service];
        ModelService service = table.Service;
        bool onTime = DeadlineClock.IsOnTime(Moment(now), Moment(item.DueAt));
        _open[item.Origin]--;
        _observer?.Resolved((int)item.Ordinal, now, item.DueAt);
        if (now >= _countFrom)
        {
            double days = (_days.Worked(now) - item.NotCounted) / (double)table.DayTicks;
            bool rejected = Luck.Strikes(item.Key, Luck.Reject, service.RejectChance);
            CountResult(_outcome.ByOffice, item.Origin, onTime, rejected, days);
            CountResult(_outcome.ByService, item.Service, onTime, rejected, days);
            bool isCommune = _phase.Model.Offices[item.Origin].Kind != OfficeKind.Department;
            (isCommune ? _outcome.CommuneDays : _outcome.DepartmentDays)[CityOutcome.BucketOf(days)]++;
            if (!item.IsTraced && Luck.Strikes(item.Key, Luck.Rate, service.RateShare))
            {
                int score = ScoreOf(onTime ? ScoresInTime : ScoresLate, RandomStream.UnitAt(item.Key, Luck.Score));
                _outcome.ByOffice.Ratings[item.Origin]++;
                _outcome.ByOffice.RatingSum[item.Origin] += score;
            }
        }
        if (!item.IsTraced && !item.IsReopened && Luck.Strikes(item.Key, Luck.Reopen, service.ReopenChance))
        {
            item.Place = CasePlace.Decided;
            double share = RandomStream.UnitAt(item.Key, Luck.ReopenAfter);
            long after = (long)(share * table.DayTicks * _phase.Model.Terms.ReopenWithinDays);
            Schedule(item.Origin, AddWork(now, after), Happening.Reopen, slot);
            return;
        }
        _cases.Release(slot);
    }

    private static void CountResult(CityOutcome.Sums sums, int place, bool onTime, bool rejected, double days)
    {
        sums.Resolved[place]++;
        sums.OnTime[place] += onTime ? 1 : 0;
        sums.Rejected[place] += rejected ? 1 : 0;
        sums.Days[place] += days;
    }

    private static int ScoreOf(double[] cumulated, double u)
    {
        int worse = 0;
        while (worse < cumulated.Length && u >= cumulated[worse])
        {
            worse++;
        }
        return 5 - worse;
    }

    // The citizen objects: a new deadline, and the whole work again.
    private void Reopen(int slot, long now)
    {
        ref SimulatedCase item = ref _cases[slot];
        item.IsReopened = true;
        item.StepsDone = 0;
        item.IsEscalated = false;
        item.IsReturned = false;
        item.NotCounted = _days.Worked(now);
        item.DueAt = DueAt(item.Service, now);
        _open[item.Origin]++;
        if (now >= _countFrom)
        {
            _outcome.ByOffice.Reopened[item.Origin]++;
            _outcome.ByService.Reopened[item.Service]++;
        }
        Route(slot, item.Origin, item.Origin, now);
    }

    private void CountBacklog(int office, int day) => (_outcome.Backlog[day] ??= new int[_open.Length])[office] = _open[office];

    private void ScheduleTrace(System.Collections.Immutable.ImmutableArray<TracedCase> trace, int place)
    {
        if (place < trace.Length)
        {
            Schedule(trace[place].Office, trace[place].At.UtcTicks, Happening.Traced, place);
        }
    }

    private void ArriveTraced(int place, long now)
    {
        TracedCase traced = _timeline.Trace!.Value[place];
        ScheduleTrace(_timeline.Trace.Value, place + 1);
        int slot = _cases.Take();
        ref SimulatedCase item = ref _cases[slot];
        item.IsTraced = true;
        item.Key = (ulong)place;
        item.Origin = traced.Office;
        item.Service = (ushort)traced.Service;
        item.Urgency = (byte)traced.Urgency;
        Receive(slot, now);
    }

    private void EndTracedVisit(int slot, int office, long now)
    {
        ref SimulatedCase item = ref _cases[slot];
        TracedCase traced = _timeline.Trace!.Value[(int)item.Key];
        if (traced.HandlingAbove is not null && !item.IsEscalated)
        {
            Escalate(slot, office, _phase.Services[item.Service].Service.Department, now);
        }
        else if (traced.HandlingAfterReturn is not null && !item.IsReturned)
        {
            item.IsReturned = true;
            Route(slot, item.Origin, office, now);
        }
        else
        {
            Decide(slot, now);
        }
    }
}
