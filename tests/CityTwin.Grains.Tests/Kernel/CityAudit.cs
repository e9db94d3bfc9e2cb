namespace CityTwin.Grains.Tests;

/// <summary>Judges a played city in which no message is under way: every case in one place, every total equal to what it counts.</summary>
internal static class CityAudit
{
    public static void Check(PlayedCity city)
    {
        Assert.True(city.IsQuiet);
        CheckPlaces(city);
        CheckLoads(city);
        CheckTotals(city);
        CheckOfficials(city);
        foreach ((TwinId id, IPlayedTwin twin) in city.Twins)
        {
            Assert.True(Structure.Of(twin.State) == Structure.Of(twin.Replay()), $"{id}: replay differs from live");
        }
    }

    private static void CheckPlaces(PlayedCity city)
    {
        var places = new Dictionary<TwinId, TwinId>();
        foreach ((TwinId id, DeskState desk) in city.All<DeskState>())
        {
            Assert.Equal(desk.Places.Keys.Order(), desk.Queue.Select(p => p.Case).Order());
            foreach (TwinId held in desk.Places.Keys.Concat(desk.InHand.Keys))
            {
                Assert.True(places.TryAdd(held, id), $"{held} is at two places");
            }
        }
        foreach ((TwinId id, CaseState state) in city.All<CaseState>())
        {
            bool isAtDesk = places.Remove(id, out TwinId desk);
            Assert.True(state.Stage != CaseStage.Received, $"{id} is orphaned: received, and nobody has it");
            Assert.False(state.OnItsWay);
            Assert.True(isAtDesk == state.Stage is CaseStage.Queued or CaseStage.InProgress, $"{id} is {state.Stage} and at desk '{desk}'");
            if (isAtDesk)
            {
                Assert.Equal(state.Desk, desk);
                Assert.Equal(state.Office, city.State<DeskState>(desk).Office);
                TwinId holder = city.State<DeskState>(desk).InHand.GetValueOrDefault(id);
                Assert.Equal(state.Stage == CaseStage.InProgress ? state.Official : default, holder);
            }
        }
        Assert.Empty(places);
    }

    private static void CheckLoads(PlayedCity city)
    {
        foreach ((TwinId id, OfficeState office) in city.All<OfficeState>().Where(o => o.State.Profile is not null))
        {
            foreach (DeskLoad load in office.Desks)
            {
                DeskState desk = city.State<DeskState>(load.Desk);
                Assert.Equal(id, desk.Office);
                Assert.Equal(desk.Places.Count + desk.InHand.Count, load.Open);
                Assert.Equal(desk.Officials.Length, load.Officials);
                double effort = desk.Places.Keys.Concat(desk.InHand.Keys).Sum(c => city.State<CaseState>(c).Effort);
                Assert.InRange(load.Effort, 0, double.MaxValue);
                Assert.Equal(effort, load.Effort, 1e-6);
                Assert.Equal(office.Successor, desk.Successor);
            }
            Assert.Equal(office.Desks.Sum(d => d.Open), office.Totals.AtDesks);
            Assert.True(office.Successor.IsNone || office.Totals.AtDesks == 0, $"{id} was merged and still has cases");
        }
    }

    private static void CheckTotals(PlayedCity city)
    {
        List<CaseEvent> events = [.. city.All<CaseState>().SelectMany(c => city.Twin(c.Id).History).Cast<CaseEvent>()];
        OfficeTotals[] totals = [.. city.All<OfficeState>().Select(o => o.State.Totals)];
        OfficialState[] officials = [.. city.All<OfficialState>().Select(o => o.State)];
        int results = events.Count(e => e is CaseEvent.CaseResolved or CaseEvent.CaseRejected);
        int ratings = events.Count(e => e is CaseEvent.CaseRated);
        Assert.Equal(events.Count(e => e is CaseEvent.CaseResolved), totals.Sum(t => t.Resolved));
        Assert.Equal(events.Count(e => e is CaseEvent.CaseRejected), totals.Sum(t => t.Rejected));
        Assert.Equal(events.Count(e => e is CaseEvent.CaseEscalated), totals.Sum(t => t.EscalatedOut));
        Assert.Equal(events.Count(e => e is CaseEvent.CaseEscalated), totals.Sum(t => t.EscalatedIn));
        Assert.Equal(events.Count(e => e is CaseEvent.CaseBecameOverdue), totals.Sum(t => t.Overdue));
        Assert.Equal(ratings, totals.Sum(t => t.Ratings));
        Assert.Equal(ratings, officials.Sum(o => o.Ratings));
        Assert.Equal(results, officials.Sum(o => o.Handled));
        Assert.Equal(totals.Sum(t => t.OnTime), officials.Sum(o => o.OnTime));
        Assert.Equal(city.All<CaseState>().Sum(c => c.State.Worked.Ticks), officials.Sum(o => o.Worked.Ticks));
        foreach ((TwinId id, _) in city.All<CaseState>())
        {
            DateTimeOffset[] missed = [.. city.Twin(id).History.OfType<CaseEvent.CaseBecameOverdue>().Select(e => e.DueAt)];
            Assert.True(missed.Distinct().Count() == missed.Length, $"{id} missed one deadline twice");
        }
    }

    private static void CheckOfficials(PlayedCity city)
    {
        IEnumerable<TwinId> joined = city.All<DeskState>().SelectMany(d => city.Twin(d.Id).History).SelectMany(e => e switch
        {
            DeskEvent.DeskOpened opened => opened.Officials,
            DeskEvent.OfficialsAssigned assigned => assigned.Officials,
            _ => [],
        });
        IEnumerable<TwinId> left = city.All<DeskState>()
            .SelectMany(d => city.Twin(d.Id).History).OfType<DeskEvent.OfficialRemoved>().Select(e => e.Official);
        IEnumerable<TwinId> working = city.All<DeskState>().Where(d => d.State.Successor.IsNone).SelectMany(d => d.State.Officials);
        Assert.Empty(joined.Except(left).Except(working));
    }
}
