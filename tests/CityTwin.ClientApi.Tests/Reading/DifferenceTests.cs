using System.Globalization;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests;

public sealed class DifferenceTests
{
    private const string Elsewhere = "commune/19774";

    [Fact]
    public async Task What_changed_between_two_moments_is_told_for_the_city_and_for_an_office()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        (string early, _, string official) = await city.TakenAsync("citizen/000000000001");
        await AdvanceAsync(city, RunningCity.Start.AddHours(6));
        string late = (await city.FileAsync("citizen/000000000002")).GetProperty("case").GetProperty("id").GetString()!;
        await city.FileAsync("citizen/000000000003", commune: Elsewhere);
        await city.PostAsync($"/{RunningCity.Plural(early)}/resolve", new { official });
        await AdvanceAsync(city, RunningCity.Start.AddHours(7));
        await city.FileAsync("citizen/000000000004");

        string between = $"/board/difference?from={Moment(RunningCity.Start.AddHours(5))}&to={Moment(RunningCity.Start.AddHours(6.5))}";
        JsonElement whole = await city.GetAsync(between);
        JsonElement here = await city.GetAsync($"{between}&office={RunningCity.Commune}");

        Assert.Equal((1, 3), (Filed(whole, "before"), Filed(whole, "after")));
        Assert.Equal(3, whole.GetProperty("casesChanged").GetInt64());
        Assert.Equal((1, 2), (Filed(here, "before"), Filed(here, "after")));
        Assert.Equal(2, here.GetProperty("casesChanged").GetInt64());
        Assert.Equal(1, here.GetProperty("happened").GetProperty("CaseFiled").GetInt64());
        Assert.Equal(1, here.GetProperty("happened").GetProperty("CaseResolved").GetInt64());
        JsonElement[] cases = [.. here.GetProperty("cases").EnumerateArray()];
        Assert.Equal([late, early], cases.Select(c => c.GetProperty("case").GetString()!));
        Assert.False(cases[0].TryGetProperty("before", out _));
        Assert.Equal(("inProgress", "resolved"), (Stage(cases[1], "before"), Stage(cases[1], "after")));
    }

    [Fact]
    public async Task A_difference_agrees_with_the_boards_of_its_two_moments_and_lists_no_more_than_asked()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        for (int n = 1; n <= 6; n++)
        {
            await city.FileAsync($"citizen/{n:000000000000}");
            await AdvanceAsync(city, RunningCity.Start.AddMinutes(10 * n));
        }
        string from = Moment(RunningCity.Start.AddMinutes(15)), to = Moment(RunningCity.Start.AddMinutes(45));

        JsonElement difference = await city.GetAsync($"/board/difference?from={from}&to={to}&limit=2");

        Assert.Equal((await city.GetAsync($"/board?at={from}")).GetProperty("figures").ToString(), difference.GetProperty("before").ToString());
        Assert.Equal((await city.GetAsync($"/board?at={to}")).GetProperty("figures").ToString(), difference.GetProperty("after").ToString());
        Assert.Equal(3, difference.GetProperty("casesChanged").GetInt64());
        Assert.Equal(2, difference.GetProperty("cases").GetArrayLength());
        Assert.Equal(0, (await city.GetAsync($"/board/difference?from={to}&to={to}")).GetProperty("casesChanged").GetInt64());
    }

    [Fact]
    public async Task Moments_that_are_missing_reversed_or_in_the_future_and_unknown_offices_are_refused()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        string start = Moment(RunningCity.Start), later = Moment(RunningCity.Start.AddSeconds(1)), earlier = Moment(RunningCity.Start.AddSeconds(-1));
        foreach ((string query, string path) in new[]
        {
            ("", "?from"), ("?from=monday", "?from"), ($"?from={start}&to={earlier}", "?from"), ($"?from={start}&to={later}", "?to"),
            ($"?from={start}&office=desk/1975301", "?office"), ($"?from={start}&limit=-1", "?limit"), ($"?from={start}&ofice=commune/19753", "?ofice"),
        })
        {
            (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Get, "/board/difference" + query);
            Assert.Equal(400, status);
            Assert.Contains(path, problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("path").GetString()));
        }
        (int unknown, _) = await city.RefusedAsync(HttpMethod.Get, $"/board/difference?from={start}&office=commune/1");
        Assert.Equal(404, unknown);
    }

    private static long Filed(JsonElement difference, string when) => difference.GetProperty(when).GetProperty("all").GetProperty("filed").GetInt64();

    private static string Stage(JsonElement change, string when) => change.GetProperty(when).GetProperty("stage").GetString()!;

    private static Task<JsonElement> AdvanceAsync(RunningCity city, DateTimeOffset to) => city.PostAsync("/clock", new { to });

    private static string Moment(DateTimeOffset at) => Uri.EscapeDataString(at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture));
}
