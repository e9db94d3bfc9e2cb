using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

public sealed class OfficeTests(Chromium chromium)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_commune_shows_what_is_expected_with_its_intervals_and_how_earlier_forecasts_did(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await city.LiveDaysAsync(0, 10);
        await city.LiveDaysAsync(10, 8);
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/communes/19753");
        ILocator card = window.Page.Locator("section[aria-labelledby=forecast]");
        await Expect(card.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("Tồn đọng cuối ngày: kỳ vọng .* khoảng 80% từ"));
        await Expect(card).ToContainTextAsync("từ 18 ngày");
        await Expect(card).ToContainTextAsync("Mới dựa trên ít hơn sáu tuần");
        await Expect(card.Locator("table")).ToContainTextAsync("Trong 80%");
        await Expect(card.Locator("tbody tr")).ToHaveCountAsync(1);
        await card.GetByLabel("Chỉ tiêu").SelectOptionAsync("arrivals");
        await Expect(card.GetByRole(AriaRole.Img)).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("Hồ sơ đến mỗi ngày"));
        await card.GetByLabel("Cách dự báo").SelectOptionAsync("structural");
        await Expect(card).ToContainTextAsync("Mô phỏng từ trạng thái hiện tại, 24 lần chạy");

        // The services and desks that the whole is made of; those that have most to come stand first.
        ILocator parts = window.Page.Locator("section[aria-labelledby=parts]");
        await Expect(parts.Locator("tbody tr").First).ToContainTextAsync("Đăng ký kết hôn");
        Assert.Matches(@"\d+(,\d)? *\d+(,\d)?–\d+(,\d)?", await parts.Locator("tbody tr").First.Locator("td").Nth(2).InnerTextAsync());
        await parts.GetByRole(AriaRole.Button, new() { Name = "Quầy", Exact = true }).ClickAsync();
        await Expect(parts.Locator("tbody tr a").First).ToHaveAttributeAsync("href", new System.Text.RegularExpressions.Regex("^/desks/19753"));
        await Expect(parts).ToContainTextAsync("Không ở quầy nào");

        ILocator officials = window.Page.Locator("section[aria-labelledby=officials]");
        await Expect(officials.Locator("tbody tr").First).ToContainTextAsync("Cán bộ số");
        await Expect(window.Page.Locator("section[aria-labelledby=indicators]")).ToContainTextAsync("54 trên 54");
        await Expect(window.Page.Locator("section[aria-labelledby=sensors]")).ToContainTextAsync("Không có cảm biến ở đây");

        await window.GoAsync("/?measure=forecast");
        await Expect(window.Page.Locator(".map-ask")).ToContainTextAsync("Dự báo lập");
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task What_waits_for_its_citizen_is_not_due_next(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        (string waiting, string desk) = await city.FileAsync();
        (string due, _) = await city.FileAsync(citizen: "citizen/000000000078");
        string official = (await city.GetAsync($"/desks/{desk}")).GetProperty("officials")[0].GetString()!;
        await city.PostAsync($"/desks/{desk}/start", new { official, @case = $"case/{waiting}" });
        await city.PostAsync($"/cases/{waiting}/ask", new { official, question = "Xin bổ sung giấy tờ." });
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/communes/19753");
        ILocator next = window.Page.Locator("section[aria-labelledby=next]");
        await Expect(next.Locator($"a[href*='{due}']")).ToHaveCountAsync(1);
        await Expect(next.Locator($"a[href*='{waiting}']")).ToHaveCountAsync(0);
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_young_city_says_how_many_days_a_forecast_needs(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/departments/4607");
        await Expect(window.Page.Locator("section[aria-labelledby=forecast]")).ToContainTextAsync("cần ít nhất tám ngày trọn vẹn");
        await window.GoAsync("/?measure=forecast");
        await Expect(window.Page.Locator(".map-ask")).ToContainTextAsync("Chưa có dự báo");
        Assert.Empty(window.Complaints);
    }
}
