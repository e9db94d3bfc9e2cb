using System.Collections.Immutable;

namespace CityTwin.Simulation.WhatIf;

/// <summary>How one of several plans stands among them, by the share on time.</summary>
/// <param name="Variant">Its place among the variants, from 1.</param>
/// <param name="OnTime">Its share on time, %.</param>
/// <param name="BestProbability">How often it has the largest mean when the replications are drawn anew from those that were run, 0 to 1; all plans' sum to 1.</param>
/// <remarks>
/// Bootstrap over paired replications (Efron, 1979): every draw takes the same replications for all plans, so that what they have in common
/// does not count. With few replications it is too sure of itself; a choice with a stated probability is <see cref="PlanChoice"/>.
/// </remarks>
public sealed record PlanRank(int Variant, Interval OnTime, double BestProbability)
{
    private const int Draws = 4_000;

    /// <summary>The variants but the first, the one that is likeliest the best first; empty for fewer than two.</summary>
    /// <param name="result">What was run.</param>
    public static ImmutableArray<PlanRank> Of(WhatIfResult result)
    {
        int plans = result.Variants.Length - 1;
        if (plans < 2)
        {
            return [];
        }
        double[][] shares = [.. result.Variants.Skip(1).Select(v => v.Metric(0))];
        int[] told = [.. Enumerable.Range(0, shares[0].Length).Where(r => shares.All(s => double.IsFinite(s[r])))];
        double[] wins = told.Length == 0 ? [.. shares.Select(_ => 1.0 / plans)] : Wins(shares, told, result.Run.Seed);
        return [.. Enumerable.Range(0, plans)
            .Select(p => new PlanRank(p + 1, result.Of(p + 1, 0), wins[p]))
            .OrderByDescending(p => p.BestProbability).ThenByDescending(p => p.OnTime.Estimate)];
    }

    private static double[] Wins(double[][] shares, int[] told, ulong seed)
    {
        RandomStream chance = RandomStream.Of(seed, StreamPurpose.Resampling, shares.Length, told.Length);
        double[] wins = new double[shares.Length];
        double[] sums = new double[shares.Length];
        for (int draw = 0; draw < Draws; draw++)
        {
            Array.Clear(sums);
            for (int i = 0; i < told.Length; i++)
            {
                int replication = told[(int)(chance.NextUnit() * told.Length)];
                for (int p = 0; p < sums.Length; p++)
                {
                    sums[p] += shares[p][replication];
                }
            }
            // Plans that did exactly alike share the draw.
            double best = sums.Max();
            int alike = sums.Count(s => s == best);
            for (int p = 0; p < sums.Length; p++)
            {
                wins[p] += sums[p] == best ? 1.0 / alike / Draws : 0;
            }
        }
        return wins;
    }
}
