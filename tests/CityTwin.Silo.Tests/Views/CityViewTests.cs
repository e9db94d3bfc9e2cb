using System.Buffers;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Tests;

public sealed class CityViewTests(ITestOutputHelper output)
{
    private readonly int _seed = Seed(output);

    [Fact]
    public void The_index_says_of_every_case_what_its_twin_says()
    {
        var played = new RandomCases(_seed);
        var view = new CityView(WorkCalendar.Usual);
        played.Play(view, 20_000);
        Assert.Equal(played.Cases.Count, view.Cases.Count);
        foreach ((TwinId id, (CaseState s, _)) in played.Cases)
        {
            CaseLine line = view.Cases.Find(id)!;
            var expected = new CaseLine(
                id, s.Kind, s.Service, s.Stage, s.Overdue, s.OnTime, s.Urgency, s.Channel, s.Commune, s.Office, s.Desk, s.Official, s.Citizen, s.FiledAt, s.DueAt,
                s.StageAt, s.Rating, s.Escalations, s.Reopenings);
            Assert.Equal(expected, line);
        }
    }

    [Fact]
    public void The_board_counts_what_the_twins_are()
    {
        var played = new RandomCases(_seed);
        var view = new CityView(WorkCalendar.Usual);
        played.Play(view, 20_000);
        CaseState[] cases = [.. played.Cases.Values.Select(c => c.State)];
        Figures all = view.Board.City(played.Now).All;
        Assert.Equal(cases.Count(c => c.IsOpen), all.Open);
        Assert.Equal(cases.Count(c => c.Stage == CaseStage.Queued), all.Queued);
        Assert.Equal(cases.Count(c => c.Stage == CaseStage.InProgress), all.InProgress);
        Assert.Equal(cases.Count(c => c.Stage == CaseStage.WaitingForCitizen), all.Waiting);
        Assert.Equal(cases.Count(c => c.IsOpen && c.Overdue), all.Overdue);
        Assert.Equal(cases.Length, all.Filed);
        Assert.Equal(cases.Count(c => c.Stage == CaseStage.Withdrawn), all.Withdrawn);
        Assert.Equal(played.Results.Count(r => r is CaseEvent.CaseResolved), all.Resolved);
        Assert.Equal(played.Results.Count(r => r is CaseEvent.CaseRejected), all.Rejected);
        Assert.Equal(played.Results.Count(r => r is CaseEvent.CaseResolved { OnTime: true } or CaseEvent.CaseRejected { OnTime: true }), all.OnTime);
        Assert.Equal(cases.Sum(c => c.Escalations), all.EscalatedIn);
        Assert.Equal(cases.Sum(c => c.Reopenings), all.Reopened);
        Assert.Equal(cases.Sum(c => c.Reused), all.DocumentsReused);
        Assert.Equal(cases.Count(c => c.Channel == Channel.Hotline), all.ByChannel.Hotline);
        Assert.Equal(cases.Count(c => c.Channel == Channel.Sensor), all.ByChannel.Sensor);
        Assert.Equal(cases.Count(c => c.Kind == CaseKind.Feedback), view.Board.City(played.Now).Feedback.Filed);
        DateTime today = played.Now.AddHours(7).Date;
        Assert.Equal(cases.Count(c => c.FiledAt.AddHours(7).Date == today), all.FiledToday);
        Assert.Equal(0, view.Board.City(played.Now.AddDays(1)).All.FiledToday);
    }

    [Fact]
    public void Mean_working_days_follow_the_calendar_and_days_set_later()
    {
        var view = new CityView(WorkCalendar.Usual);
        var monday = new DateTimeOffset(2026, 1, 5, 7, 30, 0, TimeSpan.FromHours(7));
        CaseEvent[] events =
        [
            new CaseEvent.CaseFiled(monday, CaseKind.Dossier, "s", TwinId.Commune(1), TwinId.Commune(1), TwinId.Citizen(1), Channel.App, Urgency.Normal, monday.AddDays(9), "k", 1, [], [], null, null),
            new CaseEvent.CaseQueued(monday, TwinId.Commune(1), TwinId.Desk(101)),
            new CaseEvent.WorkStarted(monday, TwinId.Desk(101), TwinId.Official(1001)),
            new CaseEvent.CaseResolved(monday.AddDays(2), TwinId.Official(1001), null, TimeSpan.Zero, true),
        ];
        view.Apply(new RecordedEvent(1, TwinId.City(46), 1, 0, monday, default, new CityEvent.DaySet(monday, new DateOnly(2026, 1, 6), true, "Off")));
        for (int i = 0; i < events.Length; i++)
        {
            view.Apply(new RecordedEvent(i + 2, TwinId.Case(7), i + 1, 0, events[i].At, default, events[i]));
        }
        Assert.Equal(1, view.Board.City(monday).All.WorkingDaysMean);
    }

    [Fact]
    public void A_saved_view_goes_on_as_the_one_it_was_saved_from()
    {
        var played = new RandomCases(_seed);
        var view = new CityView(WorkCalendar.Usual);
        played.Play(view, 5_000);
        var saved = new ArrayBufferWriter<byte>();
        view.Save(saved);
        var loaded = new CityView(WorkCalendar.Usual);
        Assert.True(loaded.Load(saved.WrittenSpan));
        Assert.Equal(view.Position, loaded.Position);
        played.Play(view, 5_000, e => loaded.Apply(e));
        Assert.Equal(view.Board.City(played.Now), loaded.Board.City(played.Now));
        Assert.Equal(view.Cases.HighestTimeOrdered, loaded.Cases.HighestTimeOrdered);
        Assert.Equal(played.Cases.Keys.Select(view.Cases.Find), played.Cases.Keys.Select(loaded.Cases.Find));
    }

    [Fact]
    public void A_saved_form_that_is_cut_short_or_of_another_format_leaves_the_view_empty()
    {
        var played = new RandomCases(_seed);
        var view = new CityView(WorkCalendar.Usual);
        played.Play(view, 200);
        var saved = new ArrayBufferWriter<byte>();
        view.Save(saved);
        byte[] bytes = saved.WrittenSpan.ToArray();
        var other = new CityView(WorkCalendar.Usual);
        for (int length = 0; length < bytes.Length; length += 97)
        {
            Assert.False(other.Load(bytes.AsSpan(0, length)));
            Assert.Equal((0, 0L), (other.Cases.Count, other.Position));
        }
        bytes[0] ^= 0x40;
        Assert.False(other.Load(bytes));
    }

    [Fact]
    public void A_saved_view_tells_what_happened_lately_as_before()
    {
        var played = new RandomCases(_seed);
        var view = new CityView(WorkCalendar.Usual);
        played.Play(view, 2_000);
        var loaded = new CityView(WorkCalendar.Usual);
        Assert.True(loaded.Load(Saved(view)));

        Assert.Equal(view.Board.Recent(0, 50), loaded.Board.Recent(0, 50));
        played.Play(view, 30, e => loaded.Apply(e));
        Assert.Equal(view.Board.Recent(0, 50), loaded.Board.Recent(0, 50));
    }

    [Fact]
    public void A_view_saved_before_the_latest_events_were_is_read_without_them()
    {
        var view = new CityView(WorkCalendar.Usual);
        DateTimeOffset at = new(2026, 1, 5, 7, 30, 0, TimeSpan.FromHours(7));
        view.Apply(new RecordedEvent(3, TwinId.Desk(101), 1, 0, at, default, new DeskEvent.DisciplineSet(at, Discipline.Fifo)));
        // Nothing that is shown has happened: the number of such events, none, is all that is new.
        byte[] before = Saved(view)[..^sizeof(long)];
        before[0] = 2;
        var loaded = new CityView(WorkCalendar.Usual);

        Assert.True(loaded.Load(before));
        Assert.Equal((3L, 0), (loaded.Position, loaded.Board.Recent(0, 50).Count));
    }

    private static byte[] Saved(CityView view)
    {
        var saved = new ArrayBufferWriter<byte>();
        view.Save(saved);
        return saved.WrittenSpan.ToArray();
    }

    [Fact]
    public void Only_so_many_finished_cases_are_kept_and_open_ones_never_go()
    {
        var played = new RandomCases(_seed);
        var view = new CityView(WorkCalendar.Usual, new CityViewOptions { FinishedCasesMax = 100 });
        played.Play(view, 20_000);
        int unfinished = played.Cases.Values.Count(c => c.State.Stage is not (CaseStage.Closed or CaseStage.Withdrawn));
        Assert.Equal(unfinished + 100, view.Cases.Count);
        Assert.All(played.Cases.Where(c => c.Value.State.IsOpen), c => Assert.NotNull(view.Cases.Find(c.Key)));
    }

    [Fact]
    public void Lists_give_what_a_naive_search_gives_page_by_page()
    {
        var played = new RandomCases(_seed);
        var view = new CityView(WorkCalendar.Usual);
        played.Play(view, 12_000);
        var random = new Random(_seed);
        for (int i = 0; i < 200; i++)
        {
            DateTimeOffset middle = played.Now.AddHours(-random.Next(2000));
            var filter = new CaseFilter
            {
                Office = random.Next(2) == 0 ? TwinId.Commune(random.Next(1, 5)) : null,
                Stage = random.Next(3) == 0 ? (CaseStage)random.Next(1, 10) : null,
                Kind = random.Next(3) == 0 ? (CaseKind)random.Next(1, 3) : null,
                Open = random.Next(3) == 0 ? random.Next(2) == 0 : null,
                Overdue = random.Next(3) == 0 ? random.Next(2) == 0 : null,
                Channel = random.Next(5) == 0 ? (Channel)random.Next(1, 6) : null,
                Service = random.Next(5) == 0 ? $"s{random.Next(5)}" : null,
                Citizen = random.Next(9) == 0 ? TwinId.Citizen(random.Next(50)) : null,
                DueBefore = random.Next(5) == 0 ? middle : null,
                FiledAfter = random.Next(5) == 0 ? middle : null,
            };
            var order = (CaseOrder)random.Next(1, 4);
            bool descending = random.Next(2) == 0;
            var listed = new List<TwinId>();
            CasePage page = view.Cases.List(new CaseQuery(filter, order, descending, random.Next(1, 501)));
            listed.AddRange(page.Cases.Select(c => c.Case));
            while (page.Next is { } next)
            {
                page = view.Cases.List(new CaseQuery(filter, order, descending, random.Next(50, 501), next));
                listed.AddRange(page.Cases.Select(c => c.Case));
            }
            Assert.Equal(Naive(played, filter, order, descending), listed);
        }
    }

    private static IEnumerable<TwinId> Naive(RandomCases played, CaseFilter f, CaseOrder order, bool descending)
    {
        IEnumerable<(TwinId Id, CaseState State)> wanted = played.Cases.Select(c => (c.Key, c.Value.State)).Where(c =>
            (f.Office is null || c.State.Office == f.Office) && (f.Stage is null || c.State.Stage == f.Stage) && (f.Kind is null || c.State.Kind == f.Kind)
            && (f.Open is null || c.State.IsOpen == f.Open) && (f.Overdue is null || c.State.Overdue == f.Overdue)
            && (f.Channel is null || c.State.Channel == f.Channel) && (f.Service is null || c.State.Service == f.Service)
            && (f.Citizen is null || c.State.Citizen == f.Citizen) && (f.DueBefore is null || c.State.DueAt < f.DueBefore)
            && (f.FiledAfter is null || c.State.FiledAt >= f.FiledAfter));
        Func<(TwinId Id, CaseState State), (DateTimeOffset, long)> key = c => (order switch
        {
            CaseOrder.DueAt => c.State.DueAt,
            CaseOrder.FiledAt => c.State.FiledAt,
            _ => c.State.StageAt,
        }, c.Id.Number);
        return (descending ? wanted.OrderByDescending(key) : wanted.OrderBy(key)).Select(c => c.Id);
    }

    private static int Seed(ITestOutputHelper output)
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("CITYTWIN_SEED"), null, out int given) ? given : Random.Shared.Next();
        output.WriteLine($"CITYTWIN_SEED={seed}");
        return seed;
    }
}
