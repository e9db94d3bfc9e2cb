using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

public sealed partial class LifeOfAReportTests(Chromium chromium)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_report_is_filed_by_form_worked_on_at_its_desk_rated_and_the_board_changes_live(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await using Window board = await chromium.OpenAsync(city.Address, Look.Of(width));
        await board.GoAsync("/");
        await board.ShowsAsync("Hồ sơ đang mở", 0);

        await using Window clerk = await chromium.OpenAsync(city.Address, Look.Of(width));
        string number = await FileAsync(clerk);
        await board.ShowsAsync("Hồ sơ đang mở", 1);
        await board.ShowsAsync("Tiếp nhận hôm nay", 1);
        await Expect(board.Page.Locator(".events")).ToContainTextAsync("tiếp nhận");

        await clerk.Page.GetByRole(AriaRole.Link, new() { Name = "Mở hồ sơ" }).ClickAsync();
        await Expect(clerk.Page.GetByRole(AriaRole.Heading, new() { Name = "Đồng hồ hạn" })).ToBeVisibleAsync();
        await clerk.Page.GetByRole(AriaRole.Link, new() { NameRegex = DeskName() }).ClickAsync();
        await WorkAsync(clerk, number);
        await board.ShowsAsync("Hồ sơ đang mở", 0);
        await board.ShowsAsync("Trả kết quả hôm nay", 1);

        await clerk.GoAsync($"/cases/{number}");
        await DoAsync(clerk, "Trả kết quả");
        await clerk.Page.GetByRole(AriaRole.Button, new() { Name = "Đánh giá", Exact = true }).ClickAsync();
        await clerk.Page.GetByRole(AriaRole.Radio, new() { Name = "5" }).CheckAsync();
        await ConfirmAsync(clerk);
        await Expect(clerk.Page.Locator(".timeline")).ToContainTextAsync("5 trên 5");
        await Expect(clerk.Page.GetByText("Không còn việc gì cho hồ sơ này.")).ToBeVisibleAsync();
        Assert.Empty(board.Complaints);
        Assert.Empty(clerk.Complaints);
    }

    private static async Task<string> FileAsync(Window clerk)
    {
        IPage page = clerk.Page;
        await clerk.GoAsync("/intake");
        await page.GetByLabel("Nội dung phản ánh").FillAsync("Đèn đường tắt ba ngày nay ở đầu kiệt 12");

        // What the model reads while one types is taken over by a press.
        await page.GetByRole(AriaRole.Button, new() { Name = "Dùng gợi ý: Chiếu sáng công cộng" }).ClickAsync();
        await Expect(page.GetByLabel("Loại phản ánh")).ToHaveValueAsync("street-lighting");
        await page.GetByLabel("Xã, phường").SelectOptionAsync("commune/19753");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ghi nhận", Exact = true }).ClickAsync();
        string number = await page.Locator(".filed-number").InnerTextAsync();
        Assert.Equal(12, number.Length);
        return number;
    }

    // As an official does: choose who one is, take the next case by a key, resolve it by another.
    private static async Task WorkAsync(Window clerk, string number)
    {
        IPage page = clerk.Page;
        ILocator official = page.GetByLabel("Làm việc với tư cách");
        await official.SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await official.BlurAsync();
        await page.Keyboard.PressAsync("n");
        await Expect(page.GetByText(string.Create(CultureInfo.InvariantCulture, $"Đã nhận hồ sơ {number}."))).ToBeVisibleAsync();
        await Expect(page.Locator(".in-hand li.mine")).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("r");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Kết quả").FillAsync("Đã thay bóng đèn");
        await ConfirmAsync(clerk);
        await Expect(page.Locator(".in-hand li")).ToHaveCountAsync(0);

        // Nothing waits any more: that is told in plain words.
        await page.Keyboard.PressAsync("n");
        await Expect(page.GetByText("Không có hồ sơ nào đang chờ ở quầy.")).ToBeVisibleAsync();
        clerk.Complaints.RemoveAll(c => c.Contains("409", StringComparison.Ordinal));
    }

    private static async Task DoAsync(Window window, string action)
    {
        await window.Page.GetByRole(AriaRole.Button, new() { Name = action, Exact = true }).ClickAsync();
        await ConfirmAsync(window);
    }

    private static async Task ConfirmAsync(Window window)
    {
        await window.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Xác nhận" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Dialog)).ToHaveCountAsync(0);
    }

    [GeneratedRegex(@"^Quầy \d+$")]
    private static partial Regex DeskName();
}
