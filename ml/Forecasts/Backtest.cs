using CityTwin.Ml.Forecasts.Models;

namespace CityTwin.Ml.Forecasts;

/// <summary>What candidates would have forecast from origins in the past.</summary>
/// <remarks>Parameters are fitted to what lies before the first origin and only applied after it: nothing judged was learnt from.</remarks>
internal sealed class Backtest
{
    private const int WholeOriginsMin = 4;

    private readonly double[][][] forecasts;

    private Backtest(double[][][] forecasts, double[][] actual, int days) => (this.forecasts, Actual, Days) = (forecasts, actual, days);

    /// <summary>How many different steps were forecast from one origin or another.</summary>
    internal int Days { get; }

    /// <summary>What came true, by origin and step.</summary>
    internal double[][] Actual { get; }

    /// <summary>Forecasts of a candidate, by origin and step.</summary>
    internal double[][] Of(int model) => forecasts[model];

    /// <summary>The sums of a candidate's absolute errors, one an origin; empty where it does not suit the series.</summary>
    internal double[] Errors(int model) => [.. forecasts[model].Select((made, o) =>
    {
        double sum = 0;
        for (int h = 0; h < Actual[o].Length; h++)
        {
            sum += Math.Abs(made[h] - Actual[o][h]);
        }
        return sum;
    })];

    internal static Backtest Run(SeriesPast past, IReadOnlyList<SeriesModel> models, ForecastOptions options)
    {
        int[] counts = Origins(past, options);
        double[] values = past.Values.ToArray();
        double[][] actual = [.. counts.Select(c => values[c..Math.Min(values.Length, c + options.Horizon)])];
        double[][][] forecasts = new double[models.Count][][];
        for (int m = 0; m < models.Count; m++)
        {
            SeriesPast first = past.Until(counts[0]);
            forecasts[m] = models[m].Suits(first) ? Apply(models[m], models[m].Fit(first), past, counts, options.Horizon) : [];
        }
        return new(forecasts, actual, values.Length - counts[0]);
    }

    // Where the history holds few whole horizons, what followed origins closer to its end counts too, as far as it is known.
    private static int[] Origins(SeriesPast past, ForecastOptions options)
    {
        int least = Math.Max(Series.LengthMin, Math.Min(past.Count / 2, 2 * past.LongSeason));
        int whole = ((past.Count - options.Horizon - least) / options.OriginStep) + 1;
        if (past.Count - options.Horizon >= least && whole >= Math.Min(WholeOriginsMin, options.OriginsMax))
        {
            int origins = Math.Min(whole, options.OriginsMax);
            return [.. Enumerable.Range(0, origins).Select(o => past.Count - options.Horizon - ((origins - 1 - o) * options.OriginStep))];
        }
        int first = Math.Clamp(past.Count / 2, Math.Min(Series.LengthMin - 1, past.Count - 1), past.Count - 1);
        int room = past.Count - first;
        int step = Math.Max(1, (room + options.OriginsMax - 1) / options.OriginsMax);
        return [.. Enumerable.Range(0, (room + step - 1) / step).Select(o => first + (o * step))];
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
