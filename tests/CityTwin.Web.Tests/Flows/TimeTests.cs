using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

public sealed class TimeTests(Chromium chromium)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task The_board_is_dragged_to_a_past_moment_shared_by_its_address_and_brought_back(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await city.FileAsync();
        await city.AdvanceAsync(ServedCity.Start.AddHours(6));
        await city.FileAsync(citizen: "citizen/000000000078");
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/");
        await window.ShowsAsync("Hồ sơ đang mở", 2);

        ILocator slider = window.Page.GetByRole(AriaRole.Slider);
        // The bar begins at the city's founding, once that has been read.
        await Expect(slider).ToHaveAttributeAsync("min", ServedCity.Start.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        await slider.FocusAsync();
        await slider.PressAsync("Home");
        await slider.PressAsync("PageUp");
        await window.ShowsAsync("Hồ sơ đang mở", 1);
        Assert.Contains("at=", window.Page.Url, StringComparison.Ordinal);
        await Expect(window.Page.Locator(".time-bar")).ToContainTextAsync("Đang xem quá khứ");

        await using Window other = await chromium.OpenAsync(city.Address, Look.OtherThan(width));
        await other.GoAsync(new Uri(window.Page.Url).PathAndQuery);
        await other.ShowsAsync("Hồ sơ đang mở", 1);

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Về hiện tại" }).ClickAsync();
        await window.ShowsAsync("Hồ sơ đang mở", 2);
        Assert.DoesNotContain("at=", window.Page.Url, StringComparison.Ordinal);
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task When_the_city_goes_away_the_board_says_how_old_it_is(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await city.FileAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/");
        await window.ShowsAsync("Hồ sơ đang mở", 1);
        await Expect(window.Page.Locator(".heart.live")).ToHaveCountAsync(1);

        await city.StopAsync();

        await Expect(window.Page.Locator(".banner")).ToContainTextAsync("Mất kết nối");
        await window.ShowsAsync("Hồ sơ đang mở", 1);
    }
}
