namespace CityTwin.Simulation;

/// <summary>Keeps the chance of one false alarm among many comparisons at the level asked for.</summary>
public static class MultipleComparisons
{
    /// <summary>The level that each of some intervals needs for all of them to hold together at <paramref name="level"/> (Bonferroni).</summary>
    public static double BonferroniLevel(double level, int comparisons) =>
        comparisons < 1
            ? throw new ArgumentOutOfRangeException(nameof(comparisons), comparisons, "1 or more")
            : 1 - ((1 - level) / comparisons);

    /// <summary>Holm's adjusted p-values, in the order given: significant at α where the adjusted value is at most α.</summary>
    /// <remarks>Holm, "A simple sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6 (1979).</remarks>
    public static double[] Holm(ReadOnlySpan<double> pValues)
    {
        double[] p = pValues.ToArray();
        int[] order = [.. Enumerable.Range(0, p.Length)];
        Array.Sort(pValues.ToArray(), order);
        double[] adjusted = new double[p.Length];
        double highest = 0;
        for (int i = 0; i < order.Length; i++)
        {
            highest = Math.Max(highest, Math.Min(1, p[order[i]] * (p.Length - i)));
            adjusted[order[i]] = highest;
        }
        return adjusted;
    }
}
