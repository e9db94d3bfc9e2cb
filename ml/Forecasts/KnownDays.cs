using CityTwin.Ml.Forecasts.Models;

namespace CityTwin.Ml.Forecasts;

/// <summary>What days known beforehand, as holidays, add to a series or take from it.</summary>
/// <remarks>
/// Estimated once over the whole history and taken off before candidates compete: the weeks of a backtest seldom hold a Tết, so
/// the candidates that know of it would not be chosen for that. A day takes so much, or such a share of what its place in the
/// season usually brings (a Sunday loses little by a holiday), whichever fits the history better.
/// </remarks>
/// <param name="Effects">The effect on each step of history and horizon; all nought where the history is too short to tell.</param>
/// <param name="Unsure">The further standard deviation of each step of the horizon, for not knowing the effect well; above all on a kind
/// of day that never was in the history.</param>
internal sealed record KnownDays(double[] Effects, double[] Unsure)
{
    internal static KnownDays Of(Series series, int horizon)
    {
        int count = series.Values.Count;
        if (series.Regressors.Count == 0)
        {
            return new(new double[count + horizon], []);
        }
        Fitted best = Fitted.Of(series, series.Regressors, horizon);
        double[] usual = Usual(series);
        if (usual.Length > 1)
        {
            double[][] shares = [.. series.Regressors.Select(r => r.Select((x, t) => x * usual[t % usual.Length]).ToArray())];
            Fitted relative = Fitted.Of(series, shares, horizon);
            best = relative.Squares < best.Squares ? relative : best;
        }
        return new(best.Effects, [.. Enumerable.Range(0, horizon).Select(h => Further(series, best, count + h))]);
    }

    // What a place in the season brings beside the mean of all, on days that nothing is known of.
    private static double[] Usual(Series series)
    {
        int season = series.Seasons.Count > 0 && series.Values.Count >= 3 * series.Seasons[0] ? (int)series.Seasons[0] : 1;
        (double[] sum, int[] count) = (new double[season], new int[season]);
        for (int t = 0; t < series.Values.Count; t++)
        {
            if (series.Regressors.All(r => r[t] == 0))
            {
                sum[t % season] += series.Values[t];
                count[t % season]++;
            }
        }
        double[] usual = [.. sum.Select((s, i) => count[i] == 0 ? 0 : s / count[i])];
        double mean = usual.Average();
        return mean > 0 && usual.All(u => u >= 0) ? [.. usual.Select(u => u / mean)] : [];
    }

    private static double Further(Series series, Fitted fitted, int step)
    {
        double square = 0;
        foreach (IReadOnlyList<double> regressor in series.Regressors.Where(r => r[step] != 0))
        {
            (double misses, int seen) = (0, 0);
            for (int t = 0; t < series.Values.Count; t++)
            {
                if (regressor[t] != 0)
                {
                    (misses, seen) = (misses + (fitted.Misses[t] * fitted.Misses[t]), seen + 1);
                }
            }
            double apart = Spread(series.Values);
            square += seen == 0 || fitted.Misses.Length == 0 ? apart * apart
                : Math.Max(0, (misses / seen * (1 + (1.0 / seen))) - (fitted.Squares / series.Values.Count));
        }
        return Math.Sqrt(square);
    }

    private static double Spread(IReadOnlyList<double> values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    /// <summary>A regression on the season, a trend and what is known beforehand.</summary>
    private sealed record Fitted(double[] Effects, double[] Misses, double Squares)
    {
        internal static Fitted Of(Series series, IReadOnlyList<IReadOnlyList<double>> regressors, int horizon)
        {
            int count = series.Values.Count;
            double[] effects = new double[count + horizon];
            SeriesPast past = new(series with { Regressors = regressors }, [.. series.Values], 0, count, horizon);
            if (!new HarmonicRegression().Suits(past))
            {
                return new(effects, [], double.PositiveInfinity);
            }
            double[] coefficients = HarmonicRegression.Coefficients(past);
            for (int r = 0; r < regressors.Count; r++)
            {
                double coefficient = coefficients[coefficients.Length - regressors.Count + r];
                for (int t = 0; t < effects.Length; t++)
                {
                    effects[t] += coefficient * regressors[r][t];
                }
            }
            double[] misses = [.. past.Values.ToArray().Zip(HarmonicRegression.Values(past, coefficients), (v, f) => v - f)];
            return new(effects, misses, misses.Sum(m => m * m));
        }
    }
}
