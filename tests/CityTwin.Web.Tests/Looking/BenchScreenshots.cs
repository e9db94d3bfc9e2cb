using CityTwin.Silo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

/// <summary>Pictures of the planner's bench, to be looked at. Not a test: run by hand, see docs/pages.md.</summary>
public sealed class BenchScreenshots(Chromium chromium)
{
    private const string Hue = "base: {city: hue, start: 2026-08-03, days: 70, warm_up_days: 28}\nrun: {replications: 12}\n";
    // Nine days of a city's life are played fast, so that there is something to start from and to calibrate with.
    private static readonly TimeSpan Life = TimeSpan.FromDays(9.1);

    [Fact(Explicit = true)]
    public async Task Of_every_page_of_the_bench_in_both_sizes_and_themes()
    {
        string folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable("CITYTWIN_SCREENSHOTS") ?? Path.Combine("artifacts", "screenshots")).FullName;
        await using ServedCity city = await ServedCity.AloneAsync(CityClock.Accelerated(ServedCity.Start, 7_200), feedPerMinute: 0);
        await using (Window waiting = await chromium.OpenAsync(city.Address))
        {
            while ((await city.GetAsync("/clock")).GetProperty("now").GetDateTimeOffset() < ServedCity.Start + Life)
            {
                await waiting.Page.WaitForTimeoutAsync(250);
            }
        }
        await city.RestartAsync(CityClock.Accelerated(ServedCity.Start + Life, 60), feedPerMinute: 0);
        await city.DoneAsync("name: A third of the officers away for two weeks\n" + Hue + "changes:\n  - absence: {offices: communes, share: 33%}\n    from: 2026-09-07\n    to: 2026-09-18\n", tornado: true);
        await city.DoneAsync("name: All communes share their desks\n" + Hue + "changes:\n  - pool: {offices: communes}\n");
        await city.DoneAsync("name: Simplify procedures\n" + Hue + "changes:\n  - simplify: {share: 30%, handling: 0.8}\n");
        await city.DoneAsync("name: Half as many cases again, and how many officers\nbase: {city: live, start: 2026-01-14, days: 42}\nrun: {replications: 12}\nchanges:\n  - demand: {factor: 1.5}\n  - officers: {offices: departments, skills: land, add: $officers}\nsweep: {officers: 0..24 step 6}\n");
        await city.CalibratedAsync();
        await city.StartAsync(Bench.Long);
        Sight[] sights =
        [
            new("bench", "/whatif"), new("scenario", "/whatif/new?run=1"), new("run", "/whatif/runs/1"), new("sweep", "/whatif/runs/4"), new("under-way", "/whatif/runs/6"),
            new("comparison", "/whatif/compare?runs=1,2,3"), new("calibration", "/whatif/calibration"),
        ];
        foreach (Look look in Sight.Looks)
        {
            await using Window window = await chromium.OpenAsync(city.Address, look with { Locale = "en-GB" });
            foreach (Sight sight in sights)
            {
                await window.Page.GotoAsync(sight.Address);
                await Expect(window.Page.Locator("main .page")).ToBeVisibleAsync();
                await window.SettledAsync();
                await window.Page.WaitForTimeoutAsync(600);
                await window.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, $"{sight.Name}-{look.Name}.png"), FullPage = look.Width > 1000 && sight.Name != "scenario" });
            }
        }
    }
}
