using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CityTwin.Web.Tests;

/// <summary>What pages show while there is nothing to show: loading, empty, failed, and old when the city is away.</summary>
public sealed class StateTests(Chromium chromium)
{
    private static readonly string[] Lists = ["/cases", "/sensors", "/query?type=case", "/communes/19753", "/desks/1975301", "/runtime"];

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task Every_page_says_how_old_it_is_when_the_city_goes_away(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        (string number, string desk) = await city.FileAsync();
        string sensor = await city.SensorAsync();
        List<Window> windows = [];
        foreach (Sight sight in Sight.All(number, desk, sensor))
        {
            Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
            await window.GoAsync(sight.Address);
            await Expect(window.Page.Locator(".heart.live")).ToHaveCountAsync(1);
            windows.Add(window);
        }
        await city.StopAsync();
        foreach (Window window in windows)
        {
            await Expect(window.Page.Locator(".banner")).ToContainTextAsync("Số liệu bạn thấy là của");
            await Expect(window.Page.Locator("main h1")).ToBeVisibleAsync();
            await window.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_page_that_waits_shows_it_and_one_that_fails_says_why_and_tries_again(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        foreach (string address in Lists)
        {
            await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
            bool isAway = true;
            await window.Page.RouteAsync("**/*", async route =>
            {
                if (isAway && route.Request.ResourceType == "fetch" && !route.Request.Url.Contains("/live", StringComparison.Ordinal))
                {
                    await route.FulfillAsync(new RouteFulfillOptions { Status = 503, ContentType = "application/problem+json", Body = """{"type":"urn:citytwin:problem:unavailable","title":"x","status":503}""" });
                }
                else
                {
                    await route.ContinueAsync();
                }
            });
            await window.Page.GotoAsync(address);
            await Expect(window.Page.Locator(".failed").First).ToContainTextAsync("Thành phố chưa nhận lệnh lúc này");
            isAway = false;
            if (await window.Page.Locator(".failed button").CountAsync() > 0)
            {
                await window.Page.Locator(".failed button").First.ClickAsync();
            }
            await Expect(window.Page.Locator("main h1")).ToBeVisibleAsync();
            await Expect(window.Page.Locator(".failed")).ToHaveCountAsync(0);
        }
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task A_page_shows_that_it_loads_until_the_city_answers(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        foreach (string address in Lists)
        {
            await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
            TaskCompletionSource answer = new();
            await window.Page.RouteAsync("**/*", async route =>
            {
                if (route.Request.ResourceType == "fetch" && !route.Request.Url.Contains("/live", StringComparison.Ordinal))
                {
                    await answer.Task;
                }
                await route.ContinueAsync();
            });
            await window.Page.GotoAsync(address);
            await Expect(window.Page.Locator("main .loading").First).ToBeVisibleAsync();
            answer.SetResult();
            await window.SettledAsync();
            await Expect(window.Page.Locator("main h1")).ToBeVisibleAsync();
        }
    }

    [Theory]
    [InlineData(1440)]
    [InlineData(390)]
    public async Task An_empty_city_says_what_will_appear_where(int width)
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        await using Window window = await chromium.OpenAsync(city.Address, Look.Of(width));
        foreach ((string address, string said) in ((string, string)[])
        [
            ("/", "Không có gì cần chú ý"), ("/cases", "Không có hồ sơ nào khớp"), ("/sensors", "Chưa có cảm biến"), ("/query?type=case&q=open%3D%3Dtrue", "Không có gì khớp"), ("/communes/19753", "Không có hồ sơ nào sắp đến hạn"),
        ])
        {
            await window.GoAsync(address);
            await Expect(window.Page.Locator("main .empty").Filter(new() { HasText = said }).First).ToBeVisibleAsync();
        }
        Assert.Empty(window.Complaints);
    }
}
