using System.Globalization;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

public sealed class TimeTravelTests
{
    [Fact]
    public async Task Every_read_of_a_twin_shows_any_past_moment()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        (string id, string desk, string official) = await city.TakenAsync("citizen/000000000001");
        await AdvanceAsync(city, RunningCity.Start.AddMinutes(30));
        await city.PostAsync($"/{RunningCity.Plural(id)}/resolve", new { official });
        await AdvanceAsync(city, RunningCity.Start.AddMinutes(60));

        string then = "?at=" + Uri.EscapeDataString(Text(RunningCity.Start.AddMinutes(29)));
        Assert.Equal("inProgress", (await city.GetAsync($"/{RunningCity.Plural(id)}{then}")).GetProperty("stage").GetString());
        Assert.Equal("resolved", (await city.GetAsync($"/{RunningCity.Plural(id)}")).GetProperty("stage").GetString());
        Assert.Equal(id, (await city.GetAsync($"/{RunningCity.Plural(desk)}{then}")).GetProperty("inHand")[0].GetProperty("case").GetString());
        Assert.Equal(0, (await city.GetAsync($"/{RunningCity.Plural(desk)}/queue{then}")).GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await city.GetAsync($"/{RunningCity.Plural(official)}{then}")).GetProperty("handled").GetInt64());
        Assert.Equal(1, (await city.GetAsync($"/{RunningCity.Plural(RunningCity.Commune)}{then}")).GetProperty("totals").GetProperty("filed").GetInt64());
        Assert.All((await city.GetAsync($"/citizens/000000000001{then}")).GetProperty("documents").EnumerateArray(), d => Assert.False(d.GetProperty("verified").GetBoolean()));
        Assert.NotEqual(0, (await city.GetAsync($"/city{then}")).GetProperty("version").GetInt32());

        JsonElement past = (await city.GetAsync($"/board{then}")).GetProperty("figures").GetProperty("all");
        Assert.Equal((1, 0), (past.GetProperty("inProgress").GetInt64(), past.GetProperty("resolved").GetInt64()));
        await city.CaughtUpAsync();
        JsonElement now = (await city.GetAsync("/board")).GetProperty("figures").GetProperty("all");
        Assert.Equal((0, 1), (now.GetProperty("inProgress").GetInt64(), now.GetProperty("resolved").GetInt64()));
    }

    [Fact]
    public async Task Deadlines_fire_when_the_clock_is_driven_and_survive_a_restart()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string id = RunningCity.Plural((await city.FileAsync("citizen/000000000002")).GetProperty("case").GetProperty("id").GetString()!);
        await city.RestartAsync();
        await AdvanceAsync(city, RunningCity.Start.AddDays(3));
        Assert.True((await city.GetAsync("/" + id)).GetProperty("overdue").GetBoolean());
        await city.CaughtUpAsync();
        JsonElement list = await city.GetAsync("/cases?overdue=true&open=true");
        Assert.Equal(1, list.GetProperty("items").GetArrayLength());
        Assert.Equal(1, (await city.GetAsync("/board")).GetProperty("figures").GetProperty("all").GetProperty("overdue").GetInt64());
        Assert.Equal(0, (await city.GetAsync("/board")).GetProperty("figures").GetProperty("all").GetProperty("filedToday").GetInt64());
    }

    [Fact]
    public async Task The_future_and_a_moment_without_zone_are_refused()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        foreach (string at in new[] { Text(RunningCity.Start.AddSeconds(1)), "2026-01-05T08:00:00", "yesterday", "" })
        {
            (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Get, "/board?at=" + Uri.EscapeDataString(at));
            Assert.Equal(400, status);
            Assert.Equal("?at", problem.GetProperty("errors")[0].GetProperty("path").GetString());
        }
        (int before, _) = await city.RefusedAsync(HttpMethod.Get, "/city?at=2020-01-01T00:00:00Z");
        Assert.Equal(404, before);
    }

    private static Task<JsonElement> AdvanceAsync(RunningCity city, DateTimeOffset to) => city.PostAsync("/clock", new { to = Text(to) });

    private static string Text(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
