using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;

namespace CityTwin.Benchmarks.Runtime;

/// <summary>How many cases fit, and how fast a city with so many comes back: measured in processes of their own.</summary>
public sealed class CapacityFigures : IFigureSource
{
    private const int Cases = 1_000_000;
    private const double GiB = 1024.0 * 1024 * 1024;

    /// <inheritdoc/>
    public string Area => "runtime";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        string folder = Directory.CreateTempSubdirectory("citytwin-capacity-").FullName;
        try
        {
            progress($"filing {Cases:N0} cases");
            Dictionary<string, double> filled = await RunAsync(["fill", folder, $"{Cases}"], cancellation);
            progress("opening the journal again");
            Dictionary<string, double> opened = await RunAsync(["open", folder, "0"], cancellation);
            yield return new Figure(Area, "1,000,000 open cases, resident", filled["resident-bytes"] / GiB, "GiB", 1.5, Better.Lower, null,
                $"working set after filing {Cases:N0} cases, views included; all in memory: {filled["twins"]:N0} twins");
            yield return new Figure(Area, "bytes per idle twin", filled["heap-bytes"] / filled["twins"], "B", null, Better.Lower, null,
                "managed heap over twins in memory, with desks' queues, deadlines, views and remembered commands");
            yield return new Figure(Area, "restart to ready, 1,000,000-case journal", opened["open-seconds"], "s", 10, Better.Lower, null,
                $"{filled["events"]:N0} events, after a clean stop; the page cache is warm");
            Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
            progress($"filing {Cases:N0} cases, then kill -9");
            await RunAsync(["fill", folder, $"{Cases}", "--crash"], cancellation);
            Dictionary<string, double> recovered = await RunAsync(["open", folder, "0"], cancellation);
            yield return new Figure(Area, "restart to ready after kill -9", recovered["open-seconds"], "s", 10, Better.Lower, null,
                $"{filled["events"]:N0} events; replays what came after the last checkpoint");
            yield return new Figure(Area, "filing a 1,000,000-case city, in groups of 1,000", Cases / filled["fill-seconds"], "cases/s", null, Better.Higher, null,
                "four turns a case, every reply after its commit");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Dictionary<string, double>> RunAsync(string[] args, CancellationToken cancellation)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(CapacityFigures).Assembly.Location);
        }
        start.ArgumentList.Add("capacity");
        foreach (string arg in args)
        {
            start.ArgumentList.Add(arg);
        }
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' '))
            .ToDictionary(p => p[0], p => double.Parse(p[1], CultureInfo.InvariantCulture));
    }
}
