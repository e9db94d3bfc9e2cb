using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

public sealed class BenchAccessibilityTests(Chromium chromium)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task No_page_of_the_bench_has_barriers_or_sideways_scrolling(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await using Window window = await chromium.OpenAsync(city.Address, width == 390 ? Look.Phone : Look.Usual);
        var found = new List<string>();
        await LookAsync("empty bench", "/whatif");
        await LookAsync("no calibration", "/whatif/calibration");
        await city.DoneAsync(Bench.Absent);
        await city.DoneAsync(Bench.More);
        await city.DoneAsync(Bench.Swept, tornado: true);
        await city.WorkAsync();
        await city.CalibratedAsync();
        await LookAsync("bench", "/whatif");
        await LookAsync("builder", "/whatif/new?from=hcmc-tet-surge");
        await LookAsync("run", "/whatif/runs/1");
        await LookAsync("sweep", "/whatif/runs/3");
        await LookAsync("comparison", "/whatif/compare?runs=1,2");
        await LookAsync("calibration", "/whatif/calibration");
        Assert.Empty(window.Complaints);

        // What is refused is told on the page; the browser's console tells it too.
        await LookAsync("no such run", "/whatif/runs/99");
        await window.GoAsync("/whatif/new?run=1");
        if (width == 390)
        {
            await window.Page.Locator(".tabs.narrow button").Nth(1).ClickAsync();
        }
        await window.Page.Locator(".code-area").FillAsync("name: Wrong\n" + Bench.Base + "changes:\n  - officers: {offices: Nowhere, add: 1}\n");
        await Expect(window.Page.Locator(".mistakes li")).ToHaveCountAsync(1);
        found.AddRange(await AccessibilityTests.BarriersAsync(window, "mistakes"));
        await city.StartAsync(Bench.Long);
        await LookAsync("under way", "/whatif/runs/5");
        Assert.True(found.Count == 0, string.Join('\n', found));

        async Task LookAsync(string name, string address)
        {
            await window.Page.GotoAsync(address);
            await Expect(window.Page.Locator("main .page")).ToBeVisibleAsync();
            await window.SettledAsync();
            foreach (ColorScheme scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await window.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                found.AddRange(await AccessibilityTests.BarriersAsync(window, $"{name}, {scheme}"));
            }
        }
    }
}
