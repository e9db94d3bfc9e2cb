using System.Text.Json;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Simulation;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Runs side by side, over the same chance.</summary>
/// <param name="Runs">The runs, in the order asked for.</param>
/// <param name="Replications">The pairs that all of them have.</param>
/// <param name="Confidence">The level of the intervals, before they are widened for the number of comparisons (Bonferroni).</param>
/// <param name="Figures">Each figure.</param>
internal sealed record ComparisonAnswer(IReadOnlyList<ComparedRun> Runs, int Replications, double Confidence, IReadOnlyList<ComparedFigure> Figures);

/// <summary>A run of a comparison.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Name">Its name.</param>
internal sealed record ComparedRun(long Id, string Name);

/// <summary>One figure of all runs.</summary>
/// <param name="Key">As on_time_share.</param>
/// <param name="Name">In words.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="IsHigherBetter">The direction of better.</param>
/// <param name="Base">Without any changes.</param>
/// <param name="Values">Each run's, in order.</param>
/// <param name="FromBase">Each run's paired difference from the base.</param>
/// <param name="PValues">Holm's adjusted p-value of "no difference from the base" for each run.</param>
/// <param name="Between">The paired differences of every two runs.</param>
internal sealed record ComparedFigure(
    string Key, string Name, string Unit, bool IsHigherBetter, EstimateReading Base, IReadOnlyList<EstimateReading> Values,
    IReadOnlyList<EstimateReading> FromBase, IReadOnlyList<double?> PValues, IReadOnlyList<RunDifference> Between);

/// <summary>One run's figure less another's.</summary>
/// <param name="Run">The run.</param>
/// <param name="Less">The run that is taken off.</param>
/// <param name="Difference">The difference.</param>
internal sealed record RunDifference(long Run, long Less, EstimateReading Difference);

/// <summary>Compares runs.</summary>
internal static class RunComparison
{
    /// <summary>The most runs that are compared at once.</summary>
    public const int Max = 6;

    /// <summary>Compares runs of one base, moment and seed.</summary>
    /// <exception cref="ProblemException">One has no result, or they do not share what makes pairs.</exception>
    public static ComparisonAnswer Of(IReadOnlyList<RunReading> runs, RunQueue queue)
    {
        if (runs.FirstOrDefault(r => r.Status != RunStatus.Done || r.PairingKey is null) is { } without)
        {
            throw new ProblemException(RunProblems.NotComparable($"run {without.Id} is {Words<RunStatus>.Of(without.Status)} or no run of a scenario"));
        }
        if (runs.FirstOrDefault(r => r.PairingKey != runs[0].PairingKey) is { } other)
        {
            throw new ProblemException(RunProblems.NotComparable(
                $"runs {runs[0].Id} and {other.Id} differ in their base, days, moment or seed: what came in differs too"));
        }
        PairedFigures[] figures = [.. runs.Select(r => Read(queue, r.Id))];
        int pairs = figures.Min(f => f.Base[0].Length);
        double confidence = figures[0].Confidence;
        return new ComparisonAnswer(
            [.. runs.Select(r => new ComparedRun(r.Id, r.Name))], pairs, confidence,
            [.. Metric.All.Select((m, k) => Figure(m, k, runs, figures, pairs, confidence))]);
    }

    private static ComparedFigure Figure(Metric metric, int k, IReadOnlyList<RunReading> runs, PairedFigures[] figures, int pairs, double confidence)
    {
        double[] before = figures[0].Base[k][..pairs];
        double[][] values = [.. figures.Select(f => (f.Changed ?? f.Base)[k][..pairs])];
        double fromBase = MultipleComparisons.BonferroniLevel(confidence, runs.Count);
        double between = MultipleComparisons.BonferroniLevel(confidence, Math.Max(1, runs.Count * (runs.Count - 1) / 2));
        double[] p = MultipleComparisons.Holm([.. values.Select(v => MeanInterval.PValueOfZero(v.Zip(before, (a, b) => a - b).ToArray()))]);
        var differences = new List<RunDifference>();
        for (int a = 0; a < runs.Count; a++)
        {
            for (int b = a + 1; b < runs.Count; b++)
            {
                differences.Add(new RunDifference(runs[b].Id, runs[a].Id, EstimateReading.Of(MeanInterval.OfDifference(values[a], values[b], between))));
            }
        }
        return new ComparedFigure(
            metric.Key, metric.Name, metric.Unit, metric.IsHigherBetter, EstimateReading.Of(MeanInterval.Of(before, confidence)),
            [.. values.Select(v => EstimateReading.Of(MeanInterval.Of(v, confidence)))],
            [.. values.Select(v => EstimateReading.Of(MeanInterval.OfDifference(before, v, fromBase)))],
            [.. p.Select(v => double.IsFinite(v) ? (double?)v : null)], differences);
    }

    private static PairedFigures Read(RunQueue queue, long id) =>
        queue.PathOf(id, PairedFigures.FileName) is { } path && JsonSerializer.Deserialize(File.ReadAllText(path), RunJson.Default.PairedFigures) is { } figures
            ? figures
            : throw new ProblemException(RunProblems.NotComparable($"the figures of run {id} are not there any more"));
}
