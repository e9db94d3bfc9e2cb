using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

public sealed class RuntimePageTests(Chromium chromium)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task The_runtime_shows_twins_by_kind_the_busiest_and_the_slowest_requests(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        (string number, _) = await city.FileAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/runtime");
        await Expect(window.Page.Locator("section[aria-labelledby=active]")).ToContainTextAsync("Quầy");
        await Expect(window.Page.Locator("section[aria-labelledby=busiest] tbody tr").First).ToBeVisibleAsync();
        await Expect(window.Page.Locator("section[aria-labelledby=slowest]")).ToContainTextAsync("file_dossier");
        await Expect(window.Page.Locator("section[aria-labelledby=slowest]")).ToContainTextAsync(number);
        await Expect(window.Page.Locator("section[aria-labelledby=stopped]")).ToContainTextAsync("Không có bản sao nào bị dừng.");
        await Expect(window.Page.Locator("section[aria-labelledby=journal]")).ToContainTextAsync("Cỡ nhật ký");
        Assert.Empty(window.Complaints);
    }
}
