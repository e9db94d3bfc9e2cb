using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

public sealed class TrustTests(Chromium chromium)
{
    [Fact]
    public async Task The_model_is_checked_and_says_office_by_office_how_far_to_trust_it()
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Usual with { Locale = "en-GB" });
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
}
