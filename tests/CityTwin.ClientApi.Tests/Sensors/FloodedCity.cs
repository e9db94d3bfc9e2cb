using System.Text.Json;

namespace CityTwin.ClientApi.Tests.Sensors;

/// <summary>Huế with the sensor water/KL01: alarms at 1.0, 2.0 and 3.5 m, raised at once.</summary>
internal static class FloodedCity
{
    public static async Task<RunningCity> OpenAsync()
    {
        RunningCity city = await RunningCity.AloneAsync();
        await RegisterAsync(city);
        await city.CaughtUpAsync();
        return city;
    }

    public static Task<JsonElement> RegisterAsync(RunningCity city) => city.PostAsync("/sensors", new
    {
        kind = "water",
        name = "KL01",
        commune = RunningCity.Commune,
        rules = new { levels = new[] { 1.0, 2.0, 3.5 }, raiseAfterSeconds = 0, spikeMax = 10.0, risePerHourMax = 100.0 },
    });

    /// <summary>Readings, each so many minutes after the city's start.</summary>
    public static async Task SendAsync(RunningCity city, params (double Minute, double Height)[] readings)
    {
        JsonElement answer = await city.PostAsync("/readings", new
        {
            readings = readings.Select(r => new { topic = "city/46/19753/water/KL01", payload = new { dateObserved = RunningCity.Start.AddMinutes(r.Minute), height = r.Height } }),
        });
        Assert.Equal(readings.Length, answer.GetProperty("accepted").GetInt32());
    }

    /// <summary>Reads until what was followed shows.</summary>
    public static async Task<JsonElement> UntilAsync(RunningCity city, string address, Func<JsonElement, bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            JsonElement read = await city.GetAsync("/" + address);
            if (holds(read))
            {
                return read;
            }
            Assert.False(patience.IsCancellationRequested, $"{address} stays {read}");
            await Task.Yield();
        }
    }
}
