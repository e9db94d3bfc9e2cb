using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

public sealed class TrustTests(Chromium chromium)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task The_model_is_checked_and_says_office_by_office_how_far_to_trust_it(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width) with { Locale = "en-GB" });
        IPage page = window.Page;
        await window.GoAsync("/whatif/calibration");
        await Expect(page.GetByText("Never checked yet")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check again" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("a calibration needs 30");

        await city.WorkAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Check again" }).ClickAsync();
        await Expect(page.Locator(".verdict .lead")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(page.Locator(".verdict")).ToContainTextAsync("Learnt from");
        ILocator office = page.Locator("section", new() { Has = page.GetByRole(AriaRole.Heading, new() { Name = "Office by office" }) }).Locator("tbody tr");
        await Expect(office).ToHaveCountAsync(1);
        await Expect(office).ToContainTextAsync("Phu Xuan Ward");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "When cases come" })).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_check_that_goes_on_tells_what_it_does_how_far_it_is_and_how_long_it_takes(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width) with { Locale = "en-GB" });
        // As a server with a journal of years tells it; here a check is over in a moment.
        const string Run = """{"id":7,"kind":"calibration","name":"Check","status":"running","stage":"foretelling","createdAt":"2026-01-05T01:00:00Z","startedAt":"2026-01-05T01:00:00Z","kept":false,"base":"journal","done":400,"total":1000,"secondsLeft":30}""";
        await AnswerAsync("**/whatif/runs", $$"""{"items":[{{Run}}]}""");
        await AnswerAsync("**/whatif/calibration", $$"""{"pending":{{Run}}}""");
        await window.GoAsync("/whatif/calibration");
        await Expect(window.Page.GetByRole(AriaRole.Progressbar)).ToHaveAttributeAsync("aria-valuenow", "40");
        await Expect(window.Page.GetByText("foretelling the later part and comparing, 40%, about 30 s left")).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Stop", Exact = true })).ToBeVisibleAsync();

        Task AnswerAsync(string address, string body) => window.Page.RouteAsync(address, route =>
            route.Request.ResourceType == "fetch" ? route.FulfillAsync(new RouteFulfillOptions { ContentType = "application/json", Body = body }) : route.ContinueAsync());
    }
}
