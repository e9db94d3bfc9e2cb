using CityTwin.Benchmarks.Figures;
using CityTwin.Ml.Forecasts;

namespace CityTwin.Benchmarks.Ml;

/// <summary>Made-up series of the kinds of the public ones: hourly with day and week, daily counts with week and year.</summary>
internal static class MadeSeries
{
    private const int Hours = 48;
    private const int DailySeries = 6; // one alone holds two points more or less by chance

    /// <summary>The same figures as of the public series; targets where they do not depend on the series.</summary>
    internal static IEnumerable<Figure> Figures(CancellationToken cancellation)
    {
        Random random = new(20_261_102);
        double[][] made = [.. Enumerable.Range(0, 40).Select(_ => Hourly(random))];
        Series[] series = [.. made.Select((v, i) => new Series($"made-up {i}", v[..^Hours], [24, 168], []))];
        IReadOnlyList<Forecast> forecasts = BacklogForecaster.Run(series, new() { Horizon = Hours, OriginsMax = 8, OriginStep = 24 }, cancellation);
        (double error, double naive) = (0, 0);
        for (int i = 0; i < made.Length; i++)
        {
            double[] y = made[i];
            double scale = Enumerable.Range(24, y.Length - Hours - 24).Average(t => Math.Abs(y[t] - y[t - 24]));
            error += Enumerable.Range(0, Hours).Average(h => Math.Abs(y[^(Hours - h)] - forecasts[i].Point[h])) / scale / made.Length;
            naive += Enumerable.Range(0, Hours).Average(h => Math.Abs(y[^(Hours - h)] - y[^(168 + Hours - h)])) / scale / made.Length;
        }
        yield return new("ml", "made-up hourly MASE", error, "", null, Better.Lower, naive, $"{made.Length} series, 48 steps; baseline: as a week ago");
        foreach (Figure figure in PublicSeriesFigures.Daily("made-up daily", null, null, [.. Enumerable.Range(0, DailySeries).Select(_ => Daily(random))]))
        {
            yield return figure;
        }
    }

    private static double[] Hourly(Random random)
    {
        double level = 50 + (100 * random.NextDouble());
        double drift = 0;
        return [.. Enumerable.Range(0, 1_000).Select(t =>
        {
            drift = (0.95 * drift) + (level * 0.03 * Normal(random));
            double day = Math.Sin(2 * Math.PI * t / 24) + (0.4 * Math.Cos(4 * Math.PI * t / 24));
            return level * (1 + (0.3 * day) + (t / 24 % 7 >= 5 ? -0.2 : 0)) + drift + (level * 0.02 * Normal(random));
        })];
    }

    private static double[] Daily(Random random) =>
        [.. Enumerable.Range(0, 1_795).Select(t =>
        {
            double mean = 250 * (1 + (0.08 * Math.Sin(2 * Math.PI * t / 365.25)) + (t % 7 == 0 ? 0.12 : t % 7 >= 5 ? -0.06 : 0));
            return Math.Round(mean + (Math.Sqrt(mean) * 1.2 * Normal(random)));
        })];

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
