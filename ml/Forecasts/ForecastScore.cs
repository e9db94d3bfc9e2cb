namespace CityTwin.Ml.Forecasts;

/// <summary>How a forecast did, once it is known what happened.</summary>
/// <param name="Steps">How many steps are known.</param>
/// <param name="MeanAbsoluteError">In the series' unit.</param>
/// <param name="Pinball">The mean of 2·max(q·(y−f), (q−1)·(y−f)) over the interval ends and the point as the median.</param>
/// <param name="Coverage">The share of outcomes within each interval, in the order of the forecast's intervals.</param>
public sealed record ForecastScore(int Steps, double MeanAbsoluteError, double Pinball, IReadOnlyList<double> Coverage)
{
    /// <summary>Scores a forecast against what happened; later steps not yet known do not count.</summary>
    /// <exception cref="ArgumentException">Nothing is known.</exception>
    public static ForecastScore Of(Forecast forecast, IReadOnlyList<double> happened)
    {
        int steps = Math.Min(happened.Count, forecast.Point.Count);
        if (steps == 0)
        {
            throw new ArgumentException("Nothing is known of what happened.", nameof(happened));
        }
        (double error, double pinball) = (0, 0);
        int[] within = new int[forecast.Intervals.Count];
        for (int h = 0; h < steps; h++)
        {
            double y = happened[h];
            error += Math.Abs(y - forecast.Point[h]);
            pinball += Loss(0.5, forecast.Point[h], y);
            for (int i = 0; i < within.Length; i++)
            {
                ForecastInterval interval = forecast.Intervals[i];
                double tail = (1 - interval.Level) / 2;
                pinball += Loss(tail, interval.Low[h], y) + Loss(1 - tail, interval.High[h], y);
                within[i] += interval.Low[h] <= y && y <= interval.High[h] ? 1 : 0;
            }
        }
        return new(steps, error / steps, pinball / steps / (1 + (2 * within.Length)), [.. within.Select(w => w / (double)steps)]);
    }

    private static double Loss(double quantile, double forecast, double happened) =>
        2 * Math.Max(quantile * (happened - forecast), (quantile - 1) * (happened - forecast));
}
