using System.Globalization;
using System.Text.Json;

namespace CityTwin.Web.Tests;

/// <summary>Sensors in every state that a map can show.</summary>
internal static class Gauges
{
    private static readonly (string Kind, string Name, int Commune, double Latitude, double Longitude, double[] Levels, string Member, double From, double Step, int SilentAfter)[] All =
    [
        ("water", "KL01", 19774, 16.4637, 107.5759, [1.0, 2.0, 3.5], "height", 0.6, 0.08, 86_400),
        ("water", "PO02", 19789, 16.5601, 107.4702, [1.0, 2.0, 3.5], "height", 0.5, 0.012, 1_800),
        ("rain", "BM01", 19753, 16.4950, 107.5900, [50, 100, 200], "precipitation", 0.2, 0.1, 86_400),
        ("noise", "NG03", 19753, 16.4680, 107.5950, [70, 80, 90], "LAeq", 58, 0.9, 86_400),
    ];

    // Readings of each, less one.
    private const int Last = 23;

    /// <summary>Registers them, with a day's readings; the number of the river gauge at Kim Long, which has reached alarm level II.</summary>
    public static async Task<string> InstallAsync(ServedCity city)
    {
        DateTimeOffset now = (await city.GetAsync("/clock")).GetProperty("now").GetDateTimeOffset();
        string first = "";
        foreach ((string kind, string name, int commune, double latitude, double longitude, double[] levels, string member, double from, double step, int silentAfter) in All)
        {
            JsonElement answer = await city.PostAsync("/sensors", new { kind, name, commune = $"commune/{commune}", place = new { latitude, longitude }, rules = new { levels, raiseAfterSeconds = 0, silentAfterSeconds = silentAfter } });
            first = first.Length > 0 ? first : answer.GetProperty("sensor").GetProperty("id").GetString()!["sensor/".Length..];
            object[] readings = [.. Enumerable.Range(0, Last + 1).Select(i => new
            {
                topic = $"city/46/{commune}/{kind}/{name}",
                payload = new Dictionary<string, object>
                {
                    ["dateObserved"] = now.AddMinutes(10 * (i - Last - 1)).ToString("O", CultureInfo.InvariantCulture),
                    [member] = Math.Round(from + (step * Last * Risen(i / (double)Last)), 3),
                },
            })];
            JsonElement taken = await city.PostAsync("/readings", new { readings });
            Assert.Equal(readings.Length, taken.GetProperty("accepted").GetInt32());
        }
        return first;
    }

    // As water rises in a storm: slowly, fast, slowly.
    private static double Risen(double share) => share * share * (3 - (2 * share));
}
