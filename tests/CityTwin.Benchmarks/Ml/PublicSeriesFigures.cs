using System.Globalization;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Ml.Forecasts;

namespace CityTwin.Benchmarks.Ml;

/// <summary>The forecaster on public series, where <c>CITYTWIN_BENCH_SERIES</c> names a folder that has them; else on made-up ones of their kind.</summary>
public sealed class PublicSeriesFigures : IFigureSource
{
    private const double NaiveSmape = 18.383; // Naive 2 of the M4 competition, hourly
    private const double NaiveMase = 2.395;

    /// <inheritdoc/>
    public string Area => "ml";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        if (Environment.GetEnvironmentVariable("CITYTWIN_BENCH_SERIES") is not { Length: > 0 } folder)
        {
            progress("made-up series");
            foreach (Figure figure in MadeSeries.Figures(cancellation))
            {
                yield return figure;
            }
            yield break;
        }
        progress("M4 hourly");
        foreach (Figure figure in Hourly(Rows(Path.Combine(folder, "m4-hourly-train.csv")), Rows(Path.Combine(folder, "m4-hourly-test.csv")), cancellation))
        {
            yield return figure;
        }
        progress("emergency department");
        foreach (Figure figure in Daily("ED daily", 10.94, 0.888, [.. File.ReadLines(Path.Combine(folder, "ed-daily.csv")).Skip(1).Select(l => double.Parse(l.Split(',')[1], CultureInfo.InvariantCulture))]))
        {
            yield return figure;
        }
    }

    private static double[][] Rows(string path) => [.. File.ReadLines(path).Skip(1).Select(l => l.Split(',').Skip(1).Select(c => c.Trim('"'))
        .Where(c => c is not ("" or "NA")).Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray())];

    private static IEnumerable<Figure> Hourly(double[][] train, double[][] test, CancellationToken cancellation)
    {
        Series[] series = [.. train.Select((v, i) => new Series($"H{i + 1}", v, [24, 168], []))];
        IReadOnlyList<Forecast> made = BacklogForecaster.Run(series, new() { Horizon = 48, OriginsMax = 8, OriginStep = 24 }, cancellation);
        (double smape, double mase, double msis) = (0, 0, 0);
        for (int i = 0; i < made.Count; i++)
        {
            double scale = Enumerable.Range(24, train[i].Length - 24).Average(t => Math.Abs(train[i][t] - train[i][t - 24]));
            for (int h = 0; h < 48; h++)
            {
                (double y, double f) = (test[i][h], made[i].Point[h]);
                ForecastInterval interval = made[i].Intervals[2];
                double miss = 40 * (Math.Max(0, interval.Low[h] - y) + Math.Max(0, y - interval.High[h]));
                smape += 200 * Math.Abs(y - f) / (Math.Abs(y) + Math.Abs(f) + 1e-12) / 48 / made.Count;
                mase += Math.Abs(y - f) / scale / 48 / made.Count;
                msis += (interval.High[h] - interval.Low[h] + miss) / scale / 48 / made.Count;
            }
        }
        string conditions = $"{made.Count} series, 48 steps; sMAPE {smape:0.000}, MASE {mase:0.000}";
        yield return new("ml", "M4 Hourly OWA", 0.5 * ((smape / NaiveSmape) + (mase / NaiveMase)), "", 0.6, Better.Lower, 0.627, conditions);
        yield return new("ml", "M4 Hourly 95 % MSIS", msis, "", 8, Better.Lower, 8.72, conditions);
    }

    internal static IEnumerable<Figure> Daily(string name, double? naivePinball, double? naiveError, params double[][] all)
    {
        double scale = all.Average(y => Enumerable.Range(7, y.Length - 365 - 7).Average(t => Math.Abs(y[t] - y[t - 7])));
        List<(Forecast Forecast, double[] Happened)> made = [];
        foreach (double[] y in all)
        {
            for (int origin = y.Length - 365; origin <= y.Length - 14; origin += 7)
            {
                Series series = new("arrivals", y[(origin - 1096)..origin], [7, 365.25], []);
                made.Add((BacklogForecaster.Run(series, new() { Horizon = 14 }), y[origin..(origin + 14)]));
            }
        }
        ForecastScore[] scores = [.. made.Select(m => ForecastScore.Of(m.Forecast, m.Happened))];
        // The protocol's pinball loss leaves the 50 % interval out.
        double pinball = made.Average(m => ForecastScore.Of(m.Forecast with { Intervals = [m.Forecast.Intervals[1], m.Forecast.Intervals[2]] }, m.Happened).Pinball);
        string conditions = $"{made.Count} weekly origins of {all.Length} series, 14 days, 1,096 days to learn from";
        yield return new("ml", $"{name} mean pinball", pinball, "arrivals", naivePinball is null ? null : 10.9, Better.Lower, naivePinball, conditions);
        yield return new("ml", $"{name} MASE", scores.Average(s => s.MeanAbsoluteError) / scale, "", naiveError is null ? null : 0.885, Better.Lower, naiveError, conditions);
        yield return new("ml", $"{name}, 80 % coverage off by", Math.Abs(100 * scores.Average(s => s.Coverage[1]) - 80), "points", 2, Better.Lower, null, conditions);
        yield return new("ml", $"{name}, 95 % coverage off by", Math.Abs(100 * scores.Average(s => s.Coverage[2]) - 95), "points", 2, Better.Lower, null, conditions);
    }
}
