using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace CityTwin.Benchmarks.Pages;

/// <summary>What a browser saw while it showed a live board.</summary>
/// <param name="LongestFrameMs">The longest time between two frames.</param>
/// <param name="FramesOver50">How many took longer than 50 ms.</param>
/// <param name="Frames">How many frames there were.</param>
/// <param name="Updates">How often the headline figures changed.</param>
/// <param name="ScriptMsMax">The longest frame of 50 ms and more that the browser blames on the page; 0 when there was none.</param>
/// <param name="Because">What took it.</param>
/// <param name="Memory">How its memory went.</param>
internal sealed record Watched(
    double LongestFrameMs, int FramesOver50, int Frames, int Updates, double ScriptMsMax, string Because, PageMemory Memory);

/// <summary>Debian's Chromium looking at the pages.</summary>
internal sealed class BoardWatch : IAsyncDisposable
{
    /// <summary>Where Debian installs it.</summary>
    public const string Program = "/usr/bin/chromium";

    /// <summary>How often its memory is looked at.</summary>
    public const int Samples = 18;

    // Moments are the page's own: from the beginning of its navigation.
    private const string Script = """
        (() => {
          const w = window.watched = { h1: 0, longest: 0, over: 0, frames: 0, updates: 0, script: 0, because: '', last: 0, isOn: false };
          new MutationObserver((_, o) => {
            if (document.querySelector('.tile-value')) { o.disconnect(); requestAnimationFrame(() => setTimeout(() => { w.h1 = performance.now(); }, 0)); }
          }).observe(document, { childList: true, subtree: true });
          const frame = (now) => {
            if (w.isOn && w.last) { const d = now - w.last; w.frames++; w.longest = Math.max(w.longest, d); w.over += d > 50 ? 1 : 0; }
            w.last = now;
            const text = document.querySelector('.tile-value')?.textContent + location.search;
            if (w.isOn && text !== w.text) { w.updates++; }
            w.text = text;
            requestAnimationFrame(frame);
          };
          requestAnimationFrame(frame);
          new PerformanceObserver((l) => l.getEntries().forEach(e => {
            if (w.isOn && e.duration > w.script) {
              w.script = e.duration;
              w.because = [...e.scripts].sort((a, b) => b.duration - a.duration).slice(0, 2).map(s => `${s.invoker} ${s.sourceFunctionName} ${Math.round(s.duration)} ms`).join(', ')
                + ` blocking ${Math.round(e.blockingDuration)} ms, styles and layout ${Math.round(e.startTime + e.duration - (e.styleAndLayoutStart || e.startTime + e.duration))} ms`;
            }
          })).observe({ type: 'long-animation-frame' });
        })()
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private BoardWatch(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        _browser = browser;
    }

    public static async Task<BoardWatch> StartAsync()
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        string[] arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
        return new BoardWatch(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = arguments }));
    }

    /// <summary>Opens the board in a new window: the bytes that came compressed from /assets and the shell, and when the board stood and answered.</summary>
    public async Task<(IPage Page, long Bytes, double InteractiveMs)> OpenAsync(Uri city)
    {
        IBrowserContext context = await _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1440, Height = 900 }, Locale = "en-GB" });
        await context.AddInitScriptAsync(Script);
        IPage page = await context.NewPageAsync();
        long bytes = 0;
        page.Response += (_, r) =>
        {
            bool isChart = r.Url.Contains("/engine-", StringComparison.Ordinal) || r.Url.Contains("/geometry-", StringComparison.Ordinal);
            if (!isChart && (r.Url.Contains("/assets/", StringComparison.Ordinal) || r.Url == city.ToString()) && r.Headers.TryGetValue("content-length", out string? length))
            {
                Interlocked.Add(ref bytes, long.Parse(length, CultureInfo.InvariantCulture));
            }
        };
        await page.GotoAsync(city.ToString());
        await page.WaitForFunctionAsync("() => window.watched.h1 > 0");
        return (page, Interlocked.Read(ref bytes), await page.EvaluateAsync<double>("() => window.watched.h1"));
    }

    /// <summary>Watches a live board for some time, after it has settled.</summary>
    public static async Task<Watched> WatchAsync(IPage page, TimeSpan time)
    {
        await page.WaitForTimeoutAsync(3_000);
        ICDPSession devtools = await page.Context.NewCDPSessionAsync(page);
        await devtools.SendAsync("Performance.enable");
        await page.EvaluateAsync("() => { Object.assign(window.watched, { longest: 0, over: 0, frames: 0, updates: 0, script: 0, because: '' }); }");
        List<MemorySample> samples = [];
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < Samples; i++)
        {
            await page.EvaluateAsync("() => { window.watched.last = 0; window.watched.isOn = true; }");
            await page.WaitForTimeoutAsync((float)(time.TotalMilliseconds / Samples));

            // A collection asked for from outside is no frame of the page's own.
            await page.EvaluateAsync("() => { window.watched.isOn = false; }");
            samples.Add(await MemorySample.TakeAsync(page, devtools, watch));
        }
        JsonElement w = await page.EvaluateAsync<JsonElement>("() => window.watched");
        return new Watched(
            w.GetProperty("longest").GetDouble(), w.GetProperty("over").GetInt32(), w.GetProperty("frames").GetInt32(), w.GetProperty("updates").GetInt32(),
            w.GetProperty("script").GetDouble(), w.GetProperty("because").GetString()!, PageMemory.Of(samples));
    }

    /// <summary>Has the board show a past moment, and play on from there.</summary>
    public static async Task PlayAsync(IPage page, DateTimeOffset from)
    {
        string address = "/?at=" + Uri.EscapeDataString(from.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        await page.EvaluateAsync("address => { const link = document.createElement('a'); link.href = address; document.body.append(link); link.click(); link.remove(); }", address);
        await page.Locator(".board.is-past[aria-busy=false]").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Play at 60 times" }).ClickAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
