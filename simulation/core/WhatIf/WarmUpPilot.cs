using CityTwin.Simulation.City;

namespace CityTwin.Simulation.WhatIf;

/// <summary>Finds how many days a city that starts empty needs until it is as it usually is, from a few runs of the base.</summary>
public static class WarmUpPilot
{
    private const int Runs = 4;

    /// <summary>The days not to count: where MSER-5 cuts the mean backlog by working day; half of the days where they are too few to tell.</summary>
    /// <param name="timeline">The base.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="pace">How it may use the machine.</param>
    /// <param name="cancellation">Ends it.</param>
    public static int DaysOf(Timeline timeline, ulong seed, RunPace? pace = null, CancellationToken cancellation = default)
    {
        CityOutcome[] runs = Replications.Run(0, Runs, r => CityRun.Of(timeline with { WarmUpDays = 0 }, seed, r, null, cancellation), pace, cancellation);
        int[] working = [.. Enumerable.Range(0, timeline.Days).Where(d => runs[0].Backlog[d] is not null)];
        double[] backlog = [.. working.Select(d => runs.Average(r => (double)r.Backlog[d]!.Sum()))];
        int cut = WarmUp.Mser5(backlog);
        return cut < 0 ? timeline.Days / 2 : cut == 0 ? 0 : working[cut];
    }
}
