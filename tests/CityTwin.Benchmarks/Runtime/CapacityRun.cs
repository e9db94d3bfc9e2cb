using System.Diagnostics;
using System.Globalization;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Views;

namespace CityTwin.Benchmarks.Runtime;

/// <summary>What a process of its own does for <see cref="CapacityFigures"/>: fills a city, or opens it again.</summary>
internal static class CapacityRun
{
    private const int Together = 1_000;
    private const int InFlight = 4;

    /// <summary>Runs a step in this process and prints its measurements, one <c>name value</c> a line.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        string folder = args[1];
        int cases = int.Parse(args[2], CultureInfo.InvariantCulture);
        await (args[0] == "fill" ? FillAsync(folder, cases, crash: args.Contains("--crash")) : OpenAsync(folder));
        return 0;
    }

    private static async Task FillAsync(string folder, int cases, bool crash)
    {
        BenchCity bench = await BenchCity.OpenAsync(Views(), folder);
        long twinsBefore = bench.City.Statistics.Resident;
        long began = Stopwatch.GetTimestamp();
        Queue<Task<Reply[]>> flying = new();
        for (int first = 0; first < cases; first += Together)
        {
            if (flying.Count == InFlight)
            {
                await flying.Dequeue();
            }
            Envelope[] group = [.. Enumerable.Range(first, Math.Min(Together, cases - first))
                .Select(n => new Envelope(TwinId.Case(n + 1), bench.Report(n), BenchCity.Id(9, n)))];
            flying.Enqueue(bench.Runtime.SendAsync(group).AsTask());
        }
        foreach (Task<Reply[]> last in flying)
        {
            await last;
        }
        Print("fill-seconds", Stopwatch.GetElapsedTime(began).TotalSeconds);
        Print("events", bench.Runtime.Position);
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        Print("resident-bytes", Process.GetCurrentProcess().WorkingSet64);
        Print("heap-bytes", GC.GetTotalMemory(forceFullCollection: false));
        Print("twins", bench.City.Statistics.Resident - twinsBefore);
        if (crash)
        {
            Process.GetCurrentProcess().Kill();
        }
        long closing = Stopwatch.GetTimestamp();
        await bench.DisposeAsync();
        Print("close-seconds", Stopwatch.GetElapsedTime(closing).TotalSeconds);
    }

    private static async Task OpenAsync(string folder)
    {
        long began = Stopwatch.GetTimestamp();
        await using BenchCity bench = await BenchCity.OpenAsync(Views(), folder);
        Print("open-seconds", Stopwatch.GetElapsedTime(began).TotalSeconds);
        Print("resident-bytes", Process.GetCurrentProcess().WorkingSet64);
        TwinReading one = await bench.Runtime.ReadAsync(TwinId.Case(4_711));
        Print("case-version", one.Version);
    }

    private static IReadOnlyList<IView> Views() => [new CityView(BundledCities.Read("hue").Rules.Calendar)];

    private static void Print(string name, double value) => Console.WriteLine($"{name} {value.ToString(CultureInfo.InvariantCulture)}");
}
