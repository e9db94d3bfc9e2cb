using CityTwin.Ml.Forecasts.Models;

namespace CityTwin.Ml.Forecasts;

/// <summary>What days known beforehand, as holidays, add to a series or take from it.</summary>
/// <remarks>
/// Estimated once over the whole history and taken off before candidates compete: the weeks of a backtest seldom hold a Tết, so
/// the candidates that know of it would not be chosen for that.
/// </remarks>
internal static class KnownDays
{
    /// <summary>The effect on each step of history and horizon; all nought where the history is too short to tell.</summary>
    internal static double[] Effects(Series series, int horizon)
    {
        double[] effects = new double[series.Values.Count + horizon];
        SeriesPast past = new(series, [.. series.Values], 0, series.Values.Count, horizon);
        if (series.Regressors.Count == 0 || !new HarmonicRegression().Suits(past))
        {
            return effects;
        }
        double[] coefficients = HarmonicRegression.Coefficients(past);
        for (int r = 0; r < series.Regressors.Count; r++)
        {
            double coefficient = coefficients[coefficients.Length - series.Regressors.Count + r];
            for (int t = 0; t < effects.Length; t++)
            {
                effects[t] += coefficient * series.Regressors[r][t];
            }
        }
        return effects;
    }
}
