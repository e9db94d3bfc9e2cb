using System.Text;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests.Sensors;

public sealed class ReadingTests
{
    private const string Period = "from=2026-01-04T00:00:00Z&to=2026-01-06T00:00:00Z";

    [Fact]
    public async Task A_batch_says_what_was_taken_and_the_rest_is_on_the_dead_letter_list()
    {
        await using RunningCity city = await FloodedCity.OpenAsync();
        JsonElement answer = await city.PostAsync("/readings", new
        {
            readings = new object[]
            {
                new { topic = "city/46/19753/water/KL01", payload = new { dateObserved = RunningCity.Start, height = 1.25 } },
                new { topic = "city/46/19753/water/KL01", payload = new { height = 1.25 } },
                new { topic = "elsewhere", payload = 1 },
                new { topic = "city/46/19753/water/KL99", payload = new[] { RunningCity.Start.ToUnixTimeMilliseconds(), 1 } },
            },
        });
        Assert.Equal(1, answer.GetProperty("accepted").GetInt32());
        Assert.Equal(
            [("$.readings[1]", "payload: dateObserved is missing"), ("$.readings[2]", "topic: expected city/{city}/{commune}/{kind}/{sensor} of this city"), ("$.readings[3]", "payload: the sensor is not registered")],
            answer.GetProperty("rejected").EnumerateArray().Select(r => (r.GetProperty("path").GetString()!, r.GetProperty("reason").GetString()!)));
        JsonElement letters = await city.GetAsync("/readings/dead-letters?limit=1");
        Assert.Equal((2, "the sensor is not registered"), (letters.GetProperty("total").GetInt64(), letters.GetProperty("items")[0].GetProperty("reason").GetString()));
        Assert.Equal(400, (await city.RefusedAsync(HttpMethod.Post, "/readings", new StringContent("{\"readings\":[]}", Encoding.UTF8, "application/json"))).Status);
    }

    [Fact]
    public async Task History_is_asked_by_sensor_commune_kind_period_and_resolution()
    {
        await using RunningCity city = await FloodedCity.OpenAsync();
        await FloodedCity.SendAsync(city, (-61, 0.5), (-60.5, 0.7), (-2, 1.5), (-2, 1.5));
        JsonElement raw = await UntilAsync(city, $"readings?sensor={RunningCity.Sensor}&{Period}", 3);
        Assert.Equal([0.5, 0.7, 1.5], raw.EnumerateArray().Select(p => p.GetProperty("mean").GetDouble()));
        JsonElement hours = await ItemsAsync(city, $"/readings?commune={RunningCity.Commune}&kind=water&measure=waterLevel&resolution=hour&{Period}");
        Assert.Equal([(2, 0.5, 0.6, 0.7), (1, 1.5, 1.5, 1.5)], hours.EnumerateArray().Select(p => (p.GetProperty("count").GetInt32(), p.GetProperty("min").GetDouble(), Math.Round(p.GetProperty("mean").GetDouble(), 9), p.GetProperty("max").GetDouble())));
        Assert.Equal(2, (await ItemsAsync(city, $"/readings?kind=water&resolution=minute&{Period}")).GetArrayLength());
        Assert.Equal(0, (await ItemsAsync(city, $"/readings?kind=noise&{Period}")).GetArrayLength());
        JsonElement cut = await city.GetAsync($"/readings?limit=2&{Period}");
        Assert.Equal((2, true), (cut.GetProperty("items").GetArrayLength(), cut.GetProperty("hasMore").GetBoolean()));
        foreach (string wrong in new[] { "", "from=2026-01-05T00:00:00Z", "from=2026-01-06T00:00:00Z&to=2026-01-05T00:00:00Z", Period + "&kind=tide", Period + "&resolution=day", Period + "&limit=0" })
        {
            Assert.Equal(400, (await city.RefusedAsync(HttpMethod.Get, "/readings?" + wrong)).Status);
        }
        string then = Uri.EscapeDataString(RunningCity.Start.AddMinutes(-30).ToString("yyyy-MM-dd'T'HH:mm:sszzz", null));
        (int status, _) = await city.RefusedAsync(HttpMethod.Get, $"/sensors/{RunningCity.Sensor["sensor/".Length..]}?at={then}");
        Assert.Equal(404, status);
    }

    [Fact]
    public async Task The_schema_of_payloads_is_served_and_names_every_member_that_is_read()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        JsonElement schema = await city.GetAsync("/readings/schema");
        string[] members = [.. schema.GetProperty("$defs").GetProperty("object").GetProperty("properties").EnumerateObject().Select(p => p.Name)];
        Assert.Equal(21, members.Length);
        Assert.All(members.Skip(2), m => Assert.Contains(m, ReadingMembers));
        Assert.Equal(ReadingMembers.Length, members.Length - 2);
    }

    private static readonly string[] ReadingMembers =
    [
        "height", "flow", "precipitation", "pm25", "pm10", "o3", "no2", "so2", "co", "LAeq", "occupancy", "intensity", "averageVehicleSpeed", "status",
        "activePower", "packetLoss", "latency", "openEvents", "stoppedEvents",
    ];

    private static async Task<JsonElement> ItemsAsync(RunningCity city, string address) => (await city.GetAsync(address)).GetProperty("items");

    private static async Task<JsonElement> UntilAsync(RunningCity city, string address, int count) =>
        (await FloodedCity.UntilAsync(city, address, h => h.GetProperty("items").GetArrayLength() == count)).GetProperty("items");
}
