using System.Net.Http.Json;
using System.Text.Json;
using CityTwin.Silo;

namespace CityTwin.Web.Tests;

/// <summary>A city with something to see on every page: weeks of life, forecasts that came true or not, sensors in alert, cases in every stage, what-if runs.</summary>
internal sealed class PicturedCity : IAsyncDisposable
{
    private const string Hue = "base: {city: hue, start: 2026-08-03, days: 70, warm_up_days: 28}\nrun: {replications: 12}\n";
    // Eighteen days and a morning of a city's life are played at once; then it goes on at the usual pace of a played city.
    private const double Usual = 60;
    private static readonly TimeSpan Life = TimeSpan.FromHours((18 * 24) + 2.5);

    private PicturedCity(ServedCity city) => City = city;

    public ServedCity City { get; }

    /// <summary>The number of the river gauge at Kim Long.</summary>
    public string Sensor { get; private set; } = "";

    /// <summary>The numbers of a case in every stage that was found, by the stage's name.</summary>
    public Dictionary<string, string> Cases { get; } = [];

    /// <summary>The number of a report that the model read.</summary>
    public string Report { get; private set; } = "";

    /// <summary>A moment two days before the city's last.</summary>
    public static string Past { get; } = (ServedCity.Start + Life).AddDays(-1.9).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);

    public static async Task<PicturedCity> LivedInAsync()
    {
        ServedCity city = await ServedCity.AloneAsync();
        await city.PlayAsync(ServedCity.Start.AddDays(9));
        await city.ForecastAsync();
        await city.PlayAsync(ServedCity.Start + Life);
        await city.ForecastAsync();
        await city.RestartAsync(CityClock.Accelerated(ServedCity.Start + Life, Usual), feedPerMinute: 0);
        var pictured = new PicturedCity(city) { Sensor = await city.SensorAsync() };
        pictured.Report = (await city.PostAsync("/cases", new { kind = "feedback", commune = "commune/19753", channel = "app", description = "Đèn đường tắt ba ngày nay ở đầu kiệt 12, tối om, rất nguy hiểm" })).GetProperty("case").GetProperty("id").GetString()!["case/".Length..];
        await pictured.FindCasesAsync();
        await pictured.PlanAsync();
        return pictured;
    }

    public ValueTask DisposeAsync() => City.DisposeAsync();

    private async Task FindCasesAsync()
    {
        foreach (string stage in (string[])["queued", "waitingForCitizen", "resolved", "returned", "rejected", "closed"])
        {
            JsonElement items = (await City.GetAsync($"/cases?stage={stage}&limit=1")).GetProperty("items");
            if (items.GetArrayLength() > 0)
            {
                Cases[stage] = items[0].GetProperty("case").GetString()!["case/".Length..];
            }
        }
        Cases["inProgress"] = await InHandAsync();
    }

    // Taken by hand, so that no played official ends it while pictures are taken; one of them may be faster at first.
    private async Task<string> InHandAsync()
    {
        for (int attempt = 0; attempt < 60; attempt++)
        {
            (string number, string desk) = await City.FileAsync(citizen: $"citizen/{88_000 + attempt:D12}");
            foreach (JsonElement official in (await City.GetAsync($"/desks/{desk}")).GetProperty("officials").EnumerateArray())
            {
                using HttpResponseMessage answer = await City.Http.PostAsJsonAsync(new Uri($"/desks/{desk}/start", UriKind.Relative), new { official = official.GetString(), @case = $"case/{number}" });
                if (answer.IsSuccessStatusCode)
                {
                    return number;
                }
            }
        }
        throw new InvalidOperationException("no case could be taken in hand");
    }

    private async Task PlanAsync()
    {
        await City.DoneAsync("name: A third of the officers away for two weeks\n" + Hue + "changes:\n  - absence: {offices: communes, share: 33%}\n    from: 2026-09-07\n    to: 2026-09-18\n", tornado: true);
        await City.DoneAsync("name: All communes share their desks\n" + Hue + "changes:\n  - pool: {offices: communes}\n");
        await City.DoneAsync("name: Simplify procedures\n" + Hue + "changes:\n  - simplify: {share: 30%, handling: 0.8}\n");
        await City.DoneAsync("name: Half as many cases again, and how many officers\nbase: {city: live, start: 2026-01-24, days: 42}\nrun: {replications: 12}\nchanges:\n  - demand: {factor: 1.5}\n  - officers: {offices: departments, skills: land, add: $officers}\nsweep: {officers: 0..24 step 6}\n");
        await City.CalibratedAsync();
        await City.StartAsync(Bench.Long);
    }
}
