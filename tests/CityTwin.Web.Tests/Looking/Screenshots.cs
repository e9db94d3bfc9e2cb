using CityTwin.Silo;
using Microsoft.Playwright;

namespace CityTwin.Web.Tests;

/// <summary>Pictures of every page, to be looked at. Not a test: run by hand, see docs/pages.md.</summary>
public sealed class Screenshots(Chromium chromium)
{
    private const string Variable = "CITYTWIN_SCREENSHOTS";
    private const double Speed = 7_200;

    // Enough of a city's life that there is something to see.
    private static readonly TimeSpan Life = TimeSpan.FromHours(58);

    [Fact(Explicit = true)]
    public async Task Of_every_page_in_both_sizes_and_themes()
    {
        string folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable(Variable) ?? Path.Combine("artifacts", "screenshots")).FullName;
        await using ServedCity city = await ServedCity.AloneAsync(CityClock.Accelerated(ServedCity.Start, Speed), feedPerMinute: 0);
        await using Window clock = await chromium.OpenAsync(city.Address);
        await clock.GoAsync("/");
        float patience = (float)(Life / Speed).TotalMilliseconds * 4;
        await clock.Page.WaitForFunctionAsync(
            "async end => Date.parse((await (await fetch('/clock')).json()).now) > end", (ServedCity.Start + Life).ToUnixTimeMilliseconds(), new() { Timeout = patience, PollingInterval = 500 });
        string open = (await city.GetAsync("/cases?stage=inProgress&limit=1")).GetProperty("items")[0].GetProperty("case").GetString()!["case/".Length..];
        string sensor = await city.SensorAsync();
        foreach (Look look in Sight.Looks)
        {
            await using Window window = await chromium.OpenAsync(city.Address, look);
            foreach (Sight sight in Sight.All(open, "460701", sensor))
            {
                await window.GoAsync(sight.Address);
                await window.SettledAsync();
                await window.Page.WaitForTimeoutAsync(400);
                await window.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{sight.Name}-{look.Name}.png") });
            }
        }
    }
}
