using System.Text.Json;
using CityTwin.Silo;
using Microsoft.Playwright;

namespace CityTwin.Web.Tests;

/// <summary>Pictures of every page, to be looked at. Not a test: run by hand, see docs/pages.md.</summary>
public sealed class Screenshots(Chromium chromium)
{
    private const string Variable = "CITYTWIN_SCREENSHOTS";
    // Eighteen days and a morning of a city's life are played at once, so that it has forecasts and has seen some of them come true; then it goes
    // on at the usual pace of a played city, and is looked at.
    private const double Usual = 60;
    private static readonly TimeSpan Life = TimeSpan.FromHours((18 * 24) + 2.5);

    [Fact(Explicit = true)]
    public async Task Of_every_page_in_both_sizes_and_themes()
    {
        string folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable(Variable) ?? Path.Combine("artifacts", "screenshots")).FullName;
        await using ServedCity city = await ServedCity.AloneAsync();
        await city.PlayAsync(ServedCity.Start.AddDays(9));
        await city.ForecastAsync();
        await city.PlayAsync(ServedCity.Start + Life);
        await city.ForecastAsync();
        await city.RestartAsync(CityClock.Accelerated(ServedCity.Start + Life, Usual), feedPerMinute: 0);
        string open = await InHandAsync(city);
        string sensor = await city.SensorAsync();
        foreach (Look look in Sight.Looks)
        {
            await using Window window = await chromium.OpenAsync(city.Address, look);
            await window.Page.AddInitScriptAsync("localStorage.setItem('citytwin.guide', 'seen')");
            foreach (Sight sight in Sight.All(open, "460701", sensor))
            {
                await window.GoAsync(sight.Address);
                await window.SettledAsync();
                await window.Page.WaitForTimeoutAsync(sight.Name == "runtime" ? 8_000 : 400);
                await window.Page.ScreenshotAsync(new PageScreenshotOptions { FullPage = !sight.Name.StartsWith("board", StringComparison.Ordinal), Path = Path.Combine(folder, $"{sight.Name}-{look.Name}.png") });
            }
        }
    }

    /// <summary>What somebody sees who has just typed the README's command and opened the page, in the first minute.</summary>
    [Fact(Explicit = true)]
    public async Task Of_a_newcomers_first_minute()
    {
        string folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable(Variable) ?? Path.Combine("artifacts", "screenshots")).FullName;
        await using ServedCity city = await ServedCity.AloneAsync(CityClock.Accelerated(DateTimeOffset.UtcNow, Usual), feedPerMinute: 0);
        await using Window window = await chromium.OpenAsync(city.Address, Look.Usual with { Locale = "en-GB" });
        await window.GoAsync("/");
        int before = 0;
        foreach (int seconds in (int[])[2, 15, 60])
        {
            await window.Page.WaitForTimeoutAsync((seconds - before) * 1_000);
            before = seconds;
            await window.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"newcomer-{seconds}.png") });
        }
    }

    // The officials of the feed begin anew with the server: within some minutes of the city one has a case in hand.
    private async Task<string> InHandAsync(ServedCity city)
    {
        await using Window waiting = await chromium.OpenAsync(city.Address);
        for (int attempt = 0; attempt < 240; attempt++)
        {
            JsonElement items = (await city.GetAsync("/cases?stage=inProgress&limit=1")).GetProperty("items");
            if (items.GetArrayLength() > 0)
            {
                return items[0].GetProperty("case").GetString()!["case/".Length..];
            }
            await waiting.Page.WaitForTimeoutAsync(250);
        }
        throw new InvalidOperationException("no official has taken a case within a minute");
    }
}
