using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;

namespace CityTwin.Benchmarks.Pages;

/// <summary>What a page held at a moment, after collections.</summary>
/// <param name="Minutes">Since the watch began.</param>
/// <param name="HeapMegabytes">Live objects of the scripts, 10⁶ bytes.</param>
/// <param name="Nodes">Nodes of documents, also those that only scripts know.</param>
/// <param name="Listeners">Event listeners.</param>
internal sealed record MemorySample(double Minutes, double HeapMegabytes, int Nodes, int Listeners)
{
    private const int Collections = 4;
    private const float BetweenMs = 350;

    /// <summary>Collects a few times, and takes the least: an update that is just being read is no growth.</summary>
    public static async Task<MemorySample> TakeAsync(IPage page, ICDPSession devtools, Stopwatch watch)
    {
        double least = double.MaxValue;
        for (int i = 0; i < Collections; i++)
        {
            await page.WaitForTimeoutAsync(i == 0 ? 0 : BetweenMs);
            await devtools.SendAsync("HeapProfiler.collectGarbage");
            JsonElement? used = await devtools.SendAsync("Runtime.getHeapUsage");
            least = Math.Min(least, used!.Value.GetProperty("usedSize").GetDouble() / 1e6);
        }
        JsonElement? metrics = await devtools.SendAsync("Performance.getMetrics");
        Dictionary<string, double> values = metrics!.Value.GetProperty("metrics").EnumerateArray().ToDictionary(m => m.GetProperty("name").GetString()!, m => m.GetProperty("value").GetDouble());
        return new MemorySample(watch.Elapsed.TotalMinutes, least, (int)values["Nodes"], (int)values["JSEventListeners"]);
    }
}

/// <summary>How a page's memory went while it was watched. Its first third is warming up, and does not count.</summary>
/// <param name="First">The sample at the end of the warm-up.</param>
/// <param name="Last">The last one.</param>
/// <param name="Minutes">How long it was judged.</param>
/// <param name="PerMinute">By least squares, 10⁶ bytes of heap a minute.</param>
/// <param name="Margin">Half of the slope's 95 % interval.</param>
/// <param name="Kept">The fewest nodes with listeners in the first half of that time, and in the second: what was let go counts until the browser
/// collects it, at its own pace, so only the fewest tell what stays.</param>
internal sealed record PageMemory(MemorySample First, MemorySample Last, double Minutes, double PerMinute, double Margin, (int Before, int After) Kept)
{
    /// <summary>Judges samples: their slope, and how sure it is.</summary>
    public static PageMemory Of(IReadOnlyList<MemorySample> samples)
    {
        MemorySample[] judged = [.. samples.Skip(samples.Count / 3)];
        double x = judged.Average(s => s.Minutes);
        double y = judged.Average(s => s.HeapMegabytes);
        double spread = judged.Sum(s => (s.Minutes - x) * (s.Minutes - x));
        double slope = judged.Sum(s => (s.Minutes - x) * (s.HeapMegabytes - y)) / spread;
        double left = judged.Sum(s => Math.Pow(s.HeapMegabytes - y - (slope * (s.Minutes - x)), 2));
        double error = Math.Sqrt(left / (judged.Length - 2) / spread);

        // Student's t for about ten degrees of freedom.
        return new PageMemory(judged[0], judged[^1], judged[^1].Minutes - judged[0].Minutes, slope, 2.2 * error, (Fewest(judged[..(judged.Length / 2)]), Fewest(judged[(judged.Length / 2)..])));
    }

    private static int Fewest(MemorySample[] samples) => samples.Min(s => s.Nodes + s.Listeners);
}
