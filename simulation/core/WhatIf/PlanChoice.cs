using CityTwin.Simulation.City;
using CityTwin.Simulation.Scenarios;

namespace CityTwin.Simulation.WhatIf;

/// <summary>Which of several plans has the largest share on time, with a stated probability of being right.</summary>
/// <param name="Variant">The place of the best plan among the variants, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="IsDecided">False when the limit on replications came first: then it looks best.</param>
/// <param name="Indifference">Differences of so many points do not matter.</param>
/// <param name="Confidence">The probability of the right choice, 0 to 1.</param>
/// <param name="Means">Each plan's share on time, %, over the replications that it was given.</param>
/// <param name="Replications">How many replications each plan was given: losers drop out early.</param>
public sealed record PlanChoice(
    int Variant, string Name, bool IsDecided, double Indifference, double Confidence, double[] Means, int[] Replications)
{
    /// <summary>Chooses among the variants of a run but the first; replications that were run already are not run again.</summary>
    /// <param name="result">What was run: three variants or more, the first of which is the base.</param>
    /// <param name="indifference">The smallest difference worth finding, points, above 0.</param>
    /// <param name="progress">Told after every replication of a plan.</param>
    /// <param name="cancellation">Ends it without a choice.</param>
    /// <exception cref="ArgumentException">There are fewer than two plans.</exception>
    public static PlanChoice Of(WhatIfResult result, double indifference, Action<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        VariantResult[] plans = [.. result.Variants.Skip(1)];
        if (plans.Length < 2)
        {
            throw new ArgumentException("a choice needs two plans or more", nameof(result));
        }
        int done = 0;
        ScenarioRun run = result.Run;
        Selection chosen = SelectTheBest.Largest(
            plans.Length,
            (plan, replication) =>
            {
                cancellation.ThrowIfCancellationRequested();
                double share = replication < plans[plan].Replications.Length
                    ? plans[plan].Replications[replication].Metrics[0]
                    : 100 * CityRun.Of(plans[plan].Timeline, run.Seed, replication, null, cancellation).OnTimeShare;
                progress?.Invoke(new RunProgress(++done, Math.Max(done + 1, plans.Length * run.Replications)));
                return share;
            },
            indifference,
            run.Confidence,
            replicationMax: Math.Max(run.ReplicationMax, plans[0].Replications.Length));
        return new PlanChoice(
            chosen.Best + 1, plans[chosen.Best].Name, chosen.IsDecided, indifference, run.Confidence, chosen.Means, chosen.Replications);
    }
}
