using System.Diagnostics;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Simulation;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Nation;

namespace CityTwin.Benchmarks.Simulation;

/// <summary>The two-level model's speed: one province on one core, the whole country on all cores.</summary>
public sealed class CityFigures : IFigureSource
{
    private static readonly DateOnly Start = new(2026, 1, 1);

    /// <inheritdoc/>
    public string Area => "simulation";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(
        Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        progress("two levels, one province, one core");
        Province phuTho = Province.All.Single(p => p.Code == 25);
        CityModel apart = NationModel.Of(phuTho);
        CityRun.Of(Timeline.Of(apart, Start, 60), 1, cancellation: cancellation);
        foreach (Coupling coupling in new[] { Coupling.Immediate, Coupling.Overnight })
        {
            CityModel model = apart with { Coupling = coupling };
            double best = 0;
            CityOutcome outcome = null!;
            for (int i = 0; i < 3; i++)
            {
                TimeSpan before = CpuTime();
                outcome = CityRun.Of(Timeline.Of(model, Start, 365), 1, i, cancellation: cancellation);
                best = Math.Max(best, outcome.Events / (CpuTime() - before).TotalSeconds);
            }
            yield return new Figure("simulation", $"two-level model, offices coupled {coupling.ToString().ToLowerInvariant()}", best, "events/s",
                5_000_000, Better.Higher, null, $"{phuTho.Units} communes, a year, {outcome.Cases:N0} cases, {outcome.Events:N0} events, one core, best of 3, by processor time");
        }
        yield return Scaling(apart with { Coupling = Coupling.Overnight }, cancellation);
        CityModel hue = NationModel.Of(Province.All.Single(p => p.Code == 46)) with { Coupling = Coupling.Immediate };
        long begun = Stopwatch.GetTimestamp();
        CityOutcome year = CityRun.Of(Timeline.Of(hue, Start, 365), 1, cancellation: cancellation);
        yield return new Figure("simulation", "a year of a city of Huế's size", Stopwatch.GetElapsedTime(begun).TotalSeconds, "s", 1,
            Better.Lower, null, $"40 communes, {year.Cases:N0} cases, {year.Events:N0} events, one core");
        progress("the whole country");
        yield return Nation(cancellation, out Figure memory);
        yield return memory;
    }

    // The same eight replications on one thread and on all: the ratio is told, which other work on the machine blurs less than rates.
    private static Figure Scaling(CityModel model, CancellationToken cancellation)
    {
        double SecondsOn(int threads)
        {
            long begun = Stopwatch.GetTimestamp();
            Replications.Run(0, 8, r => CityRun.Of(Timeline.Of(model, Start, 365), 1, r, cancellation: cancellation).Events, threads, cancellation);
            return Stopwatch.GetElapsedTime(begun).TotalSeconds;
        }
        double one = SecondsOn(1);
        int cores = Environment.ProcessorCount;
        return new Figure("simulation", "two-level model, speed-up on all cores", one / SecondsOn(cores), "times", cores * 0.9, Better.Higher, null,
            $"{cores} cores, eight replications of a year of 148 communes");
    }

    private static TimeSpan CpuTime()
    {
        using Process self = Process.GetCurrentProcess();
        return self.TotalProcessorTime;
    }

    private static Figure Nation(CancellationToken cancellation, out Figure memory)
    {
        long begun = Stopwatch.GetTimestamp();
        TimeSpan cpu = CpuTime();
        // The largest first: the last to end is then a small one.
        Province[] provinces = [.. Province.All.OrderByDescending(p => p.Population)];
        (long Cases, long Events)[] done = Replications.Run(
            0,
            provinces.Length,
            i =>
            {
                CityOutcome outcome = CityRun.Of(Timeline.Of(NationModel.Of(provinces[i]), Start, 365), 1, i, cancellation: cancellation);
                return (outcome.Cases, outcome.Events);
            },
            cancellation: cancellation);
        double seconds = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        using Process self = Process.GetCurrentProcess();
        memory = new Figure("simulation", "memory of the national year", self.PeakWorkingSet64 / 1e6, "MB", 2_000, Better.Lower, null,
            "peak of the whole process, the figures before it included");
        return new Figure("simulation", "a year of the whole country", seconds, "s", 60, Better.Lower, null,
            $"34 provinces, {Province.All.Sum(p => p.Units):N0} communes, {done.Sum(d => d.Cases):N0} cases, {done.Sum(d => d.Events):N0} events, "
            + $"{(self.TotalProcessorTime - cpu).TotalSeconds:0} CPU-s, {Environment.ProcessorCount} cores");
    }
}
