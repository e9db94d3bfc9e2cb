using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Scenarios;
using CityTwin.Simulation.Tests.City;

namespace CityTwin.Simulation.Tests.Scenarios;

public sealed class ScenarioFileTests
{
    private const string Head = "name: a\nbase: {city: tiny, start: 2026-03-02, days: 28}\n";

    private static ScenarioMistake[] Mistakes(string yaml) => [.. ScenarioFile.Parse(yaml).Mistakes];

    private static CompiledScenario Compile(string changes, CityModel? model = null)
    {
        ScenarioReading reading = ScenarioFile.Parse(Head + "changes:\n" + changes);
        Assert.Empty(reading.Mistakes);
        return ScenarioCompiler.Compile(reading.Scenario!, model ?? Tiny.TwoLevels());
    }

    [Fact]
    public void Every_kind_of_mistake_has_words_that_its_values_fill()
    {
        foreach (MistakeCode code in Enum.GetValues<MistakeCode>())
        {
            ScenarioMistake mistake = new(1, 1, code, ["first", "second", "third"]) { Nearest = "near" };
            Assert.DoesNotContain("{", mistake.What, StringComparison.Ordinal);
            Assert.EndsWith("(did you mean 'near'?)", mistake.What, StringComparison.Ordinal);
        }
        ScenarioMistake found = Mistakes(Head + "changes:\n  - demnd: {factor: 2}\n")[0];
        Assert.Equal((MistakeCode.UnknownKey, "demnd", "demand"), (found.Code, found.Values[0], found.Nearest));
        Assert.Equal(["0", "1", "1.5"], Mistakes(Head + "changes:\n  - online: {share: 150%}\n")[0].Values);
    }

    [Fact]
    public void Every_bundled_scenario_reads_and_fits_its_city()
    {
        Assert.Equal(5, BundledScenarios.Names.Length);
        CityDefinition hcmc = BundledCities.Read("hcmc");
        foreach (string name in BundledScenarios.Names)
        {
            ScenarioReading reading = ScenarioFile.Parse(BundledScenarios.Text(name));
            Assert.Empty(reading.Mistakes);
            CompiledScenario compiled = ScenarioCompiler.Compile(reading.Scenario!, ModelOfCity.From(hcmc, reading.Scenario!.Base.Assumptions));
            Assert.Empty(compiled.Mistakes);
            Assert.NotEmpty(reading.Scenario.Changes);
        }
    }

    [Theory]
    [InlineData("name: a\nbase: {city: x, start: 2026-03-02, dyas: 3}\n", 2, 36, "did you mean 'days'")]
    [InlineData(Head + "changes:\n  - demnd: {factor: 2}\n", 4, 5, "did you mean 'demand'")]
    [InlineData(Head + "changes:\n  - demand: {factor: lots}\n", 4, 22, "expected a number")]
    [InlineData(Head + "changes:\n  - online: {share: 1.5}\n", 4, 21, "0 to 1")]
    [InlineData(Head + "changes:\n  - absence: {share: 0.1}\n    from: 2026-13-01\n", 5, 11, "expected a date")]
    [InlineData(Head + "changes:\n  - absence: {share: 0.1}\n    from: 2026-03-09\n    to: 2026-03-05\n", 4, 5, "ends")]
    [InlineData(Head + "changes:\n  - officers: {add: $clerks}\n", 4, 21, "not set")]
    [InlineData(Head + "changes:\n  - officers: {add: 1, set: 2}\n", 4, 15, "exactly one")]
    [InlineData(Head + "run: {replications: 1}\n", 3, 21, "2 to 10000")]
    [InlineData(Head + "sweep: {n: 5..1}\n", 3, 12, "expected values")]
    [InlineData("name: [a\n", 2, 1, "not YAML")]
    public void A_mistake_is_reported_with_its_place_and_what_was_expected(string yaml, int line, int column, string what)
    {
        ScenarioMistake mistake = Mistakes(yaml)[0];
        Assert.Contains(what, mistake.What, StringComparison.Ordinal);
        Assert.Equal((line, column), (mistake.Line, mistake.Column));
    }

    [Fact]
    public void All_mistakes_are_reported_at_once() =>
        Assert.Equal(3, Mistakes(Head + "changes:\n  - demnd: {factor: 2}\n  - online: {share: 9}\nrun: {sed: 1}\n").Count(m => m.Line is 4 or 5 or 6 && !m.What.StartsWith("expected exactly", StringComparison.Ordinal)));

    [Fact]
    public void A_name_that_the_city_does_not_have_is_reported_with_the_nearest_one()
    {
        CompiledScenario compiled = Compile("  - closed: {offices: [An Bing]}\n  - online: {share: 0.5, services: copie}\n  - pool: {skills: lend}\n");
        Assert.Equal(3, compiled.Mistakes.Length);
        Assert.Equal((4, 24), (compiled.Mistakes[0].Line, compiled.Mistakes[0].Column));
        Assert.Contains("'An Bình'", compiled.Mistakes[0].What, StringComparison.Ordinal);
        Assert.Contains("'copies'", compiled.Mistakes[1].What, StringComparison.Ordinal);
        Assert.Contains("'land'", compiled.Mistakes[2].What, StringComparison.Ordinal);
    }

    [Fact]
    public void Offices_are_found_without_marks_prefix_or_by_code()
    {
        CityDefinition hcmc = BundledCities.Read("hcmc");
        string changes = "changes:\n  - closed: {offices: [Cần Giờ, can gio, 27664, Xã Cần Giờ]}\n";
        CompiledScenario compiled = ScenarioCompiler.Compile(ScenarioFile.Parse(Head + changes).Scenario!, ModelOfCity.From(hcmc));
        Assert.Empty(compiled.Mistakes);
        Assert.Equal(1, compiled.After.Phases[0].Model.Offices.Count(o => !o.IsOpen));
    }

    [Fact]
    public void A_period_begins_and_ends_a_phase()
    {
        Timeline after = Compile("  - closed: {offices: An Bình}\n    from: 2026-03-09\n    to: 2026-03-11\n").After;
        Assert.Equal([new(2026, 3, 2), new(2026, 3, 9), new(2026, 3, 12)], after.Phases.Select(p => p.From));
        Assert.Equal([true, false, true], after.Phases.Select(p => p.Model.Offices[0].IsOpen));
    }

    [Fact]
    public void Officers_who_come_for_a_period_have_their_place_in_every_phase()
    {
        Timeline after = Compile("  - officers: {offices: An Bình, skills: land, add: 3}\n    from: 2026-03-09\n").After;
        Assert.Equal(12, after.Phases[0].Model.Officers.Count(o => o.IsActive));
        Assert.Equal(15, after.Phases[1].Model.Officers.Count(o => o.IsActive));
        Assert.Single(after.Phases.Select(p => p.Model.Officers.Length).Distinct());
    }

    [Fact]
    public void Each_lever_does_what_it_says()
    {
        CityModel before = Tiny.TwoLevels();
        CityModel After(string change) => Compile($"  - {change}\n").After.Phases[0].Model;
        Assert.Equal(6, After("officers: {set: 1}").Officers.Count(o => o.IsActive));
        Assert.Equal([0, 0, 2], After("merge: {offices: Bình Minh, into: An Bình}").Offices.Select((o, i) => o.Successor < 0 ? i : o.Successor));
        CityModel moved = After("move_service: {services: land, to: city}");
        Assert.Equal([0, 0, 22], moved.Offices.Select(o => o.CasesPerDay[1]));
        Assert.Equal(4, (double)After("simplify: {services: land, days: 4, steps: 1}").Services[1].Limit.WorkingDays);
        Assert.Equal(1, After("simplify: {services: land, days: 4, steps: 1}").Services[1].Steps);
        Assert.Equal(0.5, (double)After("simplify: {services: land, share: 0.95}").Services[1].Limit.WorkingDays);
        Assert.Equal(0.9, After("online: {share: 90%}").Services[0].OnlineShare);
        Assert.Equal(before.Services[1].Handling.Mean * 0.75, After("automate: {services: land, saves: 0.25}").Services[1].Handling.Mean, 9);
        Assert.Equal(3, (double)After("deadline: {services: land, days: 3}").Services[1].Limit.WorkingDays);
        Assert.Equal(30, After("demand: {offices: An Bình, services: copies, factor: 1.5}").Offices[0].CasesPerDay[0]);
        Assert.Equal([0.2, 0, 0], After("absence: {offices: An Bình, share: 0.2}").Offices.Select(o => o.AbsenceShare));
        Assert.Equal(6, After("order: {by: fifo}").Desks.Count(d => d.Discipline == Discipline.Fifo));
        Assert.Equal(EndOfShift.HandOver, After("unfinished: hand-over").EndOfShift);
        Assert.Single(After("pool: {offices: [An Bình, Bình Minh]}").Pools);
        Timeline trend = Compile("  - trend: {yearly: 1}\n").After;
        Assert.True(trend.Phases[0].Model.Offices[0].CasesPerDay[0] == 20);
    }

    [Fact]
    public void Officers_who_are_trained_serve_the_other_desk_after_their_own_and_batches_are_set()
    {
        CityModel hue = ModelOfCity.From(BundledCities.Read("hue"));
        Scenario scenario = ScenarioFile.Parse(
            "name: a\nbase: {city: hue, start: 2026-03-02}\nchanges:\n  - train: {offices: Phú Xuân, skills: land}\n  - batch: {size: 5, days: 1.5}\n").Scenario!;
        CityModel after = ScenarioCompiler.Compile(scenario, hue).After.Phases[0].Model;
        int[] learnt = [.. Enumerable.Range(0, hue.Officers.Length).Where(o => after.Officers[o].Desks.Length > hue.Officers[o].Desks.Length)];
        Assert.NotEmpty(learnt);
        Assert.All(learnt, o =>
        {
            Assert.Equal("Phường Phú Xuân", hue.Offices[hue.Officers[o].Office].Name);
            Assert.Equal(hue.Officers[o].Desks.AsEnumerable(), after.Officers[o].Desks.Take(hue.Officers[o].Desks.Length));
            Assert.Contains(hue.Skills.IndexOf("land"), hue.Desks[after.Officers[o].Desks[^1]].Skills.AsEnumerable());
        });
        Assert.Equal(new ModelBatch(5, 1.5), after.Batch);
    }

    [Fact]
    public void Simplifying_counts_the_working_days_saved()
    {
        CompiledScenario compiled = Compile("  - simplify: {services: land, days: 3}\n");
        Saving saving = Assert.Single(compiled.Savings);
        // 10 cases a day in each of two communes and 2 at the department, 250 days a year, 3 days each.
        Assert.Equal(3 * 250 * 22, saving.DaysPerYear, 6);
    }

    [Theory]
    [InlineData("n=1..6", 6, 6)]
    [InlineData("n=0.1..0.5 step 0.2", 3, 0.5)]
    [InlineData("n=4,2", 2, 2)]
    public void A_sweep_names_its_values(string text, int count, double last)
    {
        SweepAxis axis = SweepSyntax.Parse(text);
        Assert.Equal(count, axis.Values.Length);
        Assert.Equal(last, axis.Values[^1]);
    }

    [Fact]
    public void The_schema_names_every_lever_and_key_that_is_read()
    {
        using JsonDocument schema = JsonDocument.Parse(BundledScenarios.Schema);
        JsonElement properties = schema.RootElement.GetProperty("properties");
        string[] levers = [.. properties.GetProperty("changes").GetProperty("items").GetProperty("properties").EnumerateObject().Select(p => p.Name)];
        // The mistake of an unknown lever lists the known ones.
        string known = Mistakes(Head + "changes:\n  - zzz: 1\n")[0].What;
        foreach (string lever in levers)
        {
            Assert.Contains(lever, known, StringComparison.Ordinal);
        }
        Assert.Equal(22, levers.Length);
        string keys = Mistakes("name: a\nbase: {city: x, start: 2026-03-02, zzz: 1}\n")[0].What;
        Assert.All(properties.GetProperty("base").GetProperty("properties").EnumerateObject(), p => Assert.Contains(p.Name, keys, StringComparison.Ordinal));
    }
}
