using System.Globalization;
using System.Text.Json;
using CityTwin.Silo;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

/// <summary>Pages that stay open all day: through outages, in a tab that nobody looks at, from page to page.</summary>
public sealed class LastingTests(Chromium chromium)
{
    // A tab that is hidden draws nothing: whoever waits for the next frame waits until it is looked at again.
    private const string Hiding = """
        (() => {
          const draw = window.requestAnimationFrame.bind(window);
          const held = [];
          let isHidden = false;
          window.requestAnimationFrame = (f) => isHidden ? held.push(f) : draw(f);
          window.hide = () => { isHidden = true; };
          window.reveal = () => { isHidden = false; held.splice(0).forEach(f => draw(f)); };
        })()
        """;

    private const string Walk = "address => { const link = document.createElement('a'); link.href = address; document.body.append(link); link.click(); link.remove(); }";

    [Fact]
    public async Task The_board_goes_on_by_itself_when_the_city_comes_back_and_tells_nothing_twice()
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await city.FileAsync();
        await using Window window = await chromium.OpenAsync(city.Address);
        List<IWebSocket> sockets = [];
        window.Page.WebSocket += (_, socket) => sockets.Add(socket);
        await window.GoAsync("/");
        await window.ShowsAsync("Hồ sơ đang mở", 1);

        for (int outage = 1; outage <= 2; outage++)
        {
            await city.StopAsync();
            await Expect(window.Page.Locator(".banner")).ToContainTextAsync("Mất kết nối");
            await city.RestartAsync(CityClock.Driven(ServedCity.Start), null);
            await city.FileAsync(citizen: $"citizen/{outage + 500:D12}");
            await window.ShowsAsync("Hồ sơ đang mở", 1 + outage);
            await Expect(window.Page.Locator(".banner")).ToHaveCountAsync(0);
            await Expect(window.Page.Locator(".heart.live")).ToHaveCountAsync(1);
        }

        Assert.Single(sockets, s => !s.IsClosed);
        Assert.Equal(3, sockets.Count);
        await Expect(window.Page.Locator(".events li")).ToHaveCountAsync(EventsOf(3));
    }

    [Fact]
    public async Task A_board_that_nobody_looked_at_shows_all_that_happened_once_it_is_looked_at()
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await using Window window = await chromium.OpenAsync(city.Address);
        await window.Page.AddInitScriptAsync(Hiding);
        await using Window other = await chromium.OpenAsync(city.Address);
        await window.GoAsync("/");
        await other.GoAsync("/");
        await city.FileAsync();
        await window.ShowsAsync("Hồ sơ đang mở", 1);

        await window.Page.EvaluateAsync("() => window.hide()");
        string[] communes = ["commune/19753", "commune/19774", "commune/19789"];
        for (int i = 0; i < 9; i++)
        {
            await city.FileAsync(communes[i % 3], $"citizen/{i + 600:D12}");
            await other.ShowsAsync("Hồ sơ đang mở", i + 2);
        }
        await window.Page.EvaluateAsync("() => window.reveal()");

        await window.ShowsAsync("Hồ sơ đang mở", 10);
        await Expect(other.Page.Locator(".events li")).ToHaveCountAsync(EventsOf(10));
        await Expect(window.Page.Locator(".events li")).ToHaveTextAsync(await other.Page.Locator(".events li").AllInnerTextsAsync(), new() { UseInnerText = true });
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task The_past_is_played_forward_and_left_for_now()
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await city.FileAsync();
        await city.AdvanceAsync(ServedCity.Start.AddHours(2));
        await city.FileAsync(citizen: "citizen/000000000078");
        await using Window window = await chromium.OpenAsync(city.Address);
        DateTimeOffset at = ServedCity.Start.AddHours(2).AddMinutes(-3);
        await window.GoAsync("/?at=" + Uri.EscapeDataString(at.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)));
        await window.ShowsAsync("Hồ sơ đang mở", 1);
        await Expect(window.Page.Locator(".time-shown b")).ToContainTextAsync("09:57");

        // A minute a second: it comes by each, and ends where now is.
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Phát nhanh 60 lần" }).ClickAsync();
        await Expect(window.Page.Locator(".time-shown b")).ToContainTextAsync("09:58");
        await window.ShowsAsync("Hồ sơ đang mở", 2);
        Assert.DoesNotContain("at=", window.Page.Url, StringComparison.Ordinal);
        await Expect(window.Page.GetByRole(AriaRole.Button, new() { Name = "Phát nhanh 60 lần" })).ToBeDisabledAsync();

        await city.FileAsync(citizen: "citizen/000000000079");
        await window.ShowsAsync("Hồ sơ đang mở", 3);
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Whoever_walks_from_page_to_page_leaves_nothing_behind()
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        (string number, string desk) = await city.FileAsync();
        string[] addresses = [.. Sight.All(number, desk, await city.SensorAsync()).Where(s => s.Name is not ("query-mistake" or "not-here")).Select(s => s.Address), "/whatif", "/whatif/new", "/whatif/calibration"];
        await using Window window = await chromium.OpenAsync(city.Address);
        await window.GoAsync("/");
        ICDPSession devtools = await window.Page.Context.NewCDPSessionAsync(window.Page);
        await devtools.SendAsync("Performance.enable");

        await WalkAsync(window, addresses);
        (int nodes, int listeners) = await HeldAsync(devtools);
        await WalkAsync(window, addresses);
        await WalkAsync(window, addresses);
        (int nodesLater, int listenersLater) = await HeldAsync(devtools);

        // Lists differ by some lines from round to round; a page that stays would be hundreds of nodes.
        Assert.InRange(nodesLater, 1, nodes + 150);
        Assert.InRange(listenersLater, 1, listeners + 10);
        Assert.Empty(window.Complaints);
    }

    // The city's founding, and of each case that it came, was looked through and is queued.
    private static int EventsOf(int cases) => 1 + (3 * cases);

    private static async Task WalkAsync(Window window, string[] addresses)
    {
        foreach (string address in addresses.Append("/"))
        {
            await window.Page.EvaluateAsync(Walk, address);
            await window.Page.WaitForURLAsync(url => new Uri(url).PathAndQuery.StartsWith(address.Split('?')[0], StringComparison.Ordinal));
            await window.Page.Locator("main h1").First.WaitForAsync();
            await window.SettledAsync();
        }
        await window.Tile("Hồ sơ đang mở").WaitForAsync();
    }

    private static async Task<(int Nodes, int Listeners)> HeldAsync(ICDPSession devtools)
    {
        await devtools.SendAsync("HeapProfiler.collectGarbage");
        await devtools.SendAsync("HeapProfiler.collectGarbage");
        JsonElement? metrics = await devtools.SendAsync("Performance.getMetrics");
        Dictionary<string, double> values = metrics!.Value.GetProperty("metrics").EnumerateArray().ToDictionary(m => m.GetProperty("name").GetString()!, m => m.GetProperty("value").GetDouble());
        return ((int)values["Nodes"], (int)values["JSEventListeners"]);
    }
}
