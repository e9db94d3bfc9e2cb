using System.Collections.Immutable;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Scenarios;

namespace CityTwin.Simulation.WhatIf;

/// <summary>Runs variants of a city side by side, replication by replication with common random numbers.</summary>
public static class WhatIfRun
{
    private const int Block = 4;

    /// <summary>Runs all variants; the first is what the others are compared with.</summary>
    /// <param name="title">The run's title.</param>
    /// <param name="variants">Names and timelines, one or more, with the same offices.</param>
    /// <param name="run">How many replications, how precise.</param>
    /// <param name="progress">Told after every replication of a variant, with what is known so far after every few of them; may be called from several threads.</param>
    /// <param name="pace">How it may use the machine; null: all processors. Does not change the outcome.</param>
    /// <param name="cancellation">Ends the run without a result.</param>
    public static WhatIfResult Of(
        string title, IReadOnlyList<(string Name, Timeline Timeline)> variants, ScenarioRun run, Action<RunProgress>? progress = null,
        RunPace? pace = null, CancellationToken cancellation = default)
    {
        if (variants[0].Timeline.FindsWarmUp)
        {
            int found = WarmUpPilot.DaysOf(variants[0].Timeline, run.Seed, pace, cancellation);
            variants = [.. variants.Select(v => (v.Name, v.Timeline with { WarmUpDays = found }))];
        }
        // Other places know the scenario, not the days that were found for it here.
        Func<int, int, ReplicationRecord> simulate = pace?.Elsewhere is { } elsewhere && !variants[0].Timeline.FindsWarmUp
            ? elsewhere
            : (v, r) => Simulate(variants[v].Timeline, run.Seed, r, cancellation);
        RunTally tally = new(title, variants, run, Block);
        int wanted = run.Replications;
        int from = 0;
        while (from < wanted)
        {
            int count = wanted - from;
            int variantCount = variants.Count;
            tally.Begin(wanted, run.Precision is null ? wanted : Math.Max(wanted, tally.Enough()));
            Replications.Run(
                0,
                count * variantCount,
                i =>
                {
                    (int variant, int replication) = (i % variantCount, from + (i / variantCount));
                    RunProgress reached = tally.Take(variant, replication, simulate(variant, replication));
                    progress?.Invoke(reached);
                    return i;
                },
                pace,
                cancellation);
            from = wanted;
            if (run.Precision is { } share && from < run.ReplicationMax && tally.Result().HalfWidth > share * 100)
            {
                wanted = Math.Min(from + Block, run.ReplicationMax);
            }
        }
        return tally.Result();
    }

    /// <summary>Simulates one replication of a variant.</summary>
    public static ReplicationRecord Simulate(Timeline timeline, ulong seed, int replication, CancellationToken cancellation = default) =>
        ReplicationRecord.Of(timeline.Phases[0].Model, CityRun.Of(timeline, seed, replication, null, cancellation));
}

/// <summary>How far a run is.</summary>
/// <param name="Done">Replications of variants that are done.</param>
/// <param name="Total">How many there will be, as far as is known.</param>
public readonly record struct RunProgress(int Done, int Total)
{
    /// <summary>Of a run of variants, after every few replications: what all variants have shown in the first of them; else null.</summary>
    public WhatIfResult? SoFar { get; init; }
}

/// <summary>What a run showed.</summary>
/// <param name="Title">The run's title.</param>
/// <param name="Base">The timeline of the first variant.</param>
/// <param name="Run">How it was run.</param>
/// <param name="Variants">The variants; the first is what the others are compared with.</param>
public sealed record WhatIfResult(string Title, Timeline Base, ScenarioRun Run, ImmutableArray<VariantResult> Variants)
{
    /// <summary>Working days that simplified procedures save.</summary>
    public ImmutableArray<Saving> Savings { get; init; } = [];

    /// <summary>The places of the offices that the changes name.</summary>
    public ImmutableArray<int> Named { get; init; } = [];

    /// <summary>How much the first figure changes when one assumption or lever does; for the tornado chart.</summary>
    public ImmutableArray<Sensitivity> Sensitivities { get; init; } = [];

    /// <summary>The best of several plans, where one was asked for.</summary>
    public PlanChoice? Choice { get; init; }

    /// <summary>What a goal of precision is held against: the widest half-width of the first figure's difference from the first variant, points; of that variant alone, of the figure itself.</summary>
    public double HalfWidth => Variants.Length == 1
        ? Finite(MeanInterval.Of(Variants[0].Metric(0), Run.Confidence).HalfWidth)
        : Variants.Skip(1).Max(v => Finite(MeanInterval.OfDifference(Variants[0].Metric(0), v.Metric(0), Run.Confidence).HalfWidth));

    /// <summary>A quantile of a figure over the replications, with a distribution-free interval; too few replications leave an end open (infinite).</summary>
    public Interval Quantile(int variant, int metric, double share) =>
        QuantileInterval.Of([.. Variants[variant].Metric(metric).Where(double.IsFinite).DefaultIfEmpty(double.NaN)], share, Run.Confidence);

    /// <summary>The interval of a figure of a variant.</summary>
    public Interval Of(int variant, int metric) => MeanInterval.Of(Variants[variant].Metric(metric), Run.Confidence);

    /// <summary>The paired interval of a variant's figure less the first variant's; corrected where several variants compete (Bonferroni).</summary>
    public Interval Difference(int variant, int metric) => MeanInterval.OfDifference(
        Variants[0].Metric(metric), Variants[variant].Metric(metric),
        MultipleComparisons.BonferroniLevel(Run.Confidence, Math.Max(1, Variants.Length - 1)));

    /// <summary>The paired interval of the named offices' share on time together, a variant's less the first one's, points.</summary>
    public Interval NamedDifference(int variant) =>
        MeanInterval.OfDifference(Variants[0].OnTimeOf(Named), Variants[variant].OnTimeOf(Named), Run.Confidence);

    /// <summary>Holm's adjusted p-values of "no difference from the first variant", for variants from the second on.</summary>
    public double[] PValues(int metric) => MultipleComparisons.Holm(
        [.. Enumerable.Range(1, Variants.Length - 1).Select(v => MeanInterval.PValueOfZero(
            Variants[v].Metric(metric).Zip(Variants[0].Metric(metric), (a, b) => a - b).ToArray()))]);

    // Where nothing has a result there is nothing that more replications would tell.
    private static double Finite(double halfWidth) => double.IsFinite(halfWidth) ? halfWidth : 0;
}

/// <summary>The replications of one variant.</summary>
public sealed record VariantResult(string Name, Timeline Timeline, ImmutableArray<ReplicationRecord> Replications)
{
    /// <summary>A figure's values, by replication.</summary>
    public double[] Metric(int metric) => [.. Replications.Select(r => r.Metrics[metric])];

    /// <summary>The share of an office's results on time, by replication; NaN where there was none.</summary>
    public double[] OnTimeOf(int office) => [.. Replications.Select(r => r.Resolved[office] == 0 ? double.NaN : 100.0 * r.OnTime[office] / r.Resolved[office])];

    /// <summary>The share on time of several offices together, by replication; NaN where there was no result.</summary>
    public double[] OnTimeOf(ImmutableArray<int> offices) => [.. Replications.Select(r =>
        offices.Sum(o => r.Resolved[o]) is > 0 and long all ? 100.0 * offices.Sum(o => r.OnTime[o]) / all : double.NaN)];

    /// <summary>The mean working days of an office's results, by replication; NaN where there was none.</summary>
    public double[] DaysOf(int office) => [.. Replications.Select(r => r.Resolved[office] == 0 ? double.NaN : r.Days[office] / r.Resolved[office])];
}

/// <summary>What one assumption's change does.</summary>
/// <param name="Name">What was changed.</param>
/// <param name="Low">The difference of the first figure with less of it.</param>
/// <param name="High">The difference with more of it.</param>
public sealed record Sensitivity(string Name, Interval Low, Interval High);
