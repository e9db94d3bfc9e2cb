using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

public sealed class CasePageTests(Chromium chromium)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_mistaken_move_is_taken_back_and_what_cannot_be_is_said(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        (string number, string desk) = await city.FileAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync($"/cases/{number}");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Chuyển nơi xử lý" }).ClickAsync();
        ILocator dialog = window.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Cơ quan tiếp nhận").SelectOptionAsync("commune/19774");
        await dialog.GetByLabel("Lý do").FillAsync("Nhầm phường");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Xác nhận" }).ClickAsync();
        await Expect(window.Page.GetByText("Có thể đưa hồ sơ trở lại nơi cũ.")).ToBeVisibleAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Hoàn tác" }).ClickAsync();
        await Expect(window.Page.GetByText("Đã hoàn tác")).ToBeVisibleAsync();
        Assert.Equal($"desk/{desk}", (await city.GetAsync($"/cases/{number}")).GetProperty("desk").GetString());

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Rút hồ sơ" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Xác nhận" }).ClickAsync();
        await Expect(window.Page.GetByText("Không hoàn tác được.")).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_report_shows_what_the_model_read_and_why_and_what_was_said(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        string id = (await city.PostAsync("/cases", new { kind = "feedback", commune = "commune/19753", channel = "app", description = "Đèn đường tắt ba ngày nay ở đầu kiệt 12" })).GetProperty("case").GetProperty("id").GetString()!;
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync($"/cases/{id["case/".Length..]}");
        ILocator prediction = window.Page.Locator("section[aria-labelledby=prediction]");
        await Expect(prediction).ToContainTextAsync("Đọc là Chiếu sáng công cộng");
        await Expect(prediction.Locator("mark").First).ToBeVisibleAsync();
        await Expect(window.Page.Locator(".messages")).ToContainTextAsync("Đèn đường tắt ba ngày nay");
        await prediction.GetByLabel("Đổi loại phản ánh…").SelectOptionAsync("trees-parks");
        await prediction.GetByRole(AriaRole.Button, new() { Name = "Đổi" }).ClickAsync();
        await Expect(prediction).ToContainTextAsync("nay là Cây xanh");
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Documents_that_were_given_before_are_marked_as_reused(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        (string first, string desk) = await city.FileAsync();
        string official = (await city.GetAsync($"/desks/{desk}")).GetProperty("officials")[0].GetString()!;
        await city.PostAsync($"/desks/{desk}/start", new { official, @case = $"case/{first}" });
        await city.PostAsync($"/cases/{first}/resolve", new { official });
        string again = (await city.PostAsync("/cases", new { kind = "dossier", service = "1.000894", commune = "commune/19753", citizen = "citizen/000000000077", channel = "counter" })).GetProperty("case").GetProperty("id").GetString()!;
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync($"/cases/{again["case/".Length..]}");
        await Expect(window.Page.Locator("section[aria-labelledby=documents]")).ToContainTextAsync("dùng lại từ kho");
        Assert.Empty(window.Complaints);
    }
}
