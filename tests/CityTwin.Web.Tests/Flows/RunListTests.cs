using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

public sealed partial class RunListTests(Chromium chromium)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_run_shows_how_far_it_is_and_is_stopped(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width) with { Locale = "en-GB" });
        IPage page = window.Page;
        long run = await city.StartAsync(Bench.Long);
        await window.GoAsync($"/whatif/runs/{run}");
        await Expect(page.GetByRole(AriaRole.Progressbar)).ToBeVisibleAsync();
        await Expect(page.GetByText(ProgressWords()).First).ToBeVisibleAsync();
        long second = await city.StartAsync(Bench.More);
        await window.GoAsync("/whatif");
        await Expect(page.Locator(".runs tbody tr").First).ToContainTextAsync("after one other run");

        await page.Locator(".runs tbody tr").Nth(1).GetByRole(AriaRole.Button, new() { Name = "Stop" }).ClickAsync();
        await Expect(page.Locator(".runs tbody tr").Nth(1)).ToContainTextAsync("Stopped");
        // The next one in the queue runs to its end, and the list follows without being asked.
        await Expect(page.Locator(".runs tbody tr").First).ToContainTextAsync("points", new() { Timeout = 30_000 });
        Assert.Equal("done", await city.EndAsync(second));
        await window.GoAsync($"/whatif/runs/{run}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The run was stopped" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Change and run again" }).ClickAsync();
        await Expect(page.GetByLabel("Scenario, YAML")).ToHaveValueAsync(Bench.Long);
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task While_a_run_goes_on_its_intervals_so_far_and_the_way_to_the_wanted_precision_are_shown(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        long run = await city.StartAsync(Bench.Precise);
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width) with { Locale = "en-GB" });
        IPage page = window.Page;
        await window.GoAsync($"/whatif/runs/{run}");
        ILocator known = page.Locator("section[aria-labelledby=so-far]");
        // Runs step back behind everything else: on a busy machine they take their time.
        await Expect(known).ToContainTextAsync(PrecisionWords(), new() { Timeout = 120_000 });
        await Expect(known.Locator("tbody tr").First).ToContainTextAsync("Share on time");
        await Expect(known.GetByRole(AriaRole.Progressbar, new() { Name = "Precision" })).ToHaveAttributeAsync("aria-valuetext", PrecisionWords());
        // It comes by itself: what is told of the same run grows.
        string before = await known.Locator(".card-head .soft").InnerTextAsync();
        await Expect(known.Locator(".card-head .soft")).Not.ToHaveTextAsync(before, new() { Timeout = 120_000 });

        await page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "The run was stopped" })).ToBeVisibleAsync();
        await Expect(page.GetByText("What was known by then is all there is.")).ToBeVisibleAsync();
        await Expect(known.Locator("tbody tr").First).ToContainTextAsync("points");
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Two_runs_are_chosen_and_compared_and_one_of_another_seed_cannot_be(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await city.DoneAsync(Bench.Absent);
        await city.DoneAsync(Bench.More);
        await city.DoneAsync(Bench.More, seed: 4);
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width) with { Locale = "en-GB" });
        IPage page = window.Page;
        await window.GoAsync("/whatif");
        ILocator compare = page.GetByRole(AriaRole.Button, new() { Name = "Compare", Exact = true });
        await Expect(compare).ToBeDisabledAsync();
        await page.GetByLabel("Choose for comparison: Half of the officers away").CheckAsync();
        await Expect(page.GetByLabel("Choose for comparison: One officer more").First).ToBeDisabledAsync();
        await page.GetByLabel("Choose for comparison: One officer more").Nth(1).CheckAsync();
        await compare.ClickAsync();

        await Expect(page.Locator(".verdict .lead")).ToContainTextAsync("Share on time");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Each against each" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Backlog" })).ToBeVisibleAsync();
        await page.GetByLabel("Figure", new() { Exact = true }).SelectOptionAsync("utilisation");
        await Expect(page.Locator(".verdict .lead")).ToContainTextAsync("One officer more does best");
        IDownload csv = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download CSV" }).ClickAsync());
        string[] lines = await File.ReadAllLinesAsync(await csv.PathAsync(), TestContext.Current.CancellationToken);
        Assert.Contains(lines, l => l.StartsWith("on_time_share,%,2,One officer more,", StringComparison.Ordinal));
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove One officer more" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(OneRun());
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_run_is_named_kept_and_deleted(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        long run = await city.DoneAsync(Bench.More);
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width) with { Locale = "en-GB" });
        IPage page = window.Page;
        await window.GoAsync($"/whatif/runs/{run}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Name").FillAsync("For the budget");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("h1")).ToContainTextAsync("For the budget");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Kept; press to let go" })).ToHaveAttributeAsync("aria-pressed", "true");
        Assert.True((await city.GetAsync($"/whatif/runs/{run}")).GetProperty("kept").GetBoolean());

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page.GetByText("No runs yet")).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);
        await page.GotoAsync($"/whatif/runs/{run}");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("There is no such run; it may have been deleted.");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_run_from_the_live_city_is_changed_and_run_again_from_the_same_moment(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await city.FileAsync();
        await city.DoneAsync("name: From the live city\nbase: {city: live, start: 2026-01-05, days: 14, assume: {dossiers_per_day: 60}}\nrun: {replications: 4}\nchanges:\n  - demand: {factor: 1.5}\n");
        await city.AdvanceAsync(ServedCity.Start.AddHours(2));
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width) with { Locale = "en-GB" });
        IPage page = window.Page;
        await window.GoAsync("/whatif/runs/1");
        await Expect(page.Locator(".page")).ToContainTextAsync("with 1 open cases");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change and run again" }).ClickAsync();
        await page.GetByRole(AriaRole.Spinbutton, new() { Name = "Factor" }).FillAsync("2");
        await Expect(page.GetByLabel("As the run before")).ToBeCheckedAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();
        await Expect(page.Locator(".verdict .lead")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await window.GoAsync("/whatif/compare?runs=1,2");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Each against each" })).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);
    }

    [GeneratedRegex(@"\d+ of 1,000 simulations|reading the city|^simulating")]
    private static partial Regex ProgressWords();

    [GeneratedRegex(@"On time is known to ±[\d.]+ points; ±0.01 is wanted")]
    private static partial Regex PrecisionWords();

    [GeneratedRegex(@"runs=1$")]
    private static partial Regex OneRun();
}
