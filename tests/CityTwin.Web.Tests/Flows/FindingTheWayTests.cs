using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

public sealed class FindingTheWayTests(ServedCity city, Chromium chromium)
{
    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task The_language_changes_at_once_and_stays(int width)
    {
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/");
        await Expect(window.Page.Locator("h1")).ToHaveTextAsync("Thành phố Huế");
        await window.Page.GetByLabel("Ngôn ngữ").SelectOptionAsync("en");
        await Expect(window.Page.Locator("h1")).ToHaveTextAsync("Hue City");
        await Expect(window.Page.Locator(".tile-label").First).ToHaveTextAsync("Open cases");
        await window.Page.ReloadAsync();
        await Expect(window.Page.Locator("h1")).ToHaveTextAsync("Hue City");
        await Expect(window.Page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await window.Page.GetByLabel("Language").SelectOptionAsync("fr");
        await Expect(window.Page.Locator(".tile-label").First).ToHaveTextAsync("Dossiers ouverts");
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task The_map_is_walked_by_arrow_keys_and_opens_a_commune_and_its_desk(int width)
    {
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync("/");
        ILocator cell = window.Page.Locator(".map-box a[tabindex='0']");
        await cell.FocusAsync();
        await window.Page.Keyboard.PressAsync("ArrowRight");
        string commune = (await window.Page.Locator(".map-box a:focus").GetAttributeAsync("aria-label"))!;
        await Expect(window.Page.Locator(".tip")).ToContainTextAsync(commune);
        await window.Page.Keyboard.PressAsync("Enter");
        await Expect(window.Page.Locator("h1")).ToHaveTextAsync(commune);
        await window.Page.Locator("table.list a").First.ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Hàng chờ" })).ToBeVisibleAsync();
        await window.Page.GoBackAsync();
        await Expect(window.Page.Locator("h1")).ToHaveTextAsync(commune);
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task One_address_is_a_page_for_a_browser_and_JSON_for_a_program(int width)
    {
        (string number, _) = await city.FileAsync(citizen: "citizen/000000000079");
        Assert.Equal($"case/{number}", (await city.GetAsync($"/cases/{number}")).GetProperty("id").GetString());
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.GoAsync($"/cases/{number}");
        await Expect(window.Page.Locator(".page-head")).ToContainTextAsync(number);
        IResponse? document = await window.Page.GotoAsync("/openapi/v1.json");
        Assert.Contains("json", document!.Headers["content-type"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task An_unknown_case_and_an_unknown_page_are_told_in_plain_words(int width)
    {
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        await window.Page.GotoAsync("/cases/000000000001");
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Không tìm thấy.");
        await window.GoAsync("/nothing/here");
        await Expect(window.Page.Locator("h1")).ToHaveTextAsync("Không có trang này");
    }
}
