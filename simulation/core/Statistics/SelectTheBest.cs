namespace CityTwin.Simulation;

/// <summary>Finds which of several plans is best, with a stated probability of being right.</summary>
/// <remarks>
/// The fully sequential procedure KN of Kim and Nelson, "A fully sequential procedure for indifference-zone selection in
/// simulation", ACM TOMACS 11 (2001), with c = 1. Common random numbers between the plans are allowed and make it stop sooner.
/// </remarks>
public static class SelectTheBest
{
    /// <summary>Selects the plan with the largest mean.</summary>
    /// <param name="plans">How many plans compete, 2 or more.</param>
    /// <param name="observe">The observation of a plan in a replication, counted from 0. Called once for each pair.</param>
    /// <param name="indifference">The smallest difference worth finding, above 0: plans closer to the best are as good.</param>
    /// <param name="confidence">The probability of the right choice, above 1/plans and below 1.</param>
    /// <param name="first">Replications before the first elimination, 5 or more.</param>
    /// <param name="replicationMax">Where to stop undecided and name the one that looks best.</param>
    public static Selection Largest(
        int plans, Func<int, int, double> observe, double indifference, double confidence = 0.95, int first = 10, int replicationMax = 10_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(plans, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 5);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(indifference);
        double[][] seen = [.. Enumerable.Range(0, plans).Select(p => Enumerable.Range(0, first).Select(r => observe(p, r)).ToArray())];
        double[] sums = [.. seen.Select(s => s.Sum())];
        double eta = (Math.Pow(2 * (1 - confidence) / (plans - 1), -2.0 / (first - 1)) - 1) / 2;
        double hSquared = 2 * eta * (first - 1);
        double[,] variance = new double[plans, plans];
        for (int i = 0; i < plans; i++)
        {
            for (int j = 0; j < plans; j++)
            {
                variance[i, j] = MeanInterval.VarianceOf(seen[i].Zip(seen[j], (a, b) => a - b).ToArray());
            }
        }
        List<int> alive = [.. Enumerable.Range(0, plans)];
        int[] used = new int[plans];
        Array.Fill(used, first);
        int replication = first;
        while (true)
        {
            alive = [.. alive.Where(i => alive.All(j => j == i || !IsWorse(i, j)))];
            if (alive.Count == 1 || replication >= replicationMax)
            {
                int best = alive.MaxBy(i => sums[i]);
                return new Selection(best, alive.Count == 1, [.. sums.Select((s, i) => s / used[i])], used);
            }
            foreach (int i in alive)
            {
                sums[i] += observe(i, replication);
                used[i]++;
            }
            replication++;
        }

        bool IsWorse(int i, int j)
        {
            double room = (hSquared * variance[i, j] / (2 * indifference)) - (indifference * replication / 2);
            double behind = sums[j] - sums[i];
            // Without variance and behind by nothing the two are the same plan: the later one goes.
            return behind > Math.Max(0, room) || (behind == 0 && room <= 0 && i > j);
        }
    }
}

/// <summary>The outcome of a selection.</summary>
/// <param name="Best">The plan, from 0.</param>
/// <param name="IsDecided">False when the limit on replications came first.</param>
/// <param name="Means">The mean of every plan over the replications it was given.</param>
/// <param name="Replications">How many replications each plan was given: losers drop out early.</param>
public sealed record Selection(int Best, bool IsDecided, double[] Means, int[] Replications);
