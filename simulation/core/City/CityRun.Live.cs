using CityTwin.Grains;
using CityTwin.Simulation.Live;

namespace CityTwin.Simulation.City;

public sealed partial class CityRun
{
    private const int ConditionalDrawsMax = 32;
    private readonly RandomStream _luckOfLive;

    // Every open case takes its place with its age and deadline; what it still needs is drawn given what it has had.
    private void Adopt(LiveCity live)
    {
        CityModel model = _phase.Model;
        Dictionary<TwinId, int> offices = model.Offices.Index().ToDictionary(o => o.Item.Id, o => o.Index);
        Dictionary<TwinId, int> desks = model.Desks.Index().ToDictionary(d => d.Item.Id, d => d.Index);
        Dictionary<TwinId, int> officers = model.Officers.Index().Where(o => o.Item.IsActive).ToDictionary(o => o.Item.Id, o => o.Index);
        Dictionary<string, int> services = model.Services.Index().ToDictionary(s => s.Item.Code, s => s.Index);
        List<(DateTimeOffset Since, int Officer, int Slot)> held = [];
        foreach (LiveCase open in live.Cases.OrderBy(c => c.FiledAt).ThenBy(c => c.Case))
        {
            int office = offices[open.Office];
            int slot = _cases.Take();
            ref SimulatedCase item = ref _cases[slot];
            item.Key = _luckOfLive.KeyOf((ulong)open.Case.Number);
            item.Service = (ushort)services[open.Service];
            item.Origin = offices.GetValueOrDefault(open.Commune, office);
            item.NotCounted = _days.Worked(open.FiledAt.UtcTicks);
            item.DueAt = open.DueAt.UtcTicks;
            item.Urgency = (byte)open.Urgency;
            item.IsEscalated = open.WasEscalated;
            item.Place = CasePlace.InProcess;
            _open[item.Origin]++;
            int desk = desks.GetValueOrDefault(open.Desk, -1);
            if (open.Stage == LiveStage.InProgress && desk >= 0 && officers.TryGetValue(open.Official, out int officer))
            {
                Hold(slot, open, desk, live.At.UtcTicks);
                held.Add((open.StageAt, officer, slot));
            }
            else
            {
                Place(slot, open, office, desk, live.At.UtcTicks);
            }
        }
        // Who has several cases in hand goes on with the one that he took first.
        foreach ((_, int officer, int slot) in held.OrderBy(h => h.Since))
        {
            (_staff.Held[officer] ??= []).Add(slot);
        }
    }

    private void Hold(int slot, LiveCase open, int desk, long now)
    {
        ref SimulatedCase item = ref _cases[slot];
        item.WorkLeft = LeftOf(ref item, open.Worked.Ticks);
        item.Desk = desk;
        item.Place = CasePlace.InHand;
        item.JoinedAt = now;
        _desks.Load(desk, _phase.Services[item.Service].Effort);
        _observer?.Queued((int)item.Ordinal, now, desk);
    }

    private void Place(int slot, LiveCase open, int office, int desk, long now)
    {
        ref SimulatedCase item = ref _cases[slot];
        switch (open.Stage)
        {
            case LiveStage.WaitingForCitizen:
                item.Desk = desk >= 0 ? desk : ChooseDesk(_phase.Successor[office], item.Service);
                WaitOn(slot, open, now);
                break;
            case LiveStage.InProgress:
                item.WorkLeft = LeftOf(ref item, open.Worked.Ticks);
                // In hand already: nobody goes before it.
                item.Urgency = (byte)Urgency.Immediate;
                Enqueue(slot, desk >= 0 ? desk : ChooseDesk(_phase.Successor[office], item.Service), now, open.StageAt.UtcTicks);
                break;
            case LiveStage.Queued when desk >= 0:
                Enqueue(slot, desk, now, open.StageAt.UtcTicks);
                break;
            default:
                Route(slot, office, office, now);
                break;
        }
    }

    private void WaitOn(int slot, LiveCase open, long now)
    {
        ref SimulatedCase item = ref _cases[slot];
        ServiceTable table = _phase.Services[item.Service];
        double waited = (now - open.StageAt.UtcTicks) / (double)TimeSpan.TicksPerDay;
        double days = Above(table.Service.AnswerDays, item.Key, waited);
        item.Place = CasePlace.Waiting;
        item.IsAsked = true;
        item.DueAt = open.Remaining.Ticks;
        item.NotCounted -= _days.Worked(open.StageAt.UtcTicks);
        item.JoinedAt = Math.Max(now + 1, AddWork(open.StageAt.UtcTicks, table.DayTicks * _phase.Model.Terms.AnswerWithinDays));
        long answer = open.StageAt.UtcTicks + (long)(Math.Min(days, AnswerDaysMax) * TimeSpan.TicksPerDay);
        Schedule(_desks.Office[item.Desk], Math.Max(now, Math.Min(answer, item.JoinedAt)), Happening.Answer, slot);
    }

    private long LeftOf(ref SimulatedCase item, long worked)
    {
        ModelService service = _phase.Services[item.Service].Service;
        double minutes = Above(service.Handling, item.Key, worked / (double)TimeSpan.TicksPerMinute);
        return Math.Max(TimeSpan.TicksPerMinute, (long)(minutes * TimeSpan.TicksPerMinute) - worked);
    }

    // A variate given that it is above a bound: drawn until it is; a bound far in the tail adds a tenth of the mean instead.
    private static double Above(Duration duration, ulong key, double bound)
    {
        for (int i = 0; i < ConditionalDrawsMax; i++)
        {
            double drawn = duration.Next(key, 100 + i);
            if (drawn > bound)
            {
                return drawn;
            }
        }
        return bound + (duration.Mean / 10);
    }
}
