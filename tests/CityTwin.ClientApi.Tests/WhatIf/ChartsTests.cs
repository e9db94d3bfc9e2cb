using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

/// <summary>What pages draw a run from.</summary>
public sealed class ChartsTests
{
    [Fact]
    public async Task What_charts_are_drawn_from_agrees_with_the_result_and_with_itself()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        JsonElement run = await city.DoneAsync(new { scenario = PlannersBench.Short });
        string address = $"/whatif/runs/{run.GetProperty("id").GetInt64()}";
        JsonElement charts = await city.GetAsync(address + "/charts");
        JsonElement result = await city.GetAsync(address + "/result");

        Assert.Equal(("hue", "2026-02-02"), (Text(charts, "city"), Text(charts, "start")));
        Assert.Equal((20, 5, 4, 3), (Number(charts, "days"), Number(charts, "warmUpDays"), Number(charts, "replications"), Number(charts, "seed")));
        JsonElement[] variants = [.. charts.GetProperty("variants").EnumerateArray()];
        Assert.Equal(result.GetProperty("variants").EnumerateArray().Select(v => Text(v, "name")), variants.Select(v => Text(v, "name")));
        Assert.Equal(run.GetProperty("figures").GetRawText(), variants[1].GetProperty("figures").GetRawText());
        Assert.All(variants[0].GetProperty("figures").EnumerateArray(), f => Assert.False(f.TryGetProperty("difference", out JsonElement d) && d.ValueKind != JsonValueKind.Null));

        // Tết takes five of the fifteen working days within the twenty.
        string[] days = [.. charts.GetProperty("workingDays").EnumerateArray().Select(d => d.GetString()!)];
        Assert.Equal(("2026-02-02", 10), (days[0], days.Length));
        Assert.DoesNotContain("2026-02-17", days);
        foreach (JsonElement variant in variants)
        {
            JsonElement backlog = variant.GetProperty("backlog");
            double[] low = Line(backlog, "low"), median = Line(backlog, "median"), high = Line(backlog, "high");
            Assert.All(low.Zip(median, high), d => Assert.True(d.First <= d.Second && d.Second <= d.Third, $"{d}"));
            JsonElement[] offices = [.. variant.GetProperty("offices").EnumerateArray()];
            Assert.Equal((55, 40), (offices.Length, offices.Count(o => Text(o, "office").StartsWith("commune/", StringComparison.Ordinal))));
            Assert.All(variant.GetProperty("desks").EnumerateArray(), d => Assert.Equal(100, Shares(d), 0.1));
        }
        Assert.Equal(0, charts.GetProperty("named").GetArrayLength());
    }

    [Fact]
    public async Task A_sweep_has_its_lever_and_a_run_without_a_result_has_no_charts()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string swept = PlannersBench.Short.Replace("add: 1", "add: $clerks", StringComparison.Ordinal) + "\nsweep: {clerks: 1..3}";
        JsonElement run = await city.DoneAsync(new { scenario = swept, replications = 2 });
        JsonElement sweep = (await city.GetAsync($"/whatif/runs/{run.GetProperty("id").GetInt64()}/charts")).GetProperty("sweep");
        Assert.Equal(("clerks", "1 2 3"), (Text(sweep, "lever"), string.Join(' ', Line(sweep, "values"))));

        long endless = await city.StartAsync(new { scenario = PlannersBench.Long });
        (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Get, $"/whatif/runs/{endless}/charts");
        Assert.Equal(409, status);
        Assert.EndsWith(":run-without-result", Text(problem, "type"), StringComparison.Ordinal);
        Assert.Equal(404, (await city.RefusedAsync(HttpMethod.Get, "/whatif/runs/987654/charts")).Status);
        Assert.Equal(400, (await city.RefusedAsync(HttpMethod.Get, $"/whatif/runs/{run.GetProperty("id").GetInt64()}/charts?variant=1")).Status);
    }

    private static string Text(JsonElement of, string member) => of.GetProperty(member).GetString()!;

    private static int Number(JsonElement of, string member) => of.GetProperty(member).GetInt32();

    private static double[] Line(JsonElement of, string member) => [.. of.GetProperty(member).EnumerateArray().Select(v => v.GetDouble())];

    private static double Shares(JsonElement desk) =>
        new[] { "busyPercent", "idlePercent", "absentPercent", "shutPercent" }.Sum(s => desk.GetProperty(s).GetDouble());
}
