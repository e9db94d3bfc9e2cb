using System.Text.Json;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Scenarios;

namespace CityTwin.Simulation.Tests.Scenarios;

public sealed class ScenarioTextTests
{
    [Fact]
    public void Every_bundled_scenario_says_the_same_as_json_and_back_as_yaml()
    {
        foreach (string name in BundledScenarios.Names)
        {
            Scenario yaml = ScenarioFile.Parse(BundledScenarios.Text(name)).Scenario!;
            string json = ScenarioText.ToJson(BundledScenarios.Text(name));
            Scenario ofJson = ScenarioFile.Parse(json).Scenario!;
            Scenario back = ScenarioFile.Parse(ScenarioText.ToYaml(json)).Scenario!;
            foreach (Scenario other in (Scenario[])[ofJson, back])
            {
                Assert.Equal((yaml.Name, yaml.Description, yaml.Base, yaml.Run), (other.Name, other.Description, other.Base, other.Run));
                Assert.Equal(yaml.Changes.Select(Shape), other.Changes.Select(Shape));
                Assert.Equal(yaml.Sweep.Select(s => (s.Name, string.Join(' ', s.Values))), other.Sweep.Select(s => (s.Name, string.Join(' ', s.Values))));
            }
        }
    }

    [Theory]
    [InlineData("a: 1.5\nb: '1.5'\nc: 007\nd: 10%\ne: $x\nf: true\ng: \"true\"\nh: 2026-03-02\ni:\n", """{"a":1.5,"b":"1.5","c":"007","d":"10%","e":"$x","f":true,"g":"true","h":"2026-03-02","i":null}""")]
    [InlineData("[1, -2, 1e3, Phú Xuân]", """[1,-2,1000,"Phú Xuân"]""")]
    [InlineData("", "null")]
    public void Numbers_are_numbers_unless_quoted(string yaml, string json)
    {
        Assert.True(System.Text.Json.Nodes.JsonNode.DeepEquals(System.Text.Json.Nodes.JsonNode.Parse(json), System.Text.Json.Nodes.JsonNode.Parse(ScenarioText.ToJson(yaml))), ScenarioText.ToJson(yaml));
        if (json[0] == '{')
        {
            using JsonDocument again = JsonDocument.Parse(ScenarioText.ToJson(ScenarioText.ToYaml(json)));
            Assert.Equal(JsonValueKind.String, again.RootElement.GetProperty("b").ValueKind);
            Assert.Equal("007", again.RootElement.GetProperty("c").GetString());
        }
    }

    [Fact]
    public void A_text_that_is_nested_too_deep_is_refused_and_does_not_end_the_process()
    {
        string deep = new('[', 100_000);
        Assert.Contains("nested deeper", ScenarioFile.Parse(deep).Mistakes[0].What, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => ScenarioText.ToJson(deep));
        Assert.Throws<FormatException>(() => ScenarioText.ToYaml(deep));
    }

    [Fact]
    public void Names_that_stand_for_many_values_are_refused()
    {
        string bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n"
            + "d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\n";
        Assert.Contains("more than", Assert.Throws<FormatException>(() => ScenarioText.ToJson(bomb)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_lever_of_the_book_has_words_in_three_languages_and_an_example_that_is_read()
    {
        Assert.Equal(4, LeverBook.All.Groups.Length);
        foreach (LeverEntry lever in LeverBook.All.Levers)
        {
            Assert.Contains(LeverBook.All.Groups, g => g.Key == lever.Group);
            foreach (Wording text in (Wording[])[lever.Name, lever.Help, .. lever.Keys.SelectMany(k => new[] { k.Name, k.Help! })])
            {
                Assert.True(text.Vi.Length > 0 && text.En.Length > 0 && text.Fr.Length > 0);
            }
            ScenarioReading reading = ScenarioFile.Parse($"name: a\nbase: {{city: hue, start: 2026-03-02}}\nchanges:\n  - {lever.Example}\n");
            Assert.True(reading.Mistakes.IsEmpty, $"{lever.Key}: {string.Join("; ", reading.Mistakes)}");
            Assert.Empty(ScenarioCompiler.Compile(reading.Scenario!, ModelOfCity.From(Grains.BundledCities.Read("hue"))).Mistakes);
        }
    }

    [Fact]
    public void The_ranges_of_the_book_are_those_that_are_checked()
    {
        foreach (LeverEntry lever in LeverBook.All.Levers)
        {
            foreach (LeverKey key in lever.Keys.Where(k => k.Kind is "number" or "whole"))
            {
                double beyond = key.Maximum!.Value + 1;
                string others = string.Concat(lever.Keys.Where(k => k.IsRequired && k != key).Select(k => $", {k.Key}: {(k.Kind == "list" ? "7:30-11:30" : $"{k.Minimum}")}"));
                ScenarioReading reading = ScenarioFile.Parse($"name: a\nbase: {{city: hue, start: 2026-03-02}}\nchanges:\n  - {lever.Key}: {{{key.Key}: {beyond}{others}}}\n");
                Assert.True(reading.Mistakes.Any(m => m.What.Contains("from", StringComparison.Ordinal)), $"{lever.Key}.{key.Key} takes {beyond}");
            }
        }
    }

    [Fact]
    public void The_usual_value_of_an_assumption_is_what_holds_where_it_is_not_given()
    {
        const string From = "name: a\nbase: {city: hue, start: 2026-03-02, assume: {";
        LeverKey[] known = [.. LeverBook.All.Assumptions.Where(a => a.Usual is not null)];
        Assert.Equal(LeverBook.All.Assumptions.Length - 1, known.Length);
        string all = string.Join(", ", known.Select(a => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{a.Key}: {a.Usual}")));
        Assert.Equal(new CityAssumptions(), ScenarioFile.Parse(From + all + "}}\n").Scenario!.Base.Assumptions);
        // And each is really read.
        foreach (LeverKey assumption in known)
        {
            Assert.NotEqual(new CityAssumptions(), ScenarioFile.Parse($"{From}{assumption.Key}: {assumption.Maximum}}}}}\n").Scenario!.Base.Assumptions);
        }
    }

    private static string Shape(ScenarioChange change) => string.Join(' ', JsonSerializer.Serialize(change.Lever, change.Lever.GetType()).Split(',').Where(p => !p.Contains("\"Line\"", StringComparison.Ordinal) && !p.Contains("\"Column\"", StringComparison.Ordinal)));
}
