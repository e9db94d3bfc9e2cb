namespace CityTwin.Ml.Forecasts.Models;

/// <summary>The Theta method (Assimakopoulos and Nikolopoulos, 2000): half the long-run slope, the level by smoothing, on
/// values without their season.</summary>
internal sealed class Theta : SeriesModel
{
    internal override string Name => "Theta";

    internal override double[] Fit(SeriesPast past)
    {
        double[] flat = Flatten(past, out _);
        (double best, double least) = (0.1, double.PositiveInfinity);
        foreach (double alpha in (ReadOnlySpan<double>)[0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.45, 0.6, 0.8])
        {
            double level = flat[0];
            double squares = 0;
            foreach (double value in flat)
            {
                squares += (value - level) * (value - level);
                level += alpha * (value - level);
            }
            (best, least) = squares < least ? (alpha, squares) : (best, least);
        }
        return [best];
    }

    internal override void Forecast(SeriesPast past, double[] parameters, Span<double> into)
    {
        double[] flat = Flatten(past, out double[] profile);
        double level = flat[0];
        double middle = (flat.Length - 1) / 2.0;
        (double cross, double square) = (0, 0);
        for (int t = 0; t < flat.Length; t++)
        {
            level += parameters[0] * (flat[t] - level);
            cross += (t - middle) * flat[t];
            square += (t - middle) * (t - middle);
        }
        double slope = cross / square;
        double lag = (1 - Math.Pow(1 - parameters[0], flat.Length)) / parameters[0];
        for (int h = 0; h < into.Length; h++)
        {
            into[h] = level + (0.5 * slope * (h + lag)) + profile[(past.Count + h) % profile.Length];
        }
    }

    private static double[] Flatten(SeriesPast past, out double[] profile)
    {
        profile = SeasonalProfile.Of(past.Values, past.LongSeason);
        double[] flat = past.Values.ToArray();
        for (int t = 0; t < flat.Length; t++)
        {
            flat[t] -= profile[t % profile.Length];
        }
        return flat;
    }
}
