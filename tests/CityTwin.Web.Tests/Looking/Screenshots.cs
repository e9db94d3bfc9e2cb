using CityTwin.Silo;
using Microsoft.Playwright;

namespace CityTwin.Web.Tests;

/// <summary>Pictures of every page in every state, to be looked at. Not a test: run by hand, see docs/pages.md.</summary>
public sealed class Screenshots(Chromium chromium)
{
    private const double Usual = 60;
    private const int SettlingMs = 500;

    [Fact(Explicit = true)]
    public async Task Of_every_page_in_both_sizes_and_themes()
    {
        await using PicturedCity of = await PicturedCity.LivedInAsync();
        foreach (Look look in Sight.Looks)
        {
            await OfSightsAsync(of, look, [.. Sight.All(of.Cases["inProgress"], "460701", of.Sensor), .. Sight.Bench, .. Others(of)]);
            await OfScenesAsync(of, look);
            await OfTroublesAsync(of, look);
        }
        foreach (string locale in (string[])["en-GB", "fr-FR"])
        {
            await OfSightsAsync(of, Look.Usual with { Locale = locale }, [.. Sight.All(of.Cases["inProgress"], "460701", of.Sensor), .. Sight.Bench, .. Others(of)]);
            await OfSightsAsync(of, Look.Phone with { Locale = locale }, [.. Sight.All(of.Cases["inProgress"], "460701", of.Sensor), .. Sight.Bench]);
        }
        await OfTheLostAsync(of);
    }

    [Fact(Explicit = true)]
    public async Task Of_a_city_in_which_nothing_has_happened()
    {
        await using ServedCity city = await ServedCity.AloneAsync();
        Sight[] sights = [new("empty-board", "/"), new("empty-cases", "/cases"), new("empty-commune", "/communes/19753"), new("empty-desk", "/desks/1975301"), new("empty-sensors", "/sensors"), new("empty-bench", "/whatif"), new("empty-calibration", "/whatif/calibration"), new("no-such-case", "/cases/00N8V5E0C999")];
        foreach (Look look in Sight.Looks)
        {
            await using Window window = await chromium.OpenAsync(city.Address, look);
            foreach (Sight sight in sights.Where(s => Pictures.AreWanted(s.Name, look)))
            {
                await window.Page.GotoAsync(sight.Address);
                await window.SettledAsync();
                await window.Page.WaitForTimeoutAsync(SettlingMs);
                await Pictures.TakeAsync(window, sight.Name, look, isWhole: false);
            }
        }
    }

    /// <summary>What somebody sees who has just typed the README's command and opened the page, in the first minute.</summary>
    [Fact(Explicit = true)]
    public async Task Of_a_newcomers_first_minute()
    {
        await using ServedCity city = await ServedCity.AloneAsync(CityClock.Accelerated(DateTimeOffset.UtcNow, Usual), feedPerMinute: 0);
        foreach (Look look in (Look[])[Look.Usual with { Locale = "en-GB" }, Look.Phone with { Locale = "en-GB" }])
        {
            await using Window window = await chromium.OpenAsync(city.Address, look);
            await window.GoAsync("/");
            int before = 0;
            foreach (int seconds in (int[])[2, 15, 60])
            {
                await window.Page.WaitForTimeoutAsync((seconds - before) * 1_000);
                before = seconds;
                await Pictures.TakeAsync(window, $"newcomer-{seconds}", look, isWhole: false);
            }
        }
    }

    private static IEnumerable<Sight> Others(PicturedCity of) =>
    [
        new("board-past", $"/?at={Uri.EscapeDataString(PicturedCity.Past)}"), new("commune-past", $"/communes/19753?at={Uri.EscapeDataString(PicturedCity.Past)}"), new("case-report", $"/cases/{of.Report}"),
        .. of.Cases.Where(c => c.Key != "inProgress").Select(c => new Sight($"case-{c.Key}", $"/cases/{c.Value}")),
    ];

    private async Task<Window> OpenAsync(Uri city, Look look)
    {
        Window window = await chromium.OpenAsync(city, look);
        await window.Page.AddInitScriptAsync("localStorage.setItem('citytwin.guide', 'seen')");
        return window;
    }

    private async Task OfSightsAsync(PicturedCity of, Look look, Sight[] sights)
    {
        await using Window window = await OpenAsync(of.City.Address, look);
        foreach (Sight sight in sights.Where(s => Pictures.AreWanted(s.Name, look)))
        {
            await window.GoAsync(sight.Address);
            await window.SettledAsync();
            await window.Page.WaitForTimeoutAsync(sight.Name == "runtime" ? 8_000 : SettlingMs);
            await Pictures.TakeAsync(window, sight.Name, look, isWhole: !sight.IsOfTheWindow);
        }
    }

    private async Task OfScenesAsync(PicturedCity of, Look look)
    {
        await using Window window = await OpenAsync(of.City.Address, look);
        foreach (Scene scene in Scene.All(of).Where(s => Pictures.AreWanted(s.Name, look)))
        {
            await window.GoAsync(scene.Address);
            await window.SettledAsync();
            await scene.Act(window.Page);
            await window.Page.WaitForTimeoutAsync(SettlingMs);
            await Pictures.TakeAsync(window, scene.Name, look, isWhole: false);
        }
    }

    // What the pages fetch is held back, or refused.
    private async Task OfTroublesAsync(PicturedCity of, Look look)
    {
        foreach ((string name, string address, int status) in Scene.Troubles.Where(t => Pictures.AreWanted(t.Name, look)))
        {
            await using Window window = await OpenAsync(of.City.Address, look);
            TaskCompletionSource end = new();
            await window.Page.RouteAsync("**/*", async route =>
            {
                if (route.Request.ResourceType != "fetch")
                {
                    await route.ContinueAsync();
                }
                else if (status == 0)
                {
                    await end.Task;
                    await route.AbortAsync();
                }
                else
                {
                    string kind = status == 401 ? "unauthenticated" : "unavailable";
                    await route.FulfillAsync(new RouteFulfillOptions { Status = status, ContentType = "application/problem+json", Body = $$"""{"type":"urn:citytwin:problem:{{kind}}","title":"x","status":{{status}}}""" });
                }
            });
            await window.Page.GotoAsync(address);
            await window.Page.WaitForTimeoutAsync(1_500);
            await Pictures.TakeAsync(window, name, look, isWhole: false);
            end.SetResult();
        }
    }

    // Windows that are open when the city goes away.
    private async Task OfTheLostAsync(PicturedCity of)
    {
        List<(Window Window, string Name, Look Look)> open = [];
        foreach (Look look in Sight.Looks)
        {
            foreach (Sight sight in ((Sight[])[new("lost-board", "/"), new("lost-commune", "/communes/19753"), new("lost-cases", "/cases"), new("lost-run", "/whatif/runs/1")]).Where(s => Pictures.AreWanted(s.Name, look)))
            {
                Window window = await OpenAsync(of.City.Address, look);
                await window.GoAsync(sight.Address);
                await window.SettledAsync();
                open.Add((window, sight.Name, look));
            }
        }
        await of.City.StopAsync();
        foreach ((Window window, string name, Look look) in open)
        {
            await window.Page.Locator(".banner").WaitForAsync();
            await window.Page.WaitForTimeoutAsync(3_500);
            await Pictures.TakeAsync(window, name, look, isWhole: false);
            await window.DisposeAsync();
        }
    }
}
