using System.Buffers;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Sqlite;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Tests.Runtime;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Tests.Queries;

public sealed class QueryViewTests
{
    [Fact]
    public void A_saved_view_gives_the_same_answers_and_has_no_words_of_reports_in_it()
    {
        var cases = new RandomCases(7);
        var view = new QueryView();
        cases.Play(new CityView(WorkCalendar.Usual), 2_000, e => view.Apply(e));
        var saved = new ArrayBufferWriter<byte>();
        view.Save(saved);
        var loaded = new QueryView();
        Assert.True(loaded.Load(saved.WrittenSpan));
        Assert.Equal(view.Position, loaded.Position);
        Assert.Equal(Rows(view, "case", cases.Now), Rows(loaded, "case", cases.Now));
        Assert.True(saved.WrittenSpan.IndexOf("text"u8) < 0);
        Assert.True(loaded.NeedsTexts);
        Assert.False(new QueryView().Load(saved.WrittenSpan[..100]));
        Assert.False(new QueryView().Load("something else"u8));
    }

    [Fact]
    public async Task Every_kind_of_twin_is_as_its_own_state_says()
    {
        using var folder = new TemporaryFolder();
        var view = new QueryView();
        await using CityUnderTest city = await Play(folder, view);
        var now = CityUnderTest.Start;
        QueryAnswer desks = Answer(view, "desk", now, "id,office,officials,queued,inProgress,taken,closed");
        Assert.Equal(CityUnderTest.Hue.Offices.Sum(o => o.Desks.Length), desks.Rows.Count);
        foreach (QueryValue[] row in desks.Rows)
        {
            var desk = (DeskState)(await city.Runtime.ReadAsync(row[0].AsId)).State;
            Assert.Equal((desk.Office, desk.Officials.Length, desk.Queue.Count), (row[1].AsId, (int)row[2].AsNumber, (int)row[3].AsNumber));
            Assert.Equal((desk.InHand.Count, desk.Taken, false), ((int)row[4].AsNumber, (long)row[5].AsNumber, row[6].AsFlag));
        }
        QueryAnswer communes = Answer(view, "commune", now, "id,nameVi,filed,atDesks,officials");
        foreach (QueryValue[] row in communes.Rows)
        {
            var office = (OfficeState)(await city.Runtime.ReadAsync(row[0].AsId)).State;
            Assert.Equal((office.Profile!.NameVi, office.Totals.Filed, office.Totals.AtDesks), (row[1].AsText, (long)row[2].AsNumber, (int)row[3].AsNumber));
        }
        Assert.Equal(CityUnderTest.Hue.Offices.Length, communes.Rows.Count + Answer(view, "department", now, "id").Rows.Count);
        Assert.Equal(CityUnderTest.Hue.Offices.Sum(o => o.Desks.Sum(d => d.Officials.Length)), Answer(view, "official", now, "id").Rows.Count);
        QueryValue[] official = Assert.Single(Answer(view, "official", now, "id,handled,onTimeShare", "handled>0").Rows);
        Assert.Equal((1, 1), (official[1].AsNumber, official[2].AsNumber));
        QueryValue[] citizen = Assert.Single(Answer(view, "citizen", now, "id,checks,needed", "checks>0").Rows);
        Assert.Equal(TwinId.Citizen(42), citizen[0].AsId);
    }

    [Fact]
    public async Task Reports_are_found_by_words_with_and_without_diacritics_and_never_once_forgotten()
    {
        using var folder = new TemporaryFolder();
        var view = new QueryView();
        await using CityUnderTest city = await Play(folder, view);
        var flooded = TwinId.Case(901);
        await city.SendAsync(flooded, city.Report() with { Citizen = TwinId.Citizen(7), Description = "Cây XANH gãy, chắn lối đi" });
        await city.SendAsync(TwinId.Case(902), city.Report() with { Description = "Cay xanh gay roi" });
        await view.WaitAsync(city.Runtime.Position, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken);

        Assert.Equal([901, 902], Found(view, "gay xanh"));
        Assert.Equal([901], Found(view, "gãy"));
        Assert.Equal([901], Found(view, "ga\u0303y"));
        Assert.Equal([901], Found(view, "xanh loi"));
        Assert.Empty(Found(view, "gãy roi"));
        Assert.Single(Answer(view, "case", CityUnderTest.Start, "id", "description~=\"GÃY\";!(description~=\"roi\")").Rows);

        view.Forget(TwinId.Citizen(7));
        Assert.Equal([902], Found(view, "gay"));
        Assert.Empty(Found(view, "loi"));
    }

    [Fact]
    public void Places_are_found_near_a_point_and_within_a_border()
    {
        var view = new QueryView();
        GeoPoint[] points = [new(16.4637, 107.5909), new(16.4640, 107.5915), new(16.50, 107.60)];
        for (int i = 0; i < points.Length; i++)
        {
            var filed = new CaseEvent.CaseFiled(
                CityUnderTest.Start, CaseKind.Feedback, "roads-drainage", TwinId.Commune(1 + (i / 2)), TwinId.Commune(1), default, Channel.App, Urgency.Normal,
                CityUnderTest.Start.AddDays(1), "x", 1, [], [], "t", points[i]);
            view.Apply(new RecordedEvent(i + 1, TwinId.Case(i + 1), 1, 0, CityUnderTest.Start, default, filed));
        }
        Assert.Equal([1, 2], Ids(view, new QueryRequest { Type = "case", Near = "16.4637,107.5909,200", OrderBy = "distance" }));
        Assert.Equal([3], Ids(view, new QueryRequest { Type = "case", Within = "commune/2" }));
        Assert.Equal([1, 2], Ids(view, new QueryRequest { Type = "case", Within = "bbox:16.46,107.58,16.47,107.60" }));
        Assert.Equal([3], Ids(view, new QueryRequest { Type = "case", Within = "polygon:16.49,107.59;16.49,107.61;16.51,107.60" }));
        Assert.Equal(73, Geography.Metres(points[0], points[1]), 1.5);
    }

    [Fact]
    public void What_costs_too_much_is_refused_with_its_cost_and_what_an_index_finds_is_not()
    {
        var cases = new RandomCases(3);
        var view = new QueryView();
        cases.Play(new CityView(WorkCalendar.Usual), 4_000, e => view.Apply(e));
        var engine = new QueryEngine(view, new QueryLimits { CostMax = 10_000 });
        CityQuery scan = CityQuery.Read(new QueryRequest { Type = "case", Q = "service~=\"^s\"" }, CityUnderTestRules.Calendar);
        QueryTooCostlyException refused = Assert.Throws<QueryTooCostlyException>(() => engine.Answer(scan, new(cases.Now, CityUnderTestRules.Rules), Stop));
        Assert.Equal((10_000, engine.Cost(scan, new(cases.Now, CityUnderTestRules.Rules))), (refused.Limit, refused.Cost));
        CityQuery one = CityQuery.Read(new QueryRequest { Type = "case", Q = $"id=={cases.Cases.Keys.First()};service" }, CityUnderTestRules.Calendar);
        Assert.Single(engine.Answer(one, new(cases.Now, CityUnderTestRules.Rules), Stop).Rows);
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static async Task<CityUnderTest> Play(TemporaryFolder folder, QueryView view)
    {
        CityUnderTest city = await new CityUnderTest(() => SqliteJournal.Open(folder.File("city.db"), CityTwins.Types), null, [view]).OpenAsync();
        for (int i = 1; i <= 12; i++)
        {
            await city.SendAsync(TwinId.Case(i), city.Report(CityUnderTest.Hue.Offices[i % 4].Profile.Id));
        }
        (_, TwinId official) = await city.InHandAsync(TwinId.Case(100));
        await city.SendAsync(TwinId.Case(100), new CaseCommand.Resolve(official, "done"));
        await city.SendAsync(TwinId.Case(200), new CaseCommand.FileDossier("1.000894", city.Commune, TwinId.Citizen(42), Channel.Counter, ["citizen-id", "marital-status"]));
        Assert.True(await view.WaitAsync(city.Runtime.Position, TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        return city;
    }

    private static IEnumerable<long> Found(QueryView view, string words) => Ids(view, new QueryRequest { Type = "case", Text = words });

    private static IEnumerable<long> Ids(QueryView view, QueryRequest request) =>
        new QueryEngine(view).Answer(CityQuery.Read(request, CityUnderTestRules.Calendar), new(CityUnderTest.Start, CityUnderTestRules.Rules), Stop).Rows.Select(r => r[0].AsId.Number);

    private static QueryAnswer Answer(QueryView view, string type, DateTimeOffset now, string? select = null, string? q = null) => new QueryEngine(view).Answer(
        CityQuery.Read(new QueryRequest { Type = type, Q = q, Select = select, Limit = 10_000 }, CityUnderTestRules.Calendar), new(now, CityUnderTestRules.Rules), Stop);

    private static IEnumerable<string> Rows(QueryView view, string type, DateTimeOffset now) => Answer(view, type, now).Rows.Select(r => string.Join('|', r.Select(v => v.ToString())));
}
