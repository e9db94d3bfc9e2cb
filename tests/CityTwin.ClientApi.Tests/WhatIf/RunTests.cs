using System.Text.Json;
using CityTwin.Simulation.Scenarios;

namespace CityTwin.ClientApi.Tests;

public sealed class RunTests
{
    [Fact]
    public async Task A_run_is_followed_to_its_end_and_leaves_figures_a_table_and_a_report()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        long id = await city.StartAsync(new { scenario = PlannersBench.Short, name = "More clerks" });
        List<JsonElement> told = await city.FollowAsync(id);
        Assert.All(told, t => Assert.Equal("More clerks", t.GetProperty("name").GetString()));
        JsonElement done = told[^1];
        Assert.Equal("done", done.GetProperty("status").GetString());
        Assert.Equal((8, 8), (done.GetProperty("done").GetInt32(), done.GetProperty("total").GetInt32()));
        JsonElement wait = done.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("key").GetString() == "utilisation");
        Assert.True(wait.Estimate("difference") < 0, "more clerks have less to do");
        Assert.Equal(wait.Estimate("value") - wait.Estimate("base"), wait.Estimate("difference"), 5);

        JsonElement result = await city.GetAsync($"/whatif/runs/{id}/result");
        Assert.Equal((3, 4), (result.GetProperty("seed").GetInt32(), result.GetProperty("replications").GetInt32()));
        Assert.Equal(2, result.GetProperty("variants").GetArrayLength());
        string csv = await city.TextAsync($"/whatif/runs/{id}/replications");
        Assert.Equal(1 + (2 * 4 * 12), csv.Count(c => c == '\n'));
        string html = await city.TextAsync($"/whatif/runs/{id}/report");
        Assert.Contains("Land desks", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html.Replace("http://www.w3.org", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(PlannersBench.Short, await city.TextAsync($"/whatif/runs/{id}/scenario"));
    }

    [Fact]
    public async Task The_same_request_gives_the_same_figures_and_a_scenario_may_be_json()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        JsonElement yaml = await city.DoneAsync(new { scenario = PlannersBench.Short });
        JsonElement json = await city.DoneAsync(new
        {
            scenario = new
            {
                name = "Land desks",
                @base = new { city = "hue", start = "2026-02-02", days = 20, warm_up_days = 5, assume = new { dossiers_per_day = 60 } },
                run = new { replications = 4, seed = 3 },
                changes = new object[] { new { officers = new { offices = "communes", skills = "land", add = 1 } } },
            },
        });
        Assert.Equal(yaml.GetProperty("figures").GetRawText(), json.GetProperty("figures").GetRawText());
    }

    [Fact]
    public async Task A_sweep_runs_every_value_and_a_precision_runs_on()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string swept = PlannersBench.Short.Replace("add: 1", "add: $clerks", StringComparison.Ordinal) + "\nsweep: {clerks: 1..3}";
        JsonElement run = await city.DoneAsync(new { scenario = swept, replications = 2, precisionPoints = 50 });
        JsonElement result = await city.GetAsync($"/whatif/runs/{run.GetProperty("id").GetInt64()}/result");
        Assert.Equal(["base", "clerks 1", "clerks 2", "clerks 3"], result.GetProperty("variants").EnumerateArray().Select(v => v.GetProperty("name").GetString()!));
        JsonElement precise = await city.DoneAsync(new { scenario = PlannersBench.Short, replications = 2, precisionPoints = 0.05 });
        Assert.True(precise.GetProperty("done").GetInt32() > 4);
        // There is something to be ranked, and nothing was to be chosen.
        JsonElement charts = await city.GetAsync($"/whatif/runs/{run.GetProperty("id").GetInt64()}/charts");
        Assert.Equal(1, charts.GetProperty("ranking").EnumerateArray().Sum(r => r.GetProperty("bestProbability").GetDouble()), 3);
        Assert.False(charts.TryGetProperty("choice", out _));
    }

    [Fact]
    public async Task While_it_runs_it_tells_its_intervals_so_far_and_what_it_had_when_it_is_stopped()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        // Nothing makes it so precise: it goes on until somebody stops it.
        string years = PlannersBench.Short.Replace("days: 20", "days: 700", StringComparison.Ordinal).Replace("officers: {offices: communes, skills: land, add: 1}", "absence: {offices: communes, share: 0.5}", StringComparison.Ordinal);
        long id = await city.StartAsync(new { scenario = years, replications = 2, precisionPoints = 0.01 });
        await Patience.UntilAsync(async () => (await city.GetAsync($"/whatif/runs/{id}")).TryGetProperty("soFar", out JsonElement known) && known.GetProperty("replications").GetInt32() >= 6, "six replications");
        JsonElement running = await city.GetAsync($"/whatif/runs/{id}");
        await city.PostAsync($"/whatif/runs/{id}/cancel", new { });
        JsonElement ended = (await city.FollowAsync(id))[^1];
        Assert.Equal("cancelled", ended.GetProperty("status").GetString());
        Assert.False(ended.TryGetProperty("stage", out _));
        JsonElement stopped = ended.GetProperty("soFar");
        Assert.Equal((0.01, 400), (stopped.GetProperty("halfWidthWanted").GetDouble(), stopped.GetProperty("replicationsMax").GetInt32()));
        JsonElement difference = Assert.Single(stopped.GetProperty("variants").EnumerateArray()).GetProperty("difference");
        Assert.Equal(stopped.GetProperty("halfWidth").GetDouble(), (difference.GetProperty("high").GetDouble() - difference.GetProperty("low").GetDouble()) / 2, 3);
        Assert.True(stopped.GetProperty("replications").GetInt32() >= running.GetProperty("soFar").GetProperty("replications").GetInt32());
        Assert.Equal(12, stopped.GetProperty("figures").GetArrayLength());
        // The same pairs by themselves show the same.
        JsonElement alone = await city.DoneAsync(new { scenario = years, replications = stopped.GetProperty("replications").GetInt32() });
        Assert.Equal(alone.GetProperty("figures").GetRawText(), stopped.GetProperty("figures").GetRawText());
        Assert.False(alone.TryGetProperty("soFar", out _));
    }

    [Fact]
    public async Task Mistakes_are_told_with_line_and_column_and_nothing_is_queued()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string wrong = PlannersBench.Short.Replace("officers:", "oficers:", StringComparison.Ordinal).Replace("hue", "hanoi", StringComparison.Ordinal);
        foreach (string address in new[] { "/whatif/validate", "/whatif/runs" })
        {
            (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Post, address, PlannersBench.Json(new { scenario = wrong }));
            Assert.Equal((400, "urn:citytwin:problem:scenario-has-mistakes"), (status, problem.GetProperty("type").GetString()));
            JsonElement error = problem.GetProperty("errors")[0];
            Assert.Equal((5, 5), (error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32()));
            Assert.Contains("officers", error.GetProperty("reason").GetString(), StringComparison.Ordinal);
            Assert.Equal(("unknownKey", "oficers", "officers"), (error.GetProperty("code").GetString(), error.GetProperty("values")[0].GetString(), error.GetProperty("nearest").GetString()));
            // A folder of the server's machine is no base.
            string folder = PlannersBench.Short.Replace("hue", "/etc", StringComparison.Ordinal);
            (status, problem) = await city.RefusedAsync(HttpMethod.Post, address, PlannersBench.Json(new { scenario = folder }));
            Assert.Contains("expected live, hue", problem.GetProperty("errors")[0].GetProperty("reason").GetString(), StringComparison.Ordinal);
        }
        (_, JsonElement early) = await city.RefusedAsync(HttpMethod.Post, "/whatif/runs", PlannersBench.Json(new { scenario = PlannersBench.Short, at = RunningCity.Start.AddDays(1) }));
        Assert.Equal("$.at", early.GetProperty("errors")[0].GetProperty("path").GetString());
        Assert.Equal(0, (await city.GetAsync("/whatif/runs")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_bundled_scenarios_are_listed_and_valid_and_the_schema_is_given()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        JsonElement[] items = [.. (await city.GetAsync("/whatif/scenarios")).GetProperty("items").EnumerateArray()];
        Assert.Equal(BundledScenarios.Names, items.Select(i => i.GetProperty("name").GetString()!));
        foreach (JsonElement item in items)
        {
            JsonElement answer = await city.PostAsync("/whatif/validate", new { scenario = item.GetProperty("scenario").GetString() });
            Assert.Equal("hcmc", answer.GetProperty("city").GetString());
            Assert.Equal("base", answer.GetProperty("variants")[0].GetString());
        }
        JsonElement schema = await city.GetAsync("/whatif/schema");
        Assert.Contains("json-schema.org", schema.GetProperty("$schema").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Live_runs_begin_with_the_open_cases()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string quiet = PlannersBench.Short.Replace("dossiers_per_day: 60", "dossiers_per_day: 0", StringComparison.Ordinal);
        for (int i = 1; i <= 5; i++)
        {
            await city.FileAsync($"citizen/00000000000{i}");
        }
        JsonElement run = await city.DoneAsync(new { scenario = quiet.Replace("city: hue", "city: live", StringComparison.Ordinal) });
        Assert.Equal("live", run.GetProperty("base").GetString());
        Assert.Equal(RunningCity.Start, run.GetProperty("at").GetDateTimeOffset());
        JsonElement resolved = run.GetProperty("figures").EnumerateArray().Single(f => f.GetProperty("key").GetString() == "resolved");
        Assert.True(resolved.Estimate("base") >= 4, resolved.ToString());
    }
}
