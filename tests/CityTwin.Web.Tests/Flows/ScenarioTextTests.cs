using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

public sealed partial class ScenarioTextTests(ServedCity city, Chromium chromium)
{
    private const string Text = "# why: the mayor asked\nname: Two clerks more\n" + Bench.Base + "changes:\n  - officers: {offices: [Phú Xuân, Thuận Hóa], skills: land, add: 2} # both wards\n";

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task The_form_changes_the_text_and_the_text_the_form_and_comments_stay(int width)
    {
        await using Window window = await OpenAsync(width);
        IPage page = window.Page;
        ILocator text = page.GetByLabel("Scenario, YAML");
        await text.FillAsync(Text);
        await TurnAsync(window, 0);
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Two clerks more");
        await Expect(page.Locator(".names .chip").First).ToContainTextAsync("Phu Xuan Ward");
        await Expect(page.GetByLabel("Add", new() { Exact = true })).ToHaveValueAsync("2");

        await page.GetByLabel("Add", new() { Exact = true }).FillAsync("3");
        await Expect(text).ToHaveValueAsync(Added());
        await page.GetByLabel("For a period only").CheckAsync();
        await Expect(text).ToHaveValueAsync(Period());
        await page.GetByRole(AriaRole.Button, new() { Name = "Try several: Add" }).ClickAsync();
        await Expect(text).ToHaveValueAsync(Swept());
        await Expect(page.Locator(".run-bar")).ToContainTextAsync("5 variants side by side");
        await page.GetByRole(AriaRole.Button, new() { Name = "One value: Add" }).ClickAsync();
        Assert.DoesNotContain("sweep", await text.InputValueAsync(), StringComparison.Ordinal);
        await page.GetByLabel("Stop when precise enough").CheckAsync();
        Assert.Contains("precision: 0.005", await text.InputValueAsync(), StringComparison.Ordinal);
        Assert.Contains("# why: the mayor asked", await text.InputValueAsync(), StringComparison.Ordinal);
        Assert.Contains("# both wards", await text.InputValueAsync(), StringComparison.Ordinal);
        await Expect(page.Locator(".code-state")).ToHaveTextAsync("No mistakes");
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_mistake_is_shown_with_line_and_column_at_its_place_in_text_and_form(int width)
    {
        await using Window window = await OpenAsync(width);
        IPage page = window.Page;
        ILocator text = page.GetByLabel("Scenario, YAML");
        await text.FillAsync(Text.Replace("Thuận Hóa", "Thuan Hoaa", StringComparison.Ordinal));
        ILocator mistake = page.Locator(".mistakes li");
        await Expect(mistake).ToHaveTextAsync(MistakeWords());
        await Expect(page.Locator(".gutter .wrong-line")).ToHaveTextAsync("6");
        await Expect(page.Locator(".change .wrong")).ToContainTextAsync("no office 'Thuan Hoaa'");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true })).ToBeDisabledAsync();
        await mistake.GetByRole(AriaRole.Button).ClickAsync();
        Assert.Equal("Thuan", await page.EvaluateAsync<string>("() => { const a = document.activeElement; return a.value.slice(a.selectionStart, a.selectionEnd); }"));

        await text.FillAsync("name: [");
        await Expect(page.Locator(".form-side .note")).ToContainTextAsync("the form follows once it is mended");
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToBeDisabledAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Two clerks more");
    }

    [Fact]
    public async Task On_a_phone_form_and_text_take_turns()
    {
        await using Window window = await chromium.OpenAsync(city.Address, Look.Phone with { Locale = "en-GB" });
        await window.GoAsync("/whatif/new");
        ILocator text = window.Page.GetByLabel("Scenario, YAML");
        await Expect(text).ToBeHiddenAsync();
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Text", Exact = true }).ClickAsync();
        await text.FillAsync(Text);
        await Expect(window.Page.Locator("h1")).ToHaveTextAsync("Two clerks more");
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Form", Exact = true }).ClickAsync();
        await Expect(window.Page.GetByLabel("Add", new() { Exact = true })).ToHaveValueAsync("2");
    }

    [Theory]
    [InlineData("vi-VN", 1440, "không có cơ quan “Thuan Hoaa” (ý bạn là “thuan hoa”?)", "khóa này đã có")]
    [InlineData("vi-VN", 390, "không có cơ quan “Thuan Hoaa” (ý bạn là “thuan hoa”?)", "khóa này đã có")]
    [InlineData("fr-FR", 390, "n’a pas de service « Thuan Hoaa » (vouliez-vous dire « thuan hoa » ?)", "cette clé existe déjà")]
    public async Task Mistakes_are_told_in_the_language_of_who_reads(string locale, int width, string unknown, string twice)
    {
        await using Window window = await OpenAsync(width, locale: locale);
        ILocator text = window.Page.Locator(".code-area");
        ILocator mistake = window.Page.Locator(".mistakes li");
        await text.FillAsync(Text.Replace("Thuận Hóa", "Thuan Hoaa", StringComparison.Ordinal));
        await Expect(mistake).ToContainTextAsync(unknown);
        // What is no YAML is told so by the pages and, once it was asked, by the city.
        await text.FillAsync(Text + "name: Twice\n");
        await Expect(mistake.First).ToContainTextAsync(twice);
        await Expect(window.Page.Locator(".run-bar .button.primary")).ToBeDisabledAsync();
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task What_is_written_stands_in_the_address_and_opens_elsewhere(int width)
    {
        await using Window writer = await OpenAsync(width);
        await writer.Page.GetByLabel("Scenario, YAML").FillAsync(Text);
        await writer.Page.WaitForURLAsync(DraftAddress());
        await using Window reader = await OpenAsync(width, writer.Page.Url);
        await Expect(reader.Page.GetByLabel("Scenario, YAML")).ToHaveValueAsync(Text);
        await using Window cut = await OpenAsync(width, writer.Page.Url[..^40]);
        await Expect(cut.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("cut off");
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_bundled_scenario_opens_filled_in_and_every_lever_of_the_book_can_be_chosen(int width)
    {
        await using Window window = await OpenAsync(width, "/whatif/new?from=hcmc-tet-surge");
        IPage page = window.Page;
        await Expect(page.Locator(".change")).ToHaveCountAsync(3);
        await Expect(page.GetByLabel("City", new() { Exact = true })).ToHaveValueAsync("hcmc");
        await TurnAsync(window, 0);
        ILocator lever = page.GetByLabel("Lever").First;
        foreach (string? value in await lever.Locator("option").EvaluateAllAsync<string[]>("options => options.map(o => o.value)"))
        {
            await lever.SelectOptionAsync(value);
            await Expect(page.Locator(".code-state")).ToHaveTextAsync("No mistakes");
        }
        Assert.Empty(window.Complaints);
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Without_the_city_nothing_is_lost_and_it_is_said_that_nothing_was_checked(int width)
    {
        await using ServedCity lonely = await ServedCity.AloneAsync();
        await using Window window = await chromium.OpenAsync(lonely.Address, Look.Of(width) with { Locale = "en-GB" });
        await window.GoAsync("/whatif/new");
        await TurnAsync(window, 1);
        await lonely.StopAsync();
        await window.Page.GetByLabel("Scenario, YAML").FillAsync(Text);
        await Expect(window.Page.Locator(".code-state")).ToHaveTextAsync("Not checked: the city cannot be reached.");
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Run", Exact = true })).ToBeDisabledAsync();
        await Expect(window.Page.Locator(".banner")).ToBeVisibleAsync();
        await Expect(window.Page.GetByLabel("Name", new() { Exact = true })).ToHaveValueAsync("Two clerks more");
    }

    private async Task<Window> OpenAsync(int width, string address = "/whatif/new", string locale = "en-GB")
    {
        Window window = await chromium.OpenAsync(city.Address, Look.Of(width) with { Locale = locale });
        await window.GoAsync(address);
        await TurnAsync(window, 1);
        return window;
    }

    // On a phone form (0) and text (1) take turns; side by side there is nothing to press.
    private static async Task TurnAsync(Window window, int side)
    {
        await window.Page.Locator(".code-area").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        ILocator tab = window.Page.Locator(".builder .tabs button").Nth(side);
        if (await tab.IsVisibleAsync())
        {
            await tab.ClickAsync();
        }
    }

    [GeneratedRegex("add: 3")]
    private static partial Regex Added();

    [GeneratedRegex(@"from: \d{4}-\d\d-\d\d\s+to: \d{4}-\d\d-\d\d")]
    private static partial Regex Period();

    [GeneratedRegex(@"add: \$officers[\s\S]*sweep:\s+officers: 2\.\.5")]
    private static partial Regex Swept();

    [GeneratedRegex(@"^Line 6, column \d+ no office 'Thuan Hoaa'.*did you mean")]
    private static partial Regex MistakeWords();

    [GeneratedRegex("draft=")]
    private static partial Regex DraftAddress();
}
