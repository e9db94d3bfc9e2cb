using System.Diagnostics;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Simulation;
using CityTwin.Simulation.Queueing;

namespace CityTwin.Benchmarks.Simulation;

/// <summary>The engine's speed on queueing models: one core, two cores, and memory over simulated time.</summary>
public sealed class QueueingFigures : IFigureSource
{
    /// <inheritdoc/>
    public string Area => "simulation";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(
        Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        progress("M/M/3 on one core");
        Measure(500_000);
        double one = Enumerable.Range(0, 3).Max(_ => Measure(6_000_000));
        yield return new Figure("simulation", "M/M/c core, one core", one, "events/s", 10_000_000, Better.Higher, null,
            "M/M/3, ρ 0.8, about 29 M events, best of 3");
        cancellation.ThrowIfCancellationRequested();
        int cores = Environment.ProcessorCount;
        long start = Stopwatch.GetTimestamp();
        long events = Replications.Run(0, cores * 2, r => Run(3_000_000, r), cores, cancellation).Sum();
        double all = events / Stopwatch.GetElapsedTime(start).TotalSeconds;
        yield return new Figure("simulation", "M/M/c core, all cores", all, "events/s", null, Better.Higher, one,
            $"{cores} cores, independent replications; the ratio is the speed-up over one core");
        QueueNetwork longRun = new(Definition, 5);
        longRun.RunUntil(100_000);
        long before = GC.GetAllocatedBytesForCurrentThread();
        longRun.RunUntil(4_000_000);
        yield return new Figure("simulation", "memory taken by 40 times the simulated time", GC.GetAllocatedBytesForCurrentThread() - before,
            "B", 65_536, Better.Lower, null, "M/M/3, from 0.5 M to 19 M events");
    }

    private static NetworkDefinition Definition => new()
    {
        Stations = [new Station(3, Duration.Exponential(1))],
        Sources = [new Source(0, 2.4)],
    };

    private static long Run(double time, int replication)
    {
        QueueNetwork run = new(Definition, 1, replication);
        run.RunUntil(time);
        return run.Events;
    }

    private static double Measure(double time)
    {
        long start = Stopwatch.GetTimestamp();
        long events = Run(time, 0);
        return events / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
