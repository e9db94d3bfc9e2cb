using CityTwin.Simulation.City;
using CityTwin.Simulation.Scenarios;
using CityTwin.Simulation.Tests.City;

namespace CityTwin.Simulation.Tests.Scenarios;

/// <summary>Every lever, simulated: what it is for gets better or worse, and before its period nothing changes.</summary>
public sealed class LeverRunTests
{
    private const ulong Seed = 17;

    private sealed record Expected(string Change, Func<CityOutcome, Recorder, double> Of, int Direction, bool IsMixed = false);

    private static double Wait(CityOutcome o, Recorder _) => o.QueueWait.Sum() / o.Starts.Sum();

    private static double OnTime(CityOutcome o, Recorder _) => o.OnTimeShare;

    private static double CopiesOnTime(CityOutcome o, Recorder _) => o.ByService.OnTime[0] / (double)o.ByService.Resolved[0];

    private static readonly Dictionary<string, Expected> Levers = new()
    {
        ["officers"] = new("officers: {offices: communes, add: 1}", Wait, -1),
        ["shift"] = new("shift: {offices: communes, days: mon-sat, hours: [07:30-11:30, 13:00-18:00]}", Wait, -1),
        ["train"] = new("train: {offices: communes, skills: land}", Wait, -1),
        ["pace"] = new("pace: {offices: communes, factor: 1.2, count: 1}", (o, _) => o.Busy.Sum(), 1),
        ["absence"] = new("absence: {offices: communes, share: 40%}", OnTime, -1),
        ["pool"] = new("pool: {offices: communes}", Wait, -1),
        ["merge"] = new("merge: {offices: Bình Minh, into: An Bình}", Wait, -1),
        ["closed"] = new("closed: {offices: An Bình}", OnTime, -1),
        ["order"] = new("order: {by: fifo}", CopiesOnTime, -1, true),
        ["priority"] = new("priority: {services: land, urgency: high}", CopiesOnTime, -1, true),
        ["hands"] = new("hands: {max: 20}", Wait, 1, true),
        ["unfinished"] = new("unfinished: finish", (o, _) => o.Overtime.Sum(), 1),
        ["batch"] = new("batch: {size: 100, days: 5}", (o, _) => o.DaysMean, 1),
        ["move_service"] = new("move_service: {services: land, to: city}", (o, _) => o.ByOffice.Filed[2], 1),
        ["simplify"] = new("simplify: {services: land, days: 4, steps: 1, handling: 0.8}", (o, _) => o.DaysMean, -1),
        ["online"] = new("online: {share: 1}", (_, seen) => seen.FiledAt.Values.Count(at => at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday), 1),
        ["automate"] = new("automate: {saves: 40%}", (o, _) => o.Busy.Sum(), -1),
        ["deadline"] = new("deadline: {services: land, days: 3}", OnTime, -1),
        ["demand"] = new("demand: {factor: 1.2}", (o, _) => o.Cases, 1),
        ["trend"] = new("trend: {yearly: 4}", (o, _) => o.Cases, 1),
    };

    public static TheoryData<string> Names => [.. Levers.Keys];

    [Fact]
    public void Every_lever_is_among_those_that_are_simulated_here() =>
        Assert.Equal(LeverBook.All.Levers.Select(l => l.Key).Order(), Levers.Keys.Order());

    [Theory]
    [MemberData(nameof(Names))]
    public void A_lever_changes_what_it_is_for(string name)
    {
        Expected lever = Levers[name];
        CompiledScenario compiled = Compile(lever, 56, "");
        double before = Enumerable.Range(0, 3).Average(r => Run(compiled.Before, lever, r));
        double after = Enumerable.Range(0, 3).Average(r => Run(compiled.After, lever, r));
        Assert.True(Math.Sign(after - before) == lever.Direction, $"{name}: {before} before, {after} after");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Before_its_period_a_lever_changes_nothing(string name)
    {
        Expected lever = Levers[name];
        CompiledScenario compiled = Compile(lever, 20, "    from: 2026-03-20\n    to: 2026-03-24\n");
        CityOutcome before = CityRun.Of(compiled.Before with { Days = 18 }, Seed, 0, null, TestContext.Current.CancellationToken);
        CityOutcome after = CityRun.Of(compiled.After with { Days = 18 }, Seed, 0, null, TestContext.Current.CancellationToken);
        Assert.Equal((before.Cases, before.Resolved, before.ByOffice.Days.Sum(), before.QueueWait.Sum()), (after.Cases, after.Resolved, after.ByOffice.Days.Sum(), after.QueueWait.Sum()));
        Assert.True(before.Resolved > 100);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void After_its_period_a_lever_is_let_go(string name)
    {
        Timeline after = Compile(Levers[name], 28, "    from: 2026-03-04\n    to: 2026-03-06\n").After;
        CityModel last = after.Phases[^1].Model;
        CityModel first = after.Phases[0].Model;
        Assert.Equal(first.Officers.Select(o => (o.IsActive, o.Pace, o.Hours, o.Desks.Length)), last.Officers.Select(o => (o.IsActive, o.Pace, o.Hours, o.Desks.Length)));
        Assert.Equal(first.Services.Select(s => (s.Limit, s.Urgency, s.Handling.Mean, s.Level, s.OnlineShare)), last.Services.Select(s => (s.Limit, s.Urgency, s.Handling.Mean, s.Level, s.OnlineShare)));
        Assert.Equal(first.Offices.Select(o => (o.IsOpen, o.Successor, o.AbsenceShare, o.CasesPerDay.Sum())), last.Offices.Select(o => (o.IsOpen, o.Successor, o.AbsenceShare, o.CasesPerDay.Sum())));
        Assert.Equal((first.EndOfShift, first.HandMax, first.Batch, first.Pools.Length), (last.EndOfShift, last.HandMax, last.Batch, last.Pools.Length));
    }

    [Fact]
    public void A_choice_that_would_change_nothing_is_a_mistake()
    {
        ScenarioMistake mistake = Assert.Single(ScenarioFile.Parse("name: a\nbase: {city: x, start: 2026-03-02}\nchanges:\n  - simplify: {offices: communes, days: 2}\n").Mistakes);
        Assert.Equal((4, 16), (mistake.Line, mistake.Column));
        Assert.Contains("unknown key 'offices'", mistake.What, StringComparison.Ordinal);
    }

    private static double Run(Timeline timeline, Expected lever, int replication)
    {
        Recorder seen = new();
        return lever.Of(CityRun.Of(timeline, Seed, replication, seen, TestContext.Current.CancellationToken), seen);
    }

    private static CompiledScenario Compile(Expected lever, int days, string period)
    {
        CityModel city = Tiny.TwoLevels(1, 18);
        if (lever.IsMixed)
        {
            city = city with { Desks = [.. city.Desks.Select(d => d with { Skills = [0, 1], Discipline = Grains.Discipline.DeadlineFirst })] };
        }
        ScenarioReading reading = ScenarioFile.Parse($"name: a\nbase: {{city: tiny, start: 2026-03-02, days: {days}, warm_up_days: 0}}\nchanges:\n  - {lever.Change}\n{period}");
        Assert.Empty(reading.Mistakes);
        CompiledScenario compiled = ScenarioCompiler.Compile(reading.Scenario!, city);
        Assert.Empty(compiled.Mistakes);
        return compiled;
    }
}
