using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

/// <summary>The runtime page rests on /metrics and /runtime: what it says is what they say.</summary>
public sealed partial class RuntimeAgreementTests(Chromium chromium)
{
    [Fact]
    public async Task What_the_runtime_page_says_is_what_the_metrics_say()
    {
        const int Filed = 5;
        await using ServedCity city = await ServedCity.AloneAsync();
        (string number, string desk) = await city.FileAsync();
        for (int i = 1; i < Filed; i++)
        {
            await city.FileAsync(citizen: $"citizen/{i + 700:D12}");
        }

        // Nobody has taken it yet: that it be resolved is refused.
        JsonElement official = (await city.GetAsync($"/desks/{desk}")).GetProperty("officials")[0];
        using HttpResponseMessage refused = await city.Http.PostAsJsonAsync(new Uri($"/cases/{number}/resolve", UriKind.Relative), new { official }, TestContext.Current.CancellationToken);
        Assert.False(refused.IsSuccessStatusCode);
        Dictionary<string, double> metrics = await MetricsAsync(city);

        await using Window window = await chromium.OpenAsync(city.Address);
        await window.GoAsync("/runtime");
        await window.SettledAsync();
        foreach ((string said, string metric) in ((string, string)[])
        [
            ("Vị trí nhật ký", "citytwin_journal_position"), ("Lần phục hồi", "citytwin_recoveries_total"), ("Bản sao bị dừng", "citytwin_faults_total"),
            ("Thông điệp giữa bản sao", "citytwin_messages_total"), ("Hạn đã đến", "citytwin_deadlines_total"), ("Lệnh lặp nhận ra", "citytwin_repeats_total"),
        ])
        {
            await Expect(window.Page.Locator($"section[aria-labelledby=journal] dt:text-is('{said}') + dd")).ToHaveTextAsync(Written(metrics[metric]));
        }
        await Expect(window.Tile("Bản sao trong bộ nhớ")).ToHaveTextAsync(Written(metrics["citytwin_twins_resident"]));
        await Expect(window.Tile("Lệnh đang chờ")).ToHaveTextAsync(Written(metrics["citytwin_queue_depth"]));
        IReadOnlyList<string> active = await window.Page.Locator("section[aria-labelledby=active] td.num").AllInnerTextsAsync();
        Assert.Equal(metrics["citytwin_twins_resident"], active.Sum(a => int.Parse(NoDigit().Replace(a, ""), CultureInfo.InvariantCulture)));

        string command = Refused().Match(metrics.Keys.Single(k => Refused().IsMatch(k))).Groups[1].Value;
        ILocator commands = window.Page.Locator("section[aria-labelledby=commands] tbody tr");
        await Expect(commands.Filter(new() { HasText = "file_dossier" }).Locator("td").Nth(2)).ToHaveTextAsync(Written(Filed));
        await Expect(commands.Filter(new() { HasText = command }).Locator("td").Nth(3)).ToHaveTextAsync(Written(1));
        await Expect(window.Page.Locator("section[aria-labelledby=journal]")).ToContainTextAsync("mỗi phút");
        Assert.Empty(window.Complaints);
    }

    // As people write it, with or without a mark between thousands, and before whatever note stands behind it.
    private static Regex Written(double value) => new($"^{string.Join(@"\W?", value.ToString("0", CultureInfo.InvariantCulture).ToCharArray())}(\\D|$)");

    private static async Task<Dictionary<string, double>> MetricsAsync(ServedCity city) =>
        (await city.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n')
            .Where(l => l.Length > 0 && !l.StartsWith('#'))
            .ToDictionary(l => l[..l.LastIndexOf(' ')], l => double.Parse(l[l.LastIndexOf(' ')..], CultureInfo.InvariantCulture));

    [GeneratedRegex("^citytwin_commands_total\\{command=\"([^\"]+)\",outcome=\"refused\"\\}$")]
    private static partial Regex Refused();

    [GeneratedRegex(@"\D")]
    private static partial Regex NoDigit();
}
