using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

public sealed partial class PlanningTests(ServedCity city, Chromium chromium)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_what_if_is_built_by_form_run_and_its_interval_read_in_words(int width)
    {
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width) with { Locale = "en-GB" });
        IPage page = window.Page;
        await window.GoAsync("/whatif");
        await page.Locator(".page-head").GetByRole(AriaRole.Link, new() { Name = "New scenario" }).ClickAsync();
        await page.GetByLabel("City", new() { Exact = true }).SelectOptionAsync("hue");
        await page.GetByLabel("Days", new() { Exact = true }).FillAsync("20");
        await page.GetByLabel("Warm-up days, not counted").FillAsync("5");
        await page.GetByText("Assumptions", new() { Exact = true }).ClickAsync();
        await page.GetByLabel("Dossiers per working day").FillAsync("60");
        await page.GetByLabel("Replications, in pairs").FillAsync("6");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a change" }).ClickAsync();
        await page.GetByLabel("Lever").SelectOptionAsync("absence");
        await page.GetByLabel("Share", new() { Exact = true }).FillAsync("60");
        await Expect(page.Locator(".run-bar")).ToContainTextAsync("2 variants side by side, 20 days");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();

        await page.WaitForURLAsync(RunAddress(), new() { Timeout = 120_000 });
        ILocator lead = page.Locator(".verdict .lead");
        await Expect(lead).ToContainTextAsync("95% interval", new() { Timeout = 60_000 });
        JsonElement figure = (await city.GetAsync(new Uri(page.Url).AbsolutePath)).GetProperty("figures")[0];
        double difference = figure.GetProperty("difference").GetProperty("estimate").GetDouble();
        Assert.True(difference < 0, "with six of ten officers away less is on time");
        await Expect(lead).ToContainTextAsync(string.Create(CultureInfo.InvariantCulture, $"Share on time falls by {-difference:0.0}"));
        foreach (string heading in new[] { "Paired differences", "Backlog", "On time by commune", "Waits for an officer", "Officers’ time", "Office by office" })
        {
            await Expect(page.GetByRole(AriaRole.Heading, new() { Name = heading })).ToBeVisibleAsync();
        }
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Values_that_are_tried_are_drawn_along_a_curve_and_sensitivities_as_bars(int width)
    {
        long run = await city.DoneAsync(Bench.Swept, tornado: true);
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width) with { Locale = "en-GB" });
        IPage page = window.Page;
        await window.GoAsync($"/whatif/runs/{run}");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Along officers" })).ToBeVisibleAsync();
        ILocator curve = page.Locator("section", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "Along officers" }) });
        await Expect(curve.Locator("tbody tr")).ToHaveCountAsync(3);
        await Expect(curve.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("aria-label", CurveWords());
        await curve.GetByLabel("Figure", new() { Exact = true }).SelectOptionAsync("queue_wait");
        await Expect(curve.Locator(".note")).ToContainTextAsync("hours");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "What the answer hangs on" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Days saved a year" })).ToBeVisibleAsync();
        await page.GetByLabel("Show variant").SelectOptionAsync("1");
        Assert.Contains("variant=1", page.Url, StringComparison.Ordinal);
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task The_best_of_several_values_is_asked_for_by_form_and_plans_are_ranked(int width)
    {
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width) with { Locale = "en-GB" });
        IPage page = window.Page;
        await window.GoAsync($"/whatif/new?run={await city.DoneAsync(Bench.More)}");
        ILocator best = page.GetByLabel("Choose the best of the values tried");
        await Expect(best).ToBeDisabledAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Try several: Add" }).ClickAsync();
        await best.CheckAsync();
        await page.GetByLabel("Not to matter below points").FillAsync("5");
        await Expect(page.Locator(".run-bar")).ToContainTextAsync("5 variants side by side");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true }).ClickAsync();

        ILocator ranking = page.Locator("section[aria-labelledby=ranking]");
        await Expect(ranking.Locator("tbody tr")).ToHaveCountAsync(4, new() { Timeout = 60_000 });
        await Expect(ranking).ToContainTextAsync("The choice is right with a probability of 95%");
        await Expect(ranking.GetByText("chosen", new() { Exact = true })).ToHaveCountAsync(1);
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_run_is_shared_by_its_address_and_taken_away_as_CSV_and_HTML(int width)
    {
        long run = await city.DoneAsync(Bench.Absent);
        await using Window sender = await chromium.OpenAsync(city.Address, Look.Of(width) with { Locale = "en-GB" });
        await sender.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await sender.GoAsync($"/whatif/runs/{run}");
        string said = await sender.Page.Locator(".verdict .lead").InnerTextAsync();
        await sender.Page.GetByRole(AriaRole.Button, new() { Name = "Copy link" }).ClickAsync();
        await Expect(sender.Page.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        string address = await sender.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()");

        await using Window receiver = await chromium.OpenAsync(city.Address, Look.OtherThan(width) with { Locale = "en-GB" });
        await receiver.GoAsync(address);
        await Expect(receiver.Page.Locator(".verdict .lead")).ToHaveTextAsync(said);

        IDownload csv = await sender.Page.RunAndWaitForDownloadAsync(() => sender.Page.GetByRole(AriaRole.Link, new() { Name = "Download CSV" }).ClickAsync());
        Assert.StartsWith("variant,metric,unit,replication,value", await File.ReadAllTextAsync(await csv.PathAsync(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        IPage report = await sender.Page.Context.RunAndWaitForPageAsync(() => sender.Page.GetByRole(AriaRole.Link, new() { Name = "HTML report" }).ClickAsync());
        await Expect(report.GetByRole(AriaRole.Heading, new() { Name = "Half of the officers away", Exact = true })).ToBeVisibleAsync();
        Assert.Empty(sender.Complaints);
        Assert.Empty(receiver.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_commune_on_the_result_map_is_reached_by_keys_and_told_in_words(int width)
    {
        long run = await city.DoneAsync(Bench.Absent);
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width) with { Locale = "en-GB" });
        await window.GoAsync($"/whatif/runs/{run}");
        await window.Page.Locator(".result-map g[tabindex='0']").FocusAsync();
        await window.Page.Keyboard.PressAsync("ArrowDown");
        await Expect(window.Page.Locator(".result-map g:focus")).ToHaveAttributeAsync("aria-label", CommuneWords());
        await Expect(window.Page.Locator(".result-map .tip")).ToBeVisibleAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Without", Exact = true }).ClickAsync();
        await Expect(window.Page.Locator(".result-map .legend")).ToContainTextAsync("below 50%");
        Assert.Empty(window.Complaints);
    }

    [GeneratedRegex(@"/whatif/runs/\d+$")]
    private static partial Regex RunAddress();

    [GeneratedRegex(@"^Share on time by value: 0: .* 1: .* 2: ")]
    private static partial Regex CurveWords();

    [GeneratedRegex(@"Without: .*With the changes: .*Difference: .*points")]
    private static partial Regex CommuneWords();
}
