using System.Text.Json;
using CityTwin.ClientApi.Tests.Sensors;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Tests.Queries;

/// <summary>The latest readings of sensors, which are no events, in live queries.</summary>
public sealed class ReadingQueryTests
{
    private const string High = "/query?type=sensor&select=id,value,waterLevel,readAt,day.max,day.count&q=value%3E4.2%3Bcommune==commune/19753";

    [Fact]
    public async Task Sensors_are_found_by_what_they_read_last_now_then_and_after_a_restart()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        TwinId low = await city.GaugeAsync("low"), high = await city.GaugeAsync("high");
        await city.GaugeAsync("mute");
        Assert.Empty(await ItemsAsync(city, High));
        await city.PostAsync("/clock", new { to = "2026-01-05T10:00:00+07:00" });
        await city.ReadAsync(low, 4.1, "2026-01-05T02:30:00Z");
        await city.ReadAsync(high, 4.0, "2026-01-05T02:10:00Z");
        await city.ReadAsync(high, 4.5, "2026-01-05T02:40:00Z");
        await AssertHighAsync(city, high);

        Assert.Equal([low.ToString(), high.ToString()], (await ItemsAsync(city, "/query?type=sensor&q=waterLevel&orderBy=value&select=id")).Select(i => i.GetProperty("id").GetString()));
        JsonElement group = Assert.Single(await ItemsAsync(city, "/query?type=sensor&q=value&groupBy=commune&aggregate=count,mean(value),max(hour.max)"));
        Assert.Equal((2, 4.3, 4.5), (group.GetProperty("count").GetInt32(), Math.Round(group.GetProperty("mean(value)").GetDouble(), 6), group.GetProperty("max(hour.max)").GetDouble()));
        Assert.Equal(4.0, Assert.Single(await ItemsAsync(city, $"/query?type=sensor&select=value&at=2026-01-05T02:20:00Z&q=value;id=={high}", mayBeEmpty: true)).GetProperty("value").GetDouble());

        await city.RestartAsync();
        await AssertHighAsync(city, high);
    }

    [Fact]
    public async Task Pages_in_the_order_of_values_are_complete_while_readings_change_it()
    {
        await using RunningCity city = await RunningCity.AloneAsync();
        List<TwinId> gauges = [];
        for (int i = 0; i < 9; i++)
        {
            gauges.Add(await city.GaugeAsync($"g{i}"));
            await city.ReadAsync(gauges[i], i / 10.0, "2026-01-05T00:30:00Z");
        }
        List<string> met = [];
        string? cursor = null;
        for (int page = 0; page < 3; page++)
        {
            JsonElement answer = await city.GetAsync($"/query?type=sensor&q=value&orderBy=!value&select=id,value&limit=3{(cursor is null ? "" : "&cursor=" + cursor)}");
            met.AddRange(answer.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!));
            cursor = answer.TryGetProperty("next", out JsonElement next) ? next.GetString() : null;

            // The last becomes the first, and the first the last: the list does not move.
            await city.ReadAsync(gauges[page], 5 + page, $"2026-01-05T00:4{page}:00Z");
            await city.ReadAsync(gauges[8 - page], -5 - page, $"2026-01-05T00:4{page}:00Z");
        }
        Assert.Null(cursor);
        Assert.Equal(gauges.AsEnumerable().Reverse().Select(g => g.ToString()), met);
    }

    private static async Task AssertHighAsync(RunningCity city, TwinId high)
    {
        // After a restart, readings are sorted in again within moments.
        JsonElement[] found = await ItemsAsync(city, High, mayBeEmpty: true);
        for (int tries = 0; found.Length == 0 && tries < 2_000; tries++)
        {
            found = await ItemsAsync(city, High, mayBeEmpty: true);
        }
        JsonElement item = Assert.Single(found);
        Assert.Equal((high.ToString(), 4.5, 4.5), (item.GetProperty("id").GetString(), item.GetProperty("value").GetDouble(), item.GetProperty("waterLevel").GetDouble()));
        Assert.Equal(("2026-01-05T02:40:00Z", 4.5, 2), (item.GetProperty("readAt").GetString(), item.GetProperty("day.max").GetDouble(), item.GetProperty("day.count").GetInt32()));
    }

    // Where readings are not taken yet, the city says so, and is asked again.
    private static async Task<JsonElement[]> ItemsAsync(RunningCity city, string address, bool mayBeEmpty = false)
    {
        using HttpResponseMessage response = await city.SendAsync(HttpMethod.Get, address);
        JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        return mayBeEmpty && (int)response.StatusCode == 503 ? []
            : answer.TryGetProperty("items", out JsonElement items) ? [.. items.EnumerateArray()]
            : throw new InvalidOperationException(answer.GetRawText());
    }
}
