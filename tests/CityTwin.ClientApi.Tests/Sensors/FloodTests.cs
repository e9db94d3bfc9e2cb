using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests.Sensors;

/// <summary>
/// The flood of 27 and 28 October 2025 on the Hương at Kim Long (peak 5.05 m over alarm levels 1.0, 2.0 and 3.5 m), through MQTT into a
/// served city. The readings are of our own making: straight rises and falls between turning points, one every five minutes.
/// </summary>
public sealed class FloodTests
{
    private const string Start = "2025-10-27T00:00:00+07:00";

    private static readonly (double Hour, double Level)[] Turns = [(0, 0.6), (6, 1.2), (14, 3.0), (22, 5.05), (30, 4.2), (44, 1.6), (54, 0.5), (58, 0.5)];

    [Fact]
    public async Task The_flood_at_Kim_Long_raises_and_clears_three_alarms_and_makes_one_case_on_the_board()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mosquitto_pub") || Environment.GetEnvironmentVariable("CI") == "true", "mosquitto_pub is not installed");
        await using ServedCity city = await ServedCity.StartAsync($"--mqtt {{mqtt}} --clock driven --start {Start}");
        string sensor = await city.RegisterAsync("KL01", raiseAfterSeconds: 300);
        await city.RegisterAsync("KL02", latitude: 16.455, raiseAfterSeconds: 300);
        DateTimeOffset start = DateTimeOffset.Parse(Start, CultureInfo.InvariantCulture);
        await city.PostAsync("/clock", new { to = start.AddHours(58) });
        await PublishAsync(city, "KL01", start, lagMinutes: 0);
        await PublishAsync(city, "KL02", start, lagMinutes: 10);
        await city.UntilAsync($"/sensors/{sensor["sensor/".Length..]}", s => s.GetProperty("readings").GetProperty("at").GetDateTimeOffset() == start.AddHours(58));
        JsonElement board = await city.UntilAsync("/board", b => b.GetProperty("sensors").GetProperty("communes")[0].GetProperty("levelMax").GetInt32() == 0
            && b.GetProperty("figures").GetProperty("all").GetProperty("filed").GetInt64() == 1);

        Assert.Equal(
            [
                ("AlertRaised", 1, At(start, 1.0, rising: true)), ("AlertRaised", 2, At(start, 2.0, rising: true)), ("AlertRaised", 3, At(start, 3.5, rising: true)),
                ("AlertCleared", 3, At(start, 3.45, rising: false)), ("AlertCleared", 2, At(start, 1.95, rising: false)), ("AlertCleared", 1, At(start, 0.95, rising: false)),
            ],
            await AlarmsAsync(city, sensor));
        JsonElement incident = Assert.Single(board.GetProperty("sensors").GetProperty("incidents").EnumerateArray());
        Assert.Equal(0, incident.GetProperty("alerts").GetInt32());
        string filed = incident.GetProperty("case").GetString()!;
        JsonElement opened = await city.GetAsync("/" + RunningCity.Plural(filed));
        Assert.Equal(("feedback", "flood-storm", "sensor"), (Text(opened, "kind"), Text(opened, "service"), Text(opened, "channel")));
        Assert.Contains(board.GetProperty("recent").EnumerateArray(), e => Text(e, "twin") == filed);
        Assert.Equal(5.05, (await city.GetAsync($"/readings?sensor={sensor}&resolution=hour&from=2025-10-26T00:00:00Z&to=2025-10-30T00:00:00Z"))
            .GetProperty("items").EnumerateArray().Max(p => p.GetProperty("max").GetDouble()));

        await city.PostAsync("/clock", new { to = start.AddHours(70) });
        JsonElement after = await city.UntilAsync("/board", b => b.GetProperty("sensors").GetProperty("incidents").GetArrayLength() == 0);
        Assert.Equal(1, after.GetProperty("figures").GetProperty("all").GetProperty("filed").GetInt64());
    }

    private static async Task<(string, int, DateTimeOffset)[]> AlarmsAsync(ServedCity city, string sensor)
    {
        JsonElement history = await city.GetAsync($"/sensors/{sensor["sensor/".Length..]}/history?limit=1000");
        return [.. history.GetProperty("items").EnumerateArray().Where(e => Text(e, "type")!.StartsWith("Alert", StringComparison.Ordinal))
            .Select(e => (Text(e, "type")!, e.GetProperty("data").GetProperty("level").GetInt32(), e.GetProperty("data").GetProperty("observedAt").GetDateTimeOffset()))];
    }

    private static async Task PublishAsync(ServedCity city, string name, DateTimeOffset start, int lagMinutes)
    {
        using Process pub = Process.Start(new ProcessStartInfo("mosquitto_pub", ["-p", $"{city.MqttPort}", "-V", "mqttv5", "-q", "1", "-l", "-t", $"city/46/19753/water/{name}"]) { RedirectStandardInput = true })!;
        for (int minute = 0; minute <= 58 * 60; minute += 5)
        {
            await pub.StandardInput.WriteLineAsync(FormattableString.Invariant(
                $$"""{"type":"WaterObserved","dateObserved":"{{start.AddMinutes(minute):O}}","height":{{LevelAt(minute - lagMinutes)}}}"""));
        }
        pub.StandardInput.Close();
        await pub.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, pub.ExitCode);
    }

    /// <summary>The reading that ends the minimum duration: 5 minutes at or above the level, or 15 below it less the hysteresis.</summary>
    private static DateTimeOffset At(DateTimeOffset start, double level, bool rising)
    {
        int minute = rising ? 0 : 22 * 60;
        while (rising ? LevelAt(minute) < level : LevelAt(minute) >= level)
        {
            minute += 5;
        }
        return start.AddMinutes(minute + (rising ? 5 : 15));
    }

    private static double LevelAt(int minute)
    {
        double hour = Math.Max(0, minute / 60.0);
        int next = Array.FindIndex(Turns, t => t.Hour >= hour);
        if (next == 0)
        {
            return Turns[0].Level;
        }
        (double h0, double l0) = Turns[next - 1];
        (double h1, double l1) = Turns[next];
        return Math.Round(l0 + ((hour - h0) / (h1 - h0) * (l1 - l0)), 3);
    }

    private static string? Text(JsonElement of, string member) => of.GetProperty(member).GetString();
}
