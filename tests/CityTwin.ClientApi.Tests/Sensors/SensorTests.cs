using System.Text;
using System.Text.Json;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Tests.Sensors;

public sealed class SensorTests
{
    private static readonly string Id = "sensors/" + RunningCity.Sensor["sensor/".Length..];

    [Fact]
    public async Task A_sensor_is_registered_configured_and_read_with_its_latest_reading_statistics_and_alerts()
    {
        await using RunningCity city = await FloodedCity.OpenAsync();
        await FloodedCity.SendAsync(city, (-10, 1.1), (-4, 1.4), (-2, 2.3));
        JsonElement sensor = await FloodedCity.UntilAsync(city, Id, s => s.GetProperty("level").GetInt32() == 2);
        Assert.Equal(("alert", "water", "city/46/19753/water/KL01"), (Text(sensor, "state"), Text(sensor, "kind"), Text(sensor, "topic")));
        Assert.Equal([1, 2], sensor.GetProperty("alerts").EnumerateArray().Select(a => a.GetProperty("level").GetInt32()));
        JsonElement readings = sensor.GetProperty("readings");
        Assert.Equal((2.3, "waterLevel"), (readings.GetProperty("value").GetDouble(), Text(readings, "measure")));
        Assert.Equal((3, 1.1, 2.3), (readings.GetProperty("day").GetProperty("count").GetInt32(), readings.GetProperty("day").GetProperty("min").GetDouble(), readings.GetProperty("day").GetProperty("max").GetDouble()));

        await city.PostAsync($"/{Id}/calibrate", new { offset = -0.2 });
        JsonElement ruled = (await city.PostAsync($"/{Id}/rules", new { hysteresis = 0.1, raiseAfterSeconds = 60 })).GetProperty("sensor");
        Assert.Equal((0.1, 60, 3), (ruled.GetProperty("rules").GetProperty("hysteresis").GetDouble(), ruled.GetProperty("rules").GetProperty("raiseAfterSeconds").GetInt32(), ruled.GetProperty("rules").GetProperty("levels").GetArrayLength()));
        Assert.Equal(-0.2, ruled.GetProperty("offset").GetDouble());
        JsonElement served = (await city.PostAsync($"/{Id}/maintenance", new { until = RunningCity.Start.AddHours(2), reason = "thay pin" })).GetProperty("sensor");
        Assert.Equal("maintenance", Text(served, "state"));
        using HttpResponseMessage ended = await city.SendAsync(HttpMethod.Delete, $"/{Id}/maintenance");
        Assert.True(ended.IsSuccessStatusCode);
        Assert.Contains("SensorCalibrated", (await city.GetAsync($"/{Id}/history")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_alert_is_acknowledged_once_and_a_silenced_sensor_opens_no_case()
    {
        await using RunningCity city = await FloodedCity.OpenAsync();
        await city.PostAsync($"/{Id}/silence", new { until = RunningCity.Start.AddHours(1), reason = "thi công kè" });
        await FloodedCity.SendAsync(city, (-4, 1.4));
        await FloodedCity.UntilAsync(city, Id, s => s.GetProperty("level").GetInt32() == 1);
        JsonElement seen = (await city.PostAsync($"/{Id}/acknowledge", new { alert = "threshold", level = 1, official = "official/19753001", note = "đã xem" })).GetProperty("sensor");
        Assert.Equal("official/19753001", Text(seen.GetProperty("alerts")[0], "acknowledgedBy"));
        Assert.Equal("unchanged", Text(await city.PostAsync($"/{Id}/acknowledge", new { alert = "threshold", level = 1 }), "status"));
        (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Post, $"/{Id}/acknowledge", new StringContent("{\"alert\":\"threshold\",\"level\":3}", Encoding.UTF8, "application/json"));
        Assert.Equal((404, "urn:citytwin:problem:alert-not-raised"), (status, Text(problem, "type")));
        Assert.Equal(0, (await city.GetAsync("/board")).GetProperty("sensors").GetProperty("incidents").GetArrayLength());

        using HttpResponseMessage lifted = await city.SendAsync(HttpMethod.Delete, $"/{Id}/silence");
        Assert.True(lifted.IsSuccessStatusCode);
        JsonElement board = await FloodedCity.UntilAsync(city, "board", b => b.GetProperty("sensors").GetProperty("incidents").GetArrayLength() == 1);
        Assert.Equal(RunningCity.Sensor, board.GetProperty("sensors").GetProperty("incidents")[0].GetProperty("sensors")[0].GetString());
    }

    [Fact]
    public async Task Sensors_are_listed_by_commune_kind_and_state_in_pages_and_as_of_a_moment()
    {
        await using RunningCity city = await FloodedCity.OpenAsync();
        foreach (string name in new[] { "N1", "N2", "N3" })
        {
            await city.PostAsync("/sensors", new { kind = "noise", name, commune = RunningCity.Commune, place = new { latitude = 16.4, longitude = 107.5 } });
        }
        await city.PostAsync("/clock", new { to = RunningCity.Start.AddMinutes(1) });
        await FloodedCity.SendAsync(city, (-4, 1.4));
        await FloodedCity.UntilAsync(city, "sensors?state=alert", l => l.GetProperty("total").GetInt32() == 1);
        JsonElement first = await city.GetAsync("/sensors?kind=noise&commune=commune/19753&limit=2");
        JsonElement second = await city.GetAsync($"/sensors?kind=noise&limit=2&cursor={Text(first, "next")}");
        Assert.Equal((3, 2, 1), (first.GetProperty("total").GetInt32(), first.GetProperty("items").GetArrayLength(), second.GetProperty("items").GetArrayLength()));
        Assert.Equal("N2", Text((await city.GetAsync("/sensors?name=N2")).GetProperty("items")[0], "name"));
        Assert.Equal(0, (await city.GetAsync("/sensors?commune=commune/19774")).GetProperty("total").GetInt32());
        string then = Uri.EscapeDataString(RunningCity.Start.AddSeconds(30).ToString("yyyy-MM-dd'T'HH:mm:sszzz", null));
        Assert.Equal((4, 0), ((await city.GetAsync($"/sensors?at={then}")).GetProperty("total").GetInt32(), (await city.GetAsync($"/sensors?at={then}&state=alert")).GetProperty("total").GetInt32()));
        Assert.Equal("ok", Text(await city.GetAsync($"/{Id}?at={then}"), "state"));
        JsonElement past = (await city.GetAsync($"/board?at={then}")).GetProperty("sensors");
        JsonElement now = (await city.GetAsync("/board")).GetProperty("sensors");
        Assert.Equal(((4, 0), (4, 1)), (Counts(past), Counts(now)));
    }

    [Theory]
    [InlineData("{\"kind\":\"tide\",\"name\":\"A\",\"commune\":\"commune/19753\"}", "$.kind")]
    [InlineData("{\"kind\":\"water\",\"name\":\"a/b\",\"commune\":\"commune/19753\"}", "$.name")]
    [InlineData("{\"kind\":\"water\",\"name\":\"A\",\"commune\":\"commune/1\"}", "$.commune")]
    [InlineData("{\"kind\":\"water\",\"name\":\"A\",\"commune\":\"commune/19753\",\"place\":{\"latitude\":91,\"longitude\":0}}", "$.place")]
    [InlineData("{\"kind\":\"water\",\"name\":\"A\",\"commune\":\"commune/19753\",\"rules\":{\"levels\":[2,1]}}", "$.rules.levels")]
    [InlineData("{\"kind\":\"water\",\"name\":\"A\",\"commune\":\"commune/19753\",\"rules\":{\"silentAfterSeconds\":1}}", "$.rules.silentAfterSeconds")]
    public async Task What_cannot_be_registered_is_refused_with_its_place(string body, string path)
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        (int status, JsonElement problem) = await city.RefusedAsync(HttpMethod.Post, "/sensors", new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal((400, path), (status, problem.GetProperty("errors")[0].GetProperty("path").GetString()));
    }

    [Fact]
    public async Task Registering_again_changes_nothing_and_otherwise_is_refused()
    {
        await using RunningCity city = await FloodedCity.OpenAsync();
        (int status, JsonElement problem) = await city.RefusedAsync(
            HttpMethod.Post, "/sensors", new StringContent("{\"kind\":\"water\",\"name\":\"KL01\",\"commune\":\"commune/19774\"}", Encoding.UTF8, "application/json"));
        Assert.Equal((409, "urn:citytwin:problem:sensor-already-registered"), (status, Text(problem, "type")));
        Assert.Equal("unchanged", Text(await FloodedCity.RegisterAsync(city), "status"));
        Assert.Equal(SensorNumber.Of(46, SensorKind.Water, "KL01").ToString(), Text((await FloodedCity.RegisterAsync(city)).GetProperty("sensor"), "id"));
    }

    private static (int Sensors, int Alerting) Counts(JsonElement board)
    {
        JsonElement commune = board.GetProperty("communes").EnumerateArray().Single();
        return (commune.GetProperty("sensors").GetInt32(), commune.GetProperty("alerting").GetInt32());
    }

    private static string? Text(JsonElement of, string member) => of.GetProperty(member).GetString();
}
