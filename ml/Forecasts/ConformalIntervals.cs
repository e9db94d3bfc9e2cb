namespace CityTwin.Ml.Forecasts;

/// <summary>Intervals from the errors a forecast made from past origins (split-conformal prediction).</summary>
/// <remarks>
/// Errors are scaled by how large they usually are that many steps ahead and at that height, and pooled; a level's width is the scaled
/// error of rank ⌈(n+1)·level⌉, so it holds what it promises where the future errs as the past did. Errors that lie close together
/// are much alike: few that are independent widen the intervals as Student's distribution does, and what the series strays by
/// itself counts beside them as two errors would.
/// </remarks>
internal static class ConformalIntervals
{
    private const double PriorErrors = 3;
    private const double PriorSteps = 28; // a shorter history does not even show how far the series strays
    private const double TrustedErrors = 10;
    private const double AbsoluteOfDeviation = 0.7979;

    private static readonly double[] Normal = [0.6745, 1.2816, 1.9600];

    internal static IReadOnlyList<double> Levels { get; } = [0.5, 0.8, 0.95];

    /// <param name="point">The forecast.</param>
    /// <param name="past">How the same choice did from past origins.</param>
    /// <param name="options">How it is forecast.</param>
    internal static IReadOnlyList<ForecastInterval> Around(double[] point, PastErrors past, ForecastOptions options)
    {
        ErrorScale scale = ErrorScale.Of(past, point.Length, options.NonNegative);
        PriorSpread prior = PriorSpread.Of(past, options);
        double independent = past.Independent(scale);
        double[] scaled = [.. past.Actual.SelectMany((a, o) => a.Select((y, h) => Math.Abs(y - past.Made[o][h]) / scale.At(h, past.Made[o][h]))).Order()];
        return [.. Levels.Select((level, l) =>
        {
            double error = Quantile(scaled, level, Normal[l], independent);
            double few = Student(Normal[l], Math.Max(1, independent + (PriorErrors * Math.Min(1, past.History.Length / PriorSteps)))) / Normal[l];
            double[] width = [.. point.Select((p, h) =>
            {
                double known = error * scale.At(h, p);
                double believed = Normal[l] * prior.At(h);
                double square = ((independent * known * known) + (PriorErrors * believed * believed)) / (independent + PriorErrors);
                double unsure = past.Unsure.Length > h ? Normal[l] * past.Unsure[h] : 0;
                return Math.Sqrt((few * few * square) + (unsure * unsure));
            })];
            return new ForecastInterval(
                level,
                [.. point.Select((p, h) => options.Clip(p - width[h]))],
                [.. point.Select((p, h) => options.Clip(p + width[h]))]);
        })];
    }

    // Few errors tell little of their tail: it is drawn to that of the normal distribution.
    private static double Quantile(double[] scaled, double level, double normal, double independent)
    {
        double usual = normal / AbsoluteOfDeviation * scaled.DefaultIfEmpty(0).Average();
        int rank = (int)Math.Ceiling((scaled.Length + 1) * level) - 1;
        double seen = scaled.Length == 0 ? usual : scaled[Math.Clamp(rank, 0, scaled.Length - 1)];
        double trust = independent / (independent + TrustedErrors);
        return (trust * seen) + ((1 - trust) * usual);
    }

    // Hill's expansion of Student's quantile about the normal one; within a tenth from two degrees of freedom on.
    private static double Student(double normal, double freedom)
    {
        double z3 = normal * normal * normal;
        double z5 = z3 * normal * normal;
        return normal + ((z3 + normal) / (4 * freedom)) + (((5 * z5) + (16 * z3) + (3 * normal)) / (96 * freedom * freedom));
    }
}
