using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Tests.Queries;

public sealed class QueryPropertyTests(ITestOutputHelper output)
{
    private static readonly WorkCalendar Calendar = CityUnderTestRules.Calendar;
    private static readonly string[] Orders = ["", "deadline", "!filedAt", "urgency,!deadline", "rating", "!onTime,stageAt", "office,service,!id"];

    private static readonly string[] DeadlineOrders = ["deadline", "!deadline", "deadline,!filedAt", "!deadline,rating"];

    [Fact]
    public void The_first_of_the_whole_city_by_deadline_are_those_of_a_naive_sort()
    {
        (Random random, RandomCases cases, QueryView view) = City(3_000);
        QueryEngine engine = InOrder(view);
        var board = new CityView(WorkCalendar.Usual);
        for (int i = 0; i < 120; i++)
        {
            Meant meant = new RandomQueries(random, cases.Now, Calendar).Condition(1);
            string text = (i % 3) switch { 0 => meant.Text, 1 => $"({meant.Text});open==true", _ => $"({meant.Text});deadline<now + 20 hours" };
            bool descending = random.Next(2) == 0;
            int limit = random.Next(1, 60);
            CaseState[] fit = [.. cases.Cases.Where(c => meant.Holds(c.Key, c.Value.State)).Select(c => c.Value.State)
                .Where(s => (i % 3) switch { 0 => true, 1 => s.IsOpen, _ => s.DueAt.ToUnixTimeMilliseconds() < cases.Now.AddHours(20).ToUnixTimeMilliseconds() })];
            long[] expected = [.. (descending ? fit.OrderByDescending(s => s.DueAt) : fit.OrderBy(s => s.DueAt)).Take(limit).Select(s => s.DueAt.ToUnixTimeMilliseconds())];
            QueryAnswer answer = engine.Answer(Read(text, descending ? "!deadline" : "deadline", "deadline", limit), Circumstances(cases), Stop);
            Assert.True(expected.SequenceEqual(answer.Rows.Select(r => r[0].AsMoment.ToUnixTimeMilliseconds())), $"{text}, first {limit} by {(descending ? "!" : "")}deadline");
            cases.Play(board, random.Next(0, 40), e => view.Apply(e));
        }
    }

    [Fact]
    public void Random_conditions_give_what_a_naive_evaluation_gives()
    {
        (Random random, RandomCases cases, QueryView view) = City(2_000);
        QueryEngine[] engines = [new(view), InOrder(view)];
        for (int i = 0; i < 600; i++)
        {
            Meant meant = new RandomQueries(random, cases.Now, Calendar).Condition();
            QueryAnswer answer = engines[i % 2].Answer(Read(meant.Text, select: "id", limit: 10_000), Circumstances(cases), Stop);
            string[] expected = [.. cases.Cases.Where(c => meant.Holds(c.Key, c.Value.State)).OrderBy(c => c.Key.Number).Select(c => c.Key.ToString())];
            Assert.True(expected.SequenceEqual(answer.Rows.Select(r => r[0].ToString())), $"{meant.Text}: {expected.Length} expected, {answer.Rows.Count} found");
        }
    }

    [Fact]
    public void Pages_are_complete_and_repeat_nothing_while_the_city_changes()
    {
        (Random random, RandomCases cases, QueryView view) = City(2_000);
        QueryEngine[] engines = [new(view), InOrder(view)];
        var board = new CityView(WorkCalendar.Usual);
        for (int i = 0; i < 60; i++)
        {
            QueryEngine engine = engines[i % 2];
            Meant meant = new RandomQueries(random, cases.Now, Calendar).Condition(2);
            string order = i % 3 == 0 ? DeadlineOrders[random.Next(DeadlineOrders.Length)] : Orders[random.Next(Orders.Length)];
            HashSet<string> expected = [.. cases.Cases.Where(c => meant.Holds(c.Key, c.Value.State)).Select(c => c.Key.ToString())];
            QueryCircumstances circumstances = Circumstances(cases);
            List<QueryValue[]> rows = [];
            long position = view.Position;
            int limit = Math.Max(1 + (expected.Count / 40), random.Next(1, 1 + (expected.Count / 3)));
            string? cursor = null;
            do
            {
                QueryAnswer page = engine.Answer(Read(meant.Text, order, "id,deadline,rating,filedAt", limit, cursor), circumstances, Stop);
                Assert.Equal(position, page.Position);
                rows.AddRange(page.Rows);
                cursor = page.Next;
                cases.Play(board, random.Next(0, 40), e => view.Apply(e));
                circumstances = Circumstances(cases);
            }
            while (cursor is not null);
            string[] ids = [.. rows.Select(r => r[0].ToString())];
            Assert.Equal(ids.Length, ids.Distinct().Count());
            Assert.True(expected.SetEquals(ids), $"{meant.Text} by {order}: {expected.Count} expected, {ids.Length} found");
            AssertOrdered(order, rows);
        }
    }

    [Fact]
    public async Task Answers_during_the_feed_are_each_of_exactly_one_position()
    {
        (Random random, RandomCases cases, QueryView view) = City(5_000);
        var rest = new RandomCases(random.Next());
        List<RecordedEvent> feed = [];
        long start = view.Position;
        rest.Play(new CityView(WorkCalendar.Usual), 20_000, e => feed.Add(e with { Position = e.Position + start, Twin = TwinId.Case(e.Twin.Number ^ (1L << 57)) }));
        var answers = new List<QueryAnswer>();
        var engine = new QueryEngine(view);
        CityQuery query = CityQuery.Read(new QueryRequest { Type = "case", GroupBy = "stage", Aggregate = "count,sum(escalations)" }, Calendar);
        Task fed = Task.Run(() => feed.ForEach(e => view.Apply(e)), TestContext.Current.CancellationToken);
        do
        {
            answers.Add(engine.Answer(query, Circumstances(cases), Stop));
        }
        while (!fed.IsCompleted);
        await fed;
        Dictionary<TwinId, CaseState> states = cases.Cases.ToDictionary(c => c.Key, c => c.Value.State);
        int applied = 0;
        foreach (QueryAnswer answer in answers)
        {
            for (; applied < answer.Position - start; applied++)
            {
                states[feed[applied].Twin] = CaseDecider.Evolve(states.GetValueOrDefault(feed[applied].Twin, CaseState.Absent), (CaseEvent)feed[applied].Event);
            }
            var expected = states.Values.GroupBy(s => s.Stage).OrderBy(g => g.Key).Select(g => $"{g.Count()} {g.Sum(s => s.Escalations)}");
            Assert.Equal(expected, answer.Rows.Select(r => $"{r[1]} {r[2]}"));
        }
        output.WriteLine($"{answers.Count} answers during {feed.Count} events");
    }

    [Fact]
    public void Aggregates_are_what_a_naive_computation_gives()
    {
        (_, RandomCases cases, QueryView view) = City(3_000);
        var engine = new QueryEngine(view);
        CityQuery query = CityQuery.Read(new QueryRequest { Type = "case", GroupBy = "commune,day(filedAt)", Aggregate = "count,mean(worked),p50(worked),p90(leadTime),min(deadline),onTimeShare", OrderBy = "!count" }, Calendar);
        QueryAnswer answer = engine.Answer(query with { Limit = 10_000 }, Circumstances(cases), Stop);
        var groups = cases.Cases.Values.Select(c => c.State).GroupBy(s => (s.Commune, Day: s.FiledAt.ToOffset(Calendar.Offset).ToString("yyyy-MM-dd"))).ToDictionary(g => g.Key, g => g.ToList());
        Assert.Equal(groups.Count, answer.Rows.Count);
        Assert.Equal(answer.Rows.Select(r => r[2].AsNumber).OrderDescending(), answer.Rows.Select(r => r[2].AsNumber));
        foreach (QueryValue[] row in answer.Rows)
        {
            List<CaseState> group = groups[(row[0].AsId, row[1].AsText)];
            Assert.Equal(group.Count, row[2].AsNumber);
            Assert.Equal(group.Average(s => s.Worked.TotalMinutes), row[3].AsNumber, 6);
            Assert.Equal(Quantile([.. group.Select(s => s.Worked.TotalMinutes)], 0.5), row[4].AsNumber, 6);
            double[] leads = [.. group.Where(s => s.ResolvedAt is not null).Select(s => Calendar.Between(s.FiledAt, s.ResolvedAt!.Value).TotalHours)];
            Assert.Equal(leads.Length == 0, row[5].IsNone);
            Assert.Equal(leads.Length == 0 ? 0 : Quantile(leads, 0.9), row[5].AsNumber, 3);
            Assert.Equal(group.Min(s => s.DueAt.ToUnixTimeMilliseconds()), row[6].AsMoment.ToUnixTimeMilliseconds());
            CaseState[] decided = [.. group.Where(s => s.OnTime is not null)];
            Assert.Equal(decided.Length == 0 ? 0 : (double)decided.Count(s => s.OnTime == true) / decided.Length, row[7].AsNumber, 9);
        }
    }

    [Fact]
    public void A_list_whose_position_is_out_of_reach_says_so()
    {
        (Random random, RandomCases cases, QueryView view) = City(3_000, new QueryViewOptions { ChangesMax = 1_024 });
        var engine = new QueryEngine(view);
        QueryAnswer first = engine.Answer(Read("stage", limit: 10), Circumstances(cases), Stop);
        cases.Play(new CityView(WorkCalendar.Usual), 1_100 + random.Next(100), e => view.Apply(e));
        QueryPositionLostException lost = Assert.Throws<QueryPositionLostException>(() => engine.Answer(Read("stage", limit: 10, cursor: first.Next), Circumstances(cases), Stop));
        Assert.Equal(first.Position, lost.Position);
    }

    private (Random Random, RandomCases Cases, QueryView View) City(int events, QueryViewOptions? options = null)
    {
        int seed = Environment.GetEnvironmentVariable("QUERY_SEED") is { } given ? int.Parse(given) : Random.Shared.Next();
        output.WriteLine($"seed {seed} (QUERY_SEED repeats it)");
        var cases = new RandomCases(seed);
        var view = new QueryView(options);
        cases.Play(new CityView(WorkCalendar.Usual), events, e => view.Apply(e));
        return (new Random(seed), cases, view);
    }

    private static QueryCircumstances Circumstances(RandomCases cases) => new(cases.Now, CityUnderTestRules.Rules);

    // Reads in the order of the index even where there are few rows, and few of them at a time.
    private static QueryEngine InOrder(QueryView view) => new(view, new QueryLimits { InOrderMin = 0, InOrderFirst = 1 });

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static CityQuery Read(string q, string order = "", string? select = null, int limit = 100, string? cursor = null) =>
        CityQuery.Read(new QueryRequest { Type = "case", Q = q, OrderBy = order.Length == 0 ? null : order, Select = select, Limit = limit, Cursor = cursor }, Calendar);

    private static void AssertOrdered(string order, List<QueryValue[]> rows)
    {
        int column = order switch { "deadline" => 1, "rating" => 2, "!filedAt" => 3, _ => -1 };
        for (int i = 1; column >= 0 && i < rows.Count; i++)
        {
            int by = rows[i - 1][column].CompareTo(rows[i][column]);
            Assert.True(order[0] == '!' ? by >= 0 : by <= 0);
        }
    }

    private static double Quantile(double[] values, double share)
    {
        Array.Sort(values);
        double at = share * (values.Length - 1);
        return values[(int)Math.Floor(at)] + ((at - Math.Floor(at)) * (values[(int)Math.Ceiling(at)] - values[(int)Math.Floor(at)]));
    }
}

/// <summary>The rules of Huế, for tests without a city.</summary>
internal static class CityUnderTestRules
{
    public static CityRules Rules { get; } = BundledCities.Read("hue").Rules;

    public static WorkCalendar Calendar => Rules.Calendar;
}
