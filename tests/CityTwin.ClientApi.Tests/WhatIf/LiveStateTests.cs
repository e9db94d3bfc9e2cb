using System.Globalization;
using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Simulation.Live;

namespace CityTwin.ClientApi.Tests;

public sealed class LiveStateTests
{
    [Fact]
    public async Task The_live_state_has_every_open_case_in_its_place_now_and_as_of_a_past_moment()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        JsonElement queued = (await city.FileAsync("citizen/000000000001")).GetProperty("case");
        (string inHand, string desk, string official) = await city.TakenAsync("citizen/000000000002");
        JsonElement waiting = (await city.FileAsync("citizen/000000000003", documents: ["citizen-id"])).GetProperty("case");
        await city.PostAsync("/clock", new { to = RunningCity.Start.AddMinutes(30) });
        await city.PostAsync($"/{RunningCity.Plural(queued.GetProperty("id").GetString()!)}/withdraw", new { });

        LiveCity now = await LiveAsync(city, "");
        Assert.Equal(RunningCity.Start.AddMinutes(30), now.At);
        Assert.Equal(2, now.Cases.Length);
        LiveCase taken = Case(now, inHand);
        Assert.Equal((LiveStage.InProgress, desk, official), (taken.Stage, taken.Desk.ToString(), taken.Official.ToString()));
        Assert.Equal(TimeSpan.FromMinutes(30), taken.Worked);
        LiveCase asked = Case(now, waiting.GetProperty("id").GetString()!);
        Assert.Equal(LiveStage.WaitingForCitizen, asked.Stage);
        Assert.True(asked.Remaining > TimeSpan.Zero);
        Assert.True(now.Desks.Select(d => d.Office).Distinct().Count() >= 40);
        Assert.Contains(now.Desks, d => d.Desk.ToString() == desk && d.Officials.Contains(TwinId.Parse(official, null)));

        string then = RunningCity.Start.AddMinutes(29).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        LiveCity before = await LiveAsync(city, "?at=" + Uri.EscapeDataString(then));
        Assert.Equal(3, before.Cases.Length);
        Assert.Equal(LiveStage.Queued, Case(before, queued.GetProperty("id").GetString()!).Stage);
        Assert.Equal(TimeSpan.FromMinutes(29), Case(before, inHand).Worked);
    }

    [Fact]
    public async Task Reading_the_live_state_changes_nothing_in_the_city()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        await city.FileAsync("citizen/000000000001");
        long before = city.Api.Runtime.Position;
        await LiveAsync(city, "");
        await city.DoneAsync(new { scenario = PlannersBench.Short, @base = "live" });
        Assert.Equal(before, city.Api.Runtime.Position);
    }

    private static async Task<LiveCity> LiveAsync(RunningCity city, string query) => LiveCityJson.Read((await city.GetAsync("/whatif/live" + query)).GetRawText());

    private static LiveCase Case(LiveCity live, string id) => Assert.Single(live.Cases, c => c.Case.ToString() == id);
}
