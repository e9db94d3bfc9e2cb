using System.Text.Json;
using CityTwin.ClientApi.Forecasts;

namespace CityTwin.ClientApi.Tests;

public sealed class ForecastFlowTests
{
    [Fact]
    public async Task The_city_forecasts_its_own_days_and_later_says_how_it_did()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        JsonElement none = await city.GetAsync("/forecasts/offices/commune/19753");
        Assert.False(none.GetProperty("isReady").GetBoolean());
        Assert.Contains("Too little history", none.GetProperty("note").GetString(), StringComparison.Ordinal);
        await LiveAsync(city, from: 0, days: 24);
        Assert.True(await city.Api.Forecasts.RefreshAsync(city.Api, TestContext.Current.CancellationToken));

        JsonElement office = await city.GetAsync("/forecasts/offices/commune/19753");
        Assert.True(office.GetProperty("isReady").GetBoolean());
        Assert.Contains("24 days only", office.GetProperty("note").GetString(), StringComparison.Ordinal);
        JsonElement[] measures = [.. office.GetProperty("measures").EnumerateArray()];
        Assert.Equal(["arrivals", "completions", "backlog", "onTimeShare"], measures.Select(m => m.GetProperty("measure").GetString()));
        foreach (JsonElement curve in measures.SelectMany(m => new[] { m.GetProperty("statistical"), m.GetProperty("structural") }))
        {
            Assert.Equal(28, curve.GetProperty("days").GetArrayLength());
            Assert.NotEmpty(curve.GetProperty("model").GetString()!);
            Assert.All(curve.GetProperty("days").EnumerateArray(), d => Assert.True(
                Of(d, "low95") <= Of(d, "low80") && Of(d, "low80") <= Of(d, "low50") && Of(d, "low50") <= Of(d, "high50") && Of(d, "high80") <= Of(d, "high95")));
        }
        Assert.Equal("2026-01-29", measures[0].GetProperty("statistical").GetProperty("days")[0].GetProperty("date").GetString());

        // The office had all the city's cases: it is the city, and the forecasts of both agree.
        JsonElement whole = (await city.GetAsync("/forecasts/city")).GetProperty("measures")[0].GetProperty("statistical");
        Assert.Equal(Sum(whole), Sum(measures[0].GetProperty("statistical")), 0.5);
        JsonElement service = await city.GetAsync("/forecasts/services/" + RunningCity.Service);
        Assert.Equal(Sum(whole), Sum(service.GetProperty("measures")[0].GetProperty("statistical")), 0.5);
        Assert.True((await city.GetAsync("/forecasts/desks/1975301")).GetProperty("isReady").GetBoolean());
        Assert.False((await city.GetAsync("/forecasts/offices/commune/19774")).GetProperty("isReady").GetBoolean());

        // What is expected of an office is what is expected of its services, and of its desks with what is at none of them.
        JsonElement parts = await city.GetAsync("/forecasts/offices/commune/19753/parts");
        foreach ((int place, string measure) in new[] { (0, "arrivals"), (1, "completions"), (2, "backlog") })
        {
            JsonElement day = measures[place].GetProperty("statistical").GetProperty("days")[27];
            Assert.Equal(Of(day, "expected"), parts.GetProperty("services").EnumerateArray().Sum(p => InFourWeeks(p, place, measure)), 0.01);
            Assert.Equal(Of(day, "expected"), parts.GetProperty("desks").EnumerateArray().Append(parts.GetProperty("elsewhere")).Sum(p => InFourWeeks(p, place, measure)), 0.01);
        }
        JsonElement within = await city.GetAsync($"/forecasts/offices/commune/19753/services/{RunningCity.Service}");
        Assert.Equal(Sum(whole), Sum(within.GetProperty("measures")[0].GetProperty("statistical")), 0.5);
        Assert.False((await city.GetAsync($"/forecasts/offices/commune/19774/services/{RunningCity.Service}")).GetProperty("isReady").GetBoolean());
        Assert.False((await city.GetAsync("/forecasts/offices/commune/19774/parts")).GetProperty("isReady").GetBoolean());

        // A map has all offices at once: those that never had a case are left out.
        JsonElement[] offices = [.. (await city.GetAsync("/forecasts/offices")).GetProperty("items").EnumerateArray()];
        JsonElement line = Assert.Single(offices, o => o.GetProperty("office").GetString() == RunningCity.Commune);
        JsonElement backlog = measures[2].GetProperty("statistical").GetProperty("days");
        Assert.Equal(backlog[6].GetRawText(), line.GetProperty("inAWeek").GetRawText());
        Assert.Equal(backlog[27].GetRawText(), line.GetProperty("inFourWeeks").GetRawText());
        Assert.Equal(24, measures[2].GetProperty("happened").GetArrayLength());
        Assert.Equal(24, measures[2].GetProperty("happened")[23].GetProperty("value").GetDouble());
        Assert.Empty(measures[2].GetProperty("past").EnumerateArray());

        // They survive a restart, and are scored once days have passed.
        await city.RestartAsync();
        Assert.True((await city.GetAsync("/forecasts/city")).GetProperty("isReady").GetBoolean());
        await LiveAsync(city, from: 24, days: 8);
        Assert.True(await city.Api.Forecasts.RefreshAsync(city.Api, TestContext.Current.CancellationToken));
        JsonElement[] scores = [.. (await city.GetAsync("/forecasts/city")).GetProperty("measures")[2].GetProperty("scores").EnumerateArray()];
        Assert.Equal(["statistical", "structural"], scores.Select(s => s.GetProperty("by").GetString()));
        Assert.All(scores, s => Assert.Equal(8, s.GetProperty("days").GetInt32()));
        JsonElement past = Assert.Single((await city.GetAsync("/forecasts/city")).GetProperty("measures")[2].GetProperty("past").EnumerateArray());
        Assert.Equal("2026-01-29", past.GetProperty("from").GetString());
        Assert.Equal(backlog.GetArrayLength(), past.GetProperty("days").GetArrayLength());
    }

    [Fact]
    public async Task Counts_go_on_after_a_restart_and_offices_add_up_to_the_city()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        await LiveAsync(city, 0, 3);
        DailyCounts counts = city.Api.Forecasts.Counts;
        int first = counts.FirstDay!.Value;
        DayFigures[] before = counts.Between(DailyCounts.City, first, first + 3)!;
        Assert.Equal(2 + 2 + 2, before.Sum(d => d.Arrivals));
        Assert.Equal(3, before.Sum(d => d.Completions));
        Assert.Equal(3, before[^1].Backlog);
        Assert.Equal(before, counts.Between(RunningCity.Commune, first, first + 3));
        Assert.Equal(before, counts.Between(DailyCounts.OfService(RunningCity.Service, RunningCity.Commune), first, first + 3));
        var saved = new System.Buffers.ArrayBufferWriter<byte>();
        counts.Save(saved);
        var loaded = new DailyCounts(TimeSpan.FromHours(7));
        Assert.True(loaded.Load(saved.WrittenSpan));
        Assert.Equal(before, loaded.Between(DailyCounts.City, first, first + 3));
        Assert.Equal(counts.Between(first, first + 3), loaded.Between(first, first + 3));
        Assert.False(loaded.Load(saved.WrittenSpan[..20]));
        Assert.Null(loaded.FirstDay);
    }

    // Every day two dossiers come to one commune, and one is decided.
    private static async Task LiveAsync(RunningCity city, int from, int days)
    {
        for (int day = from; day < from + days; day++)
        {
            (string id, _, string official) = await city.TakenAsync($"citizen/{8_000 + day:D12}");
            await city.PostAsync($"/{RunningCity.Plural(id)}/resolve", new { official });
            await city.FileAsync($"citizen/{9_000 + day:D12}");
            await city.Api.Runtime.AdvanceAsync(RunningCity.Start.AddDays(day + 1));
        }
        await city.CaughtUpAsync();
    }

    private static double InFourWeeks(JsonElement part, int place, string measure)
    {
        JsonElement found = part.GetProperty("measures")[place];
        Assert.Equal(measure, found.GetProperty("measure").GetString());
        return Of(found.GetProperty("inFourWeeks"), "expected");
    }

    private static double Of(JsonElement day, string name) => day.GetProperty(name).GetDouble();

    private static double Sum(JsonElement curve) => curve.GetProperty("days").EnumerateArray().Sum(d => Of(d, "expected"));
}
