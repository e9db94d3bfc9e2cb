using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

public sealed class SensorPageTests(Chromium chromium)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Sensors_are_on_the_map_and_an_alert_is_raised_and_silenced_by_hand(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        string sensor = await city.SensorAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/sensors");
        await Expect(window.Page.Locator(".sensor-map .mark")).ToHaveCountAsync(4);
        await Expect(window.Page.Locator(".sensor-map .mark.alert").First).ToBeVisibleAsync();
        await Expect(window.Page.Locator("table.list tbody tr")).ToHaveCountAsync(4);
        ILocator box = window.Page.GetByRole(AriaRole.Combobox, new() { Name = "Điều kiện" });
        await box.FillAsync("kind==rain");
        await box.PressAsync("Enter");
        await Expect(window.Page.Locator("table.list tbody tr")).ToHaveCountAsync(1);

        await window.GoAsync($"/sensors/{sensor}");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Báo động" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Dialog).GetByLabel("Chuyện gì đang xảy ra").FillAsync("Nước tràn qua đường ở chân cầu");
        await window.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Báo động" }).ClickAsync();
        ILocator told = window.Page.Locator("section[aria-labelledby=alerts] .note.good");
        await Expect(told).ToContainTextAsync("hồ sơ");
        string number = await told.Locator("a").InnerTextAsync();
        Assert.Equal("flood-storm", (await city.GetAsync($"/cases/{number}")).GetProperty("service").GetString());

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Tạm im" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Dialog).GetByLabel("Lý do").FillAsync("Đang thử còi");
        await window.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Xác nhận" }).ClickAsync();
        await Expect(window.Page.Locator("section[aria-labelledby=alerts]")).ToContainTextAsync("Tạm im đến");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Bỏ tạm im" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Tạm im" })).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);
    }
}
