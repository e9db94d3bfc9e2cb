using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

public sealed class ScenarioBookTests
{
    [Fact]
    public async Task Levers_come_with_ranges_and_words_in_three_languages()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        JsonElement book = await city.GetAsync("/whatif/levers");
        JsonElement absence = book.GetProperty("levers").EnumerateArray().Single(l => l.GetProperty("key").GetString() == "absence");
        JsonElement share = absence.GetProperty("keys").EnumerateArray().Single(k => k.GetProperty("key").GetString() == "share");
        Assert.Equal((0.0, 1.0, true), (share.GetProperty("minimum").GetDouble(), share.GetProperty("maximum").GetDouble(), share.GetProperty("isRequired").GetBoolean()));
        Assert.Equal("Vắng mặt, đình công", absence.GetProperty("name").GetProperty("vi").GetString());
        Assert.NotEmpty(absence.GetProperty("help").GetProperty("fr").GetString()!);
        Assert.Equal(13, book.GetProperty("assumptions").GetArrayLength());
        JsonElement missing = book.GetProperty("assumptions").EnumerateArray().Single(a => a.GetProperty("key").GetString() == "missing");
        Assert.Equal(0.05, missing.GetProperty("usual").GetDouble());
        // An example can be checked as it is.
        string example = absence.GetProperty("example").GetString()!;
        await city.PostAsync("/whatif/validate", new { scenario = $"name: a\nbase: {{city: hue, start: 2026-02-02}}\nchanges:\n  - {example}\n" });
    }

    [Fact]
    public async Task Bases_come_with_the_names_that_changes_may_use()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        JsonElement[] bases = [.. (await city.GetAsync("/whatif/bases")).GetProperty("items").EnumerateArray()];
        Assert.Equal("live", bases[0].GetProperty("city").GetString());
        Assert.Equal(["hcmc", "hue"], bases.Skip(1).Select(b => b.GetProperty("city").GetString()!).Order(StringComparer.Ordinal));
        foreach (JsonElement line in bases)
        {
            JsonElement found = await city.GetAsync($"/whatif/bases/{line.GetProperty("city").GetString()}");
            string office = found.GetProperty("offices")[0].GetProperty("id").GetString()!.Split('/')[1];
            string service = found.GetProperty("services")[0].GetProperty("code").GetString()!;
            string skill = found.GetProperty("skills")[0].GetString()!;
            JsonElement answer = await city.PostAsync("/whatif/validate", new
            {
                scenario = new
                {
                    name = "a",
                    @base = new { city = found.GetProperty("city").GetString(), start = "2026-02-02" },
                    changes = new object[] { new { officers = new { offices = new[] { office }, skills = new[] { skill }, add = 1 } }, new { deadline = new { services = new[] { service }, days = 3 } } },
                },
            });
            Assert.Single(answer.GetProperty("offices").EnumerateArray());
        }
    }

    [Fact]
    public async Task A_scenario_goes_from_yaml_to_json_and_back()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        JsonElement there = await city.PostAsync("/whatif/convert", new { scenario = PlannersBench.Short });
        Assert.Equal(PlannersBench.Short, there.GetProperty("yaml").GetString());
        Assert.Equal(60, there.GetProperty("json").GetProperty("base").GetProperty("assume").GetProperty("dossiers_per_day").GetInt32());
        JsonElement back = await city.PostAsync("/whatif/convert", new { scenario = there.GetProperty("json") });
        JsonElement one = await city.PostAsync("/whatif/validate", new { scenario = PlannersBench.Short });
        JsonElement two = await city.PostAsync("/whatif/validate", new { scenario = back.GetProperty("yaml").GetString() });
        Assert.Equal(one.GetRawText(), two.GetRawText());
        (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Post, "/whatif/convert", PlannersBench.Json(new { scenario = "a: [1" }));
        Assert.Equal(400, status);
        Assert.Contains("not YAML", problem.GetProperty("errors")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        (status, _) = await city.RefusedAsync(HttpMethod.Post, "/whatif/runs", PlannersBench.Json(new { scenario = new string('[', 100_000) }));
        Assert.Equal(400, status);
    }

    [Fact]
    public async Task The_best_of_a_sweep_is_chosen_and_a_report_can_be_saved()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string swept = PlannersBench.Short.Replace("officers: {offices: communes, skills: land, add: 1}", "absence: {share: $absent}", StringComparison.Ordinal) + "\nsweep: {absent: [0.9, 0]}";
        JsonElement run = await city.DoneAsync(new { scenario = swept, replications = 10, bestPoints = 2 });
        long id = run.GetProperty("id").GetInt64();
        JsonElement result = await city.GetAsync($"/whatif/runs/{id}/result");
        Assert.Equal("absent 0", result.GetProperty("best").GetProperty("name").GetString());
        Assert.Equal("absent 0", result.GetProperty("ranking")[0].GetProperty("name").GetString());
        JsonElement charts = await city.GetAsync($"/whatif/runs/{id}/charts");
        Assert.Equal((2, true, 2.0), (charts.GetProperty("choice").GetProperty("variant").GetInt32(), charts.GetProperty("choice").GetProperty("decided").GetBoolean(), charts.GetProperty("choice").GetProperty("indifferencePoints").GetDouble()));
        Assert.Equal((2, true), (charts.GetProperty("ranking")[0].GetProperty("variant").GetInt32(), charts.GetProperty("ranking")[0].GetProperty("bestProbability").GetDouble() > 0.9));
        JsonElement figure = result.GetProperty("variants")[2].GetProperty("figures")[0];
        Assert.InRange(figure.GetProperty("pValue").GetDouble(), 0, 1);
        Assert.Equal(3, figure.GetProperty("quantiles").GetArrayLength());
        using HttpResponseMessage csv = await city.Http.GetAsync(new Uri($"/whatif/runs/{id}/replications", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal($"citytwin-run-{id}-replications.csv", csv.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
    }
}
