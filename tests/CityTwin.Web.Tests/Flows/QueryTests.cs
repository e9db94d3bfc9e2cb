using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

public sealed partial class QueryTests(Chromium chromium)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_condition_is_completed_by_keyboard_asked_and_shared_by_its_address(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        (string number, _) = await city.FileAsync();
        await city.FileAsync("commune/19774", "citizen/000000000078");
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/cases");
        await Expect(window.Page.Locator("table.list tbody tr")).ToHaveCountAsync(2);
        ILocator box = window.Page.GetByRole(AriaRole.Combobox, new() { Name = "Điều kiện" });

        // The attribute by its beginning, the operator, and the commune by its name without diacritics: a key for each.
        await box.PressSequentiallyAsync("comm");
        await Expect(window.Page.Locator(".query-list li").First).ToContainTextAsync("commune");
        await box.PressAsync("ArrowDown");
        await box.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync("commune");
        await box.PressSequentiallyAsync("==");
        await box.PressSequentiallyAsync("phu xuan");
        await Expect(window.Page.Locator(".query-list li").First).ToContainTextAsync("Phú Xuân");
        await box.PressAsync("ArrowDown");
        await box.PressAsync("Enter");
        await Expect(box).ToHaveValueAsync("commune==commune/19753");
        await box.PressAsync("Escape");
        await box.PressAsync("Enter");
        await Expect(window.Page.Locator("table.list tbody tr")).ToHaveCountAsync(1);
        await Expect(window.Page.Locator("table.list")).ToContainTextAsync(number);

        await using Window other = await chromium.OpenAsync(city.Address);
        await other.GoAsync(new Uri(window.Page.Url).PathAndQuery);
        await Expect(other.Page.Locator("table.list tbody tr")).ToHaveCountAsync(1);
        Assert.Empty(window.Complaints);
        Assert.Empty(other.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_mistake_is_shown_at_its_character_and_mended_by_a_press(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await city.FileAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/query?type=case&q=" + Uri.EscapeDataString("open==true;stage==queud"));
        await Expect(window.Page.Locator(".query-wrong mark")).ToHaveTextAsync("queud");
        await Expect(window.Page.GetByRole(AriaRole.Combobox, new() { Name = "Điều kiện" })).ToHaveAttributeAsync("aria-invalid", "true");
        window.Complaints.Clear();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sửa thành queued" }).ClickAsync();
        await Expect(window.Page.Locator("table.list tbody tr")).ToHaveCountAsync(1);
        Assert.EndsWith("stage%3D%3Dqueued", window.Page.Url, StringComparison.Ordinal);
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData("vi-VN", 1440, "“queud” không phải giá trị của “stage”; cần received")]
    [InlineData("fr-FR", 390, "« queud » n’est pas une valeur de « stage » ; attendu : received")]
    public async Task Mistakes_are_told_in_the_readers_language(string locale, int width, string first)
    {
        string[] wrong =
        [
            "stage==queud", "colour==red", "open==true;", "deadline<now + 4 parsecs", "deadline<now + 4", "open>true", "age>1..2", "description~=", "description==\"x", "service==\"x", "(open==true",
        ];
        await using ServedCity city = await ServedCity.AloneAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width) with { Locale = locale });
        for (int i = 0; i < wrong.Length; i++)
        {
            await window.GoAsync("/query?type=case&q=" + Uri.EscapeDataString(wrong[i]));
            string told = await window.Page.Locator(".query-wrong p").First.InnerTextAsync();
            Assert.True(i > 0 || told.Contains(first, StringComparison.Ordinal), told);
            Assert.False(English().IsMatch(told), $"{wrong[i]}: {told}");
        }
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_mistake_is_told_while_one_types_before_anything_is_asked(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/cases");
        await window.Page.GetByRole(AriaRole.Combobox, new() { Name = "Điều kiện" }).PressSequentiallyAsync("urgency>=hihg");
        await Expect(window.Page.Locator(".query-wrong mark")).ToHaveTextAsync("hihg");
        Assert.EndsWith("/cases", window.Page.Url, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_query_is_kept_under_a_name_and_asked_again(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/cases?q=overdue%3D%3Dtrue");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Lưu" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Dialog).GetByLabel("Tên").FillAsync("Quá hạn sáng nay");
        await window.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Lưu" }).ClickAsync();
        await window.GoAsync("/query");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Câu hỏi đã lưu" }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Quá hạn sáng nay" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Combobox, new() { Name = "Điều kiện" })).ToHaveValueAsync("overdue==true");
        Assert.EndsWith("/cases?q=overdue%3D%3Dtrue", window.Page.Url, StringComparison.Ordinal);
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task What_comes_to_fit_a_followed_condition_appears_by_itself(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/cases?q=" + Uri.EscapeDataString("stage==queued"));
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Theo dõi" }).ClickAsync();
        await Expect(window.Page.GetByText("Chưa có gì thay đổi.")).ToBeVisibleAsync();
        (string number, _) = await city.FileAsync();
        await Expect(window.Page.Locator(".follow-list li").First).ToContainTextAsync("mới khớp");
        await Expect(window.Page.Locator(".follow-list")).ToContainTextAsync(number);
        await Expect(window.Page.Locator("table.list")).ToContainTextAsync(number);
        await city.PostAsync($"/cases/{number}/withdraw", new { });
        await Expect(window.Page.Locator(".follow-list li").First).ToContainTextAsync("không còn khớp");
        Assert.Contains("follow=true", window.Page.Url, StringComparison.Ordinal);
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_desks_queue_is_asked_and_what_comes_to_fit_appears_by_itself(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        (string one, string desk) = await city.FileAsync();
        (string two, _) = await city.FileAsync(citizen: "citizen/000000000078");
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync($"/desks/{desk}");
        ILocator queue = window.Page.Locator("section[aria-labelledby=queue]");
        await Expect(queue.Locator("tbody tr")).ToHaveCountAsync(2);
        ILocator box = window.Page.GetByRole(AriaRole.Combobox, new() { Name = "Điều kiện" });
        await box.FillAsync("citizen==citizen/000000000078");
        await box.PressAsync("Enter");
        await Expect(queue.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(queue).ToContainTextAsync(two);
        await Expect(queue).ToContainTextAsync("1 trên 2 khớp");
        Assert.Contains("q=citizen", window.Page.Url, StringComparison.Ordinal);
        (string three, _) = await city.FileAsync(citizen: "citizen/000000000078");
        await Expect(queue).ToContainTextAsync(three);
        await Expect(queue).Not.ToContainTextAsync(one);

        // The keyboard works on what is shown, and an unfinished condition hides nothing.
        await window.Page.ReloadAsync();
        await Expect(queue.Locator("tbody tr")).ToHaveCountAsync(2);
        Assert.Empty(window.Complaints);
        await box.FillAsync("citizen==");
        await box.PressAsync("Enter");
        await Expect(window.Page.Locator(".query-wrong")).ToBeVisibleAsync();
        await Expect(queue.Locator("tbody tr")).ToHaveCountAsync(3);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Lists_of_an_office_and_of_the_board_are_asked_within_their_cards_and_shared_by_address(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        (string one, string desk) = await city.FileAsync();
        (string two, _) = await city.FileAsync(citizen: "citizen/000000000078");
        await city.FileAsync("commune/19774", "citizen/000000000079");
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/communes/19753");
        ILocator desks = window.Page.Locator("section[aria-labelledby=desks]");
        await AskAsync(desks, "Lọc: Quầy và cán bộ", "queued>0");
        await Expect(desks.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(desks.Locator("tbody a")).ToHaveAttributeAsync("href", $"/desks/{desk}");
        ILocator due = window.Page.Locator("section[aria-labelledby=next]");
        await AskAsync(due, "Lọc: Đến hạn sớm nhất", "citizen==citizen/000000000078");
        await Expect(due.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(due).ToContainTextAsync(two);
        await Expect(due).Not.ToContainTextAsync(one);
        ILocator officials = window.Page.Locator("section[aria-labelledby=officials]");
        await AskAsync(officials, "Lọc: Cán bộ", "handled>0");
        await Expect(officials).ToContainTextAsync("Không có gì khớp điều kiện");

        await window.GoAsync("/");
        ILocator worst = window.Page.Locator(".worst");
        await Expect(worst.Locator("tbody tr")).ToHaveCountAsync(2);
        await AskAsync(worst, "Lọc: Cơ quan", "filed==1");
        await Expect(worst.Locator("tbody tr")).ToHaveCountAsync(1);
        await using Window other = await chromium.OpenAsync(city.Address, Look.OtherThan(width));
        await other.GoAsync(new Uri(window.Page.Url).PathAndQuery);
        await Expect(other.Page.Locator(".worst tbody tr")).ToHaveCountAsync(1);
        await worst.GetByRole(AriaRole.Button, new() { Name = "Quầy", Exact = true }).ClickAsync();
        await AskAsync(worst, "Lọc: Quầy", "queued>100");
        await Expect(worst).ToContainTextAsync("Không có gì khớp điều kiện");

        await city.SensorAsync();
        await window.GoAsync("/communes/19753");
        ILocator sensors = window.Page.Locator("section[aria-labelledby=sensors]");
        await Expect(sensors.Locator("tbody tr")).ToHaveCountAsync(2);
        await AskAsync(sensors, "Lọc: Cảm biến", "kind==noise");
        await Expect(sensors.Locator("tbody tr")).ToHaveCountAsync(1);
        await Expect(sensors).ToContainTextAsync("NG03");
        Assert.Empty(window.Complaints);
        Assert.Empty(other.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Every_attribute_is_told_in_the_readers_language(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        var types = (await city.GetAsync("/queries/schema")).GetProperty("types");
        foreach (string locale in new[] { "vi-VN", "fr-FR" })
        {
            await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width) with { Locale = locale });
            foreach (var type in types.EnumerateArray())
            {
                string[] english = [.. type.GetProperty("attributes").EnumerateArray().Select(a => a.GetProperty("description").GetString()!)];
                await window.GoAsync($"/query?type={type.GetProperty("type").GetString()}");
                ILocator means = window.Page.Locator("section[aria-labelledby=reference] tbody tr td:nth-child(2)");
                await Expect(means).ToHaveCountAsync(english.Length);
                Assert.Empty(english.Intersect(await means.AllInnerTextsAsync()));
            }
        }
    }

    private static async Task AskAsync(ILocator card, string label, string condition)
    {
        await card.GetByRole(AriaRole.Button, new() { Name = label }).ClickAsync();
        ILocator box = card.GetByRole(AriaRole.Combobox, new() { Name = label });
        await Expect(box).ToBeFocusedAsync();
        await box.FillAsync(condition);
        await box.PressAsync("Enter");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task The_map_is_coloured_by_a_condition(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await city.FileAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/");
        await window.Page.GetByLabel("Tô màu theo").SelectOptionAsync("matching");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "overdue==true", Exact = true }).ClickAsync();
        await Expect(window.Page.Locator(".map-ask")).ToContainTextAsync("0 hồ sơ khớp");
        ILocator box = window.Page.GetByRole(AriaRole.Combobox, new() { Name = "Điều kiện" });
        await box.FillAsync("open==true");
        await box.PressAsync("Enter");
        await Expect(window.Page.Locator(".map-ask")).ToContainTextAsync("1 hồ sơ khớp");
        Assert.Contains("q=open%3D%3Dtrue", window.Page.Url, StringComparison.Ordinal);
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Any_kind_of_twin_is_asked_for_in_groups_and_figures(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await city.FileAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/query");
        await window.Page.GetByLabel("Hỏi về").SelectOptionAsync("commune");
        await Expect(window.Page.Locator("section:not([aria-labelledby=reference]) > .table-scroll tbody tr")).ToHaveCountAsync(40);
        await window.GoAsync("/query?type=case&q=open%3D%3Dtrue&groupBy=office&aggregate=count");
        await Expect(window.Page.Locator("table.list tbody tr")).ToHaveCountAsync(1);
        await Expect(window.Page.Locator("table.list")).ToContainTextAsync("Phú Xuân");
        Assert.Empty(window.Complaints);
    }

    [GeneratedRegex(@"\b(is|has|the|expected|cannot|than|there|of)\b")]
    private static partial Regex English();
}
