namespace CityTwin.Ml.Forecasts;

/// <summary>Intervals from the errors a forecast made from past origins (split-conformal prediction).</summary>
/// <remarks>Errors are scaled by how large they usually are that many steps ahead, and pooled; a level's width is the scaled
/// error of rank ⌈(n+1)·level⌉, so it holds what it promises where the future errs as the past did.</remarks>
internal static class ConformalIntervals
{
    internal static IReadOnlyList<double> Levels { get; } = [0.5, 0.8, 0.95];

    internal static IReadOnlyList<ForecastInterval> Around(double[] point, double[][] made, double[][] actual, ForecastOptions options)
    {
        double[] scale = Scales(made, actual, point.Length);
        List<double> scaled = [];
        for (int o = 0; o < actual.Length; o++)
        {
            for (int h = 0; h < actual[o].Length; h++)
            {
                scaled.Add(Math.Abs(actual[o][h] - made[o][h]) / scale[h]);
            }
        }
        scaled.Sort();
        return [.. Levels.Select(level =>
        {
            int rank = (int)Math.Ceiling((scaled.Count + 1) * level) - 1;
            double width = scaled.Count == 0 ? 0 : scaled[Math.Clamp(rank, 0, scaled.Count - 1)];
            return new ForecastInterval(
                level,
                [.. point.Select((p, h) => options.Clip(p - (width * scale[h])))],
                [.. point.Select((p, h) => options.Clip(p + (width * scale[h])))]);
        })];
    }

    /// <summary>The usual size of an error by steps ahead, smoothed over neighbouring steps and drawn a little to the mean.</summary>
    /// <remarks>Steps so far ahead that no past origin reached them err at least as much as the worst of those that were reached.</remarks>
    private static double[] Scales(double[][] made, double[][] actual, int horizon)
    {
        double[] mean = new double[horizon];
        for (int h = 0; h < horizon; h++)
        {
            (double sum, int count) = (0, 0);
            int reach = Math.Max(1, horizon / 12);
            for (int near = Math.Max(0, h - reach); near <= Math.Min(horizon - 1, h + reach); near++)
            {
                for (int o = 0; o < actual.Length; o++)
                {
                    if (near < actual[o].Length)
                    {
                        sum += Math.Abs(actual[o][near] - made[o][near]);
                        count++;
                    }
                }
            }
            mean[h] = count == 0 ? mean.Max() : sum / count;
        }
        double overall = mean.Average();
        return [.. mean.Select(m => Math.Max(1e-9, (0.7 * m) + (0.3 * overall)))];
    }
}
