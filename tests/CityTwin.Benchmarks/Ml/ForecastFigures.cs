using System.Diagnostics;
using System.Runtime.CompilerServices;
using CityTwin.Benchmarks.Figures;
using CityTwin.Ml.Forecasts;

namespace CityTwin.Benchmarks.Ml;

/// <summary>Forecasts of made-up offices: speed for the whole country, error and coverage against what was then drawn.</summary>
public sealed class ForecastFigures : IFigureSource
{
    private const int Horizon = 28;

    /// <inheritdoc/>
    public string Area => "ml";

    /// <inheritdoc/>
    public async IAsyncEnumerable<Figure> MeasureAsync(Action<string> progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        progress("3,321 communes");
        (Series[] series, double[][] future) = Communes(3321, new DateOnly(2024, 11, 1));
        ForecastOptions options = new() { BoostedTrees = false, OriginsMax = 12, Horizon = Horizon };
        long start = Stopwatch.GetTimestamp();
        IReadOnlyList<Forecast> made = BacklogForecaster.Run(series, options, cancellation);
        yield return new("ml", "3,321 communes, 28 days, with intervals", Stopwatch.GetElapsedTime(start).TotalSeconds, "s", 30, Better.Lower, null, $"two years of days each, 12 origins, {Environment.ProcessorCount} cores");
        ForecastScore[] scores = [.. made.Select((f, i) => ForecastScore.Of(f, future[i]))];
        double naive = series.Select((s, i) => Enumerable.Range(0, Horizon).Average(h => Math.Abs(future[i][h] - s.Values[^(7 - (h % 7))]))).Average();
        yield return new("ml", "error, daily dossiers of made-up communes", scores.Average(s => s.MeanAbsoluteError), "dossiers", null, Better.Lower, naive, "mean absolute, 28 days; baseline: seasonal naive");
        foreach (Figure figure in Coverage("3,321 communes × 28 days in November", scores))
        {
            yield return figure;
        }
        progress("over Tết");
        (Series[] before, double[][] during) = Communes(332, new DateOnly(2025, 1, 30));
        foreach (Figure figure in Coverage("332 communes × 28 days over Tết", [.. BacklogForecaster.Run(before, options, cancellation).Select((f, i) => ForecastScore.Of(f, during[i]))]))
        {
            yield return figure;
        }
        progress("hierarchy");
        ReconciledForecast agreed = Hierarchy.Run("city", series[..168], options, cancellation);
        yield return new("ml", $"city total, backtest error ({agreed.Method})", Math.Min(agreed.BottomUpError, agreed.MinTError), "dossiers", null, Better.Lower, Math.Max(agreed.BottomUpError, agreed.MinTError), "168 communes; baseline: the other method");
    }

    private static IEnumerable<Figure> Coverage(string conditions, ForecastScore[] scores)
    {
        foreach ((int level, int promised) in new[] { (1, 80), (2, 95) })
        {
            double held = 100 * scores.Average(s => s.Coverage[level]);
            yield return new("ml", $"{promised} % intervals off by, {conditions}", Math.Abs(held - promised), "points", 2, Better.Lower, null, $"they held {held:0.0} %");
        }
    }

    private static (Series[] Series, double[][] Future) Communes(int count, DateOnly first)
    {
        const int Days = 730;
        IReadOnlyList<IReadOnlyList<double>> holidays = VietnameseCalendar.Regressors(first, Days + Horizon, new HashSet<DateOnly>());
        Random random = new(20_261_101);
        Series[] series = new Series[count];
        double[][] future = new double[count][];
        for (int c = 0; c < count; c++)
        {
            double level = 8 + (60 * random.NextDouble());
            double[] values = new double[Days + Horizon];
            for (int d = 0; d < values.Length; d++)
            {
                int weekday = (int)first.AddDays(d).DayOfWeek;
                double week = weekday switch { 0 => 0.05, 6 => 0.2, 1 => 1.4, _ => 1.1 };
                double off = (holidays[1][d] > 0 || holidays[3][d] > 0 ? 0.1 : 1) + (0.3 * holidays[0][d]) + (0.25 * holidays[2][d]);
                double mean = level * week * off * (1 + (0.15 * Math.Sin(d / 58.0)));
                double noise = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                values[d] = Math.Max(0, Math.Round(mean + (noise * Math.Sqrt(mean + 0.1))));
            }
            series[c] = new($"commune {c}", values[..Days], [7, 365.25], holidays);
            future[c] = values[Days..];
        }
        return (series, future);
    }
}
