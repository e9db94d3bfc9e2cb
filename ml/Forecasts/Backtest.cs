using CityTwin.Ml.Forecasts.Models;

namespace CityTwin.Ml.Forecasts;

/// <summary>What candidates would have forecast from origins in the past.</summary>
/// <remarks>Parameters are fitted to what lies before the first origin and only applied after it: nothing judged was learnt from.</remarks>
internal sealed class Backtest
{
    private readonly double[][][] forecasts;

    private Backtest(double[][][] forecasts, double[][] actual) => (this.forecasts, Actual) = (forecasts, actual);

    /// <summary>What came true, by origin and step.</summary>
    internal double[][] Actual { get; }

    /// <summary>Forecasts of a candidate, by origin and step.</summary>
    internal double[][] Of(int model) => forecasts[model];

    internal static Backtest Run(SeriesPast past, IReadOnlyList<SeriesModel> models, ForecastOptions options)
    {
        int room = past.Count - options.Horizon - Math.Max(Series.LengthMin, Math.Min(past.Count / 2, 2 * past.LongSeason));
        int origins = Math.Clamp((room / options.OriginStep) + 1, 1, options.OriginsMax);
        int[] counts = [.. Enumerable.Range(0, origins).Select(o => past.Count - options.Horizon - ((origins - 1 - o) * options.OriginStep))
            .Select(c => Math.Max(Math.Min(Series.LengthMin, past.Count - 1), c))];
        double[] values = past.Values.ToArray();
        double[][] actual = [.. counts.Select(c => values[c..Math.Min(values.Length, c + options.Horizon)])];
        double[][][] forecasts = new double[models.Count][][];
        for (int m = 0; m < models.Count; m++)
        {
            SeriesPast first = past.Until(counts[0]);
            forecasts[m] = models[m].Suits(first) ? Apply(models[m], models[m].Fit(first), past, counts, options.Horizon) : [];
        }
        return new(forecasts, actual);
    }

    /// <summary>The mean absolute error of forecasts laid out as those of a candidate.</summary>
    internal double Error(double[][] made)
    {
        (double sum, int count) = (0, 0);
        for (int o = 0; o < Actual.Length; o++)
        {
            for (int h = 0; h < Actual[o].Length; h++, count++)
            {
                sum += Math.Abs(made[o][h] - Actual[o][h]);
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private static double[][] Apply(SeriesModel model, double[] parameters, SeriesPast past, int[] counts, int horizon) =>
        [.. counts.Select(c =>
        {
            double[] made = new double[horizon];
            model.Forecast(past.Until(c), parameters, made);
            return made;
        })];
}
