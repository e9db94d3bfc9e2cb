using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Grains;
using Microsoft.Playwright;

namespace CityTwin.Benchmarks.Pages;

/// <summary>The pages in a real browser: what comes over the wire first, when one can work, and how smooth the live board stays while the city is busy.</summary>
public sealed class PagesFigures : IFigureSource
{
    private const string Variable = "CITYTWIN_PAGES_SECONDS";
    private const int SecondsUsual = 60;
    private const double GrowthMax = 0.5;
    private const int Country = 3_321;
    private const int CasesPerSecond = 900;

    /// <inheritdoc/>
    public string Area => "pages";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (!File.Exists(BoardWatch.Program))
        {
            progress($"not measured: {BoardWatch.Program} is missing; apt-get install chromium");
            yield break;
        }
        TimeSpan time = TimeSpan.FromSeconds(int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out int s) ? s : SecondsUsual);
        await using BoardWatch browser = await BoardWatch.StartAsync();
        string[] hcmc = [.. BundledCities.Read("hcmc").Rules.Offices.Where(o => o.Kind == TwinKind.Commune).Select(o => o.ToString())];
        await foreach (Figure figure in CityAsync(browser, "hcmc", Directory.CreateTempSubdirectory("citytwin-pages-").FullName, hcmc, time, progress, cancellation))
        {
            yield return figure;
        }
        string folder = Directory.CreateTempSubdirectory("citytwin-pages-").FullName;
        string city = Path.Combine(folder, "country");
        await foreach (Figure figure in CityAsync(browser, city, folder, BigCity.Write(city, Country), time, progress, cancellation))
        {
            yield return figure;
        }
    }

    private async IAsyncEnumerable<Figure> CityAsync(
        BoardWatch browser, string city, string folder, string[] communes, TimeSpan time, Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string of = $"{communes.Length:N0} communes";
        progress($"{of}: first load");
        await using ServedPages served = await ServedPages.StartAsync(city, folder, cancellation);
        await (await browser.OpenAsync(served.Http.BaseAddress!)).Page.Context.CloseAsync();
        (IPage page, long bytes, double interactive) = await browser.OpenAsync(served.Http.BaseAddress!);
        yield return new Figure(Area, $"first load, {of}, compressed", bytes / 1024.0, "KB", 300, Better.Lower, null, "document, scripts and styles of the board, Brotli; without the map and chart chunks; no cache");
        yield return new Figure(Area, $"interactive, {of}", interactive, "ms", 1_500, Better.Lower, null, "from the navigation to the headline figures drawn and the page answering; server and browser on the same machine, no cache");

        progress($"{of}: the board for {time.TotalSeconds:0} s while dossiers are filed");
        served.Feed(communes, CasesPerSecond);
        DateTimeOffset fed = await served.NowAsync();
        double before = await served.EventsAsync();
        var watch = Stopwatch.StartNew();
        Watched live = await BoardWatch.WatchAsync(page, time);
        double events = (await served.EventsAsync() - before) / watch.Elapsed.TotalSeconds;
        foreach (Figure figure in Seen(of, live, time, $"{events:N0} events/s; headline changed {live.Updates / time.TotalSeconds:0.0} times a second"))
        {
            yield return figure;
        }

        // From when every list has its lines. The city's time runs on meanwhile, as fast as it is played: now is never reached.
        TimeSpan half = time / 2;
        progress($"{of}: the past played at 60 times for {half.TotalSeconds:0} s while dossiers are filed");
        await BoardWatch.PlayAsync(page, fed.AddMinutes(2));
        Watched played = await BoardWatch.WatchAsync(page, half);
        foreach (Figure figure in Seen($"{of}, past played at 60×", played, half, $"another moment {played.Updates / half.TotalSeconds:0.0} times a second"))
        {
            yield return figure;
        }
        await page.Context.CloseAsync();
    }

    private IEnumerable<Figure> Seen(string of, Watched seen, TimeSpan time, string during)
    {
        yield return new Figure(Area, $"longest frame, {of}", seen.LongestFrameMs, "ms", 50, Better.Lower, null, $"{time.TotalSeconds:0} s at {during}; {seen.Frames} frames, {seen.Frames / time.TotalSeconds:0}/s; blamed on the page: {(seen.ScriptMsMax > 0 ? seen.Because.Trim() : "none of 50 ms")}");
        yield return new Figure(Area, $"frames over 50 ms, {of}", seen.FramesOver50, "frames", 0, Better.Lower, null, $"of {seen.Frames}");
        PageMemory memory = seen.Memory;
        string judged = $"the last {memory.Minutes:0.0} minutes of {time.TotalMinutes:0.0}, the least of 4 collections every {time.TotalSeconds / BoardWatch.Samples:0.0} s";
        bool isSure = memory.Margin < GrowthMax;
        yield return new Figure(Area, $"heap growth, {of}", memory.PerMinute, "MB/min", isSure ? GrowthMax : null, Better.Lower, null, $"± {memory.Margin:0.00} (95 %{(isSure ? "" : ": too short to judge")}), least squares over {judged}; {memory.First.HeapMegabytes:0.00} to {memory.Last.HeapMegabytes:0.00} MB{(time.TotalMinutes < 5 ? $"; {Variable}=600 for ten minutes" : "")}");
        yield return new Figure(Area, $"nodes and listeners more, {of}", memory.Kept.After - memory.Kept.Before, "", 200, Better.Lower, null, $"the fewest of the second half, {memory.Kept.After:N0}, less those of the first, {memory.Kept.Before:N0}, over {judged}; lists of some lines come and go");
    }
}
