using CityTwin.Ml.Forecasts.Models;

namespace CityTwin.Ml.Forecasts;

/// <summary>Forecasts arrivals, completions, backlog and shares: candidates compete in a rolling-origin backtest for each series,
/// and the best of them or their weighted ensemble forecasts with conformal intervals.</summary>
/// <remarks>Stateless and thread-safe; deterministic.</remarks>
public static class BacklogForecaster
{
    /// <summary>Forecasts one series.</summary>
    /// <exception cref="ArgumentException">The series is too short, not finite, or a regressor does not reach over the horizon.</exception>
    public static Forecast Run(Series series, ForecastOptions options) => RunJudged(series, options).Forecast;

    /// <summary>Forecasts many series on the cores there are, in the order given.</summary>
    public static IReadOnlyList<Forecast> Run(IReadOnlyList<Series> series, ForecastOptions options, CancellationToken cancellation) =>
        [.. RunJudged(series, options, cancellation).Select(j => j.Forecast)];

    internal static Judged[] RunJudged(IReadOnlyList<Series> series, ForecastOptions options, CancellationToken cancellation)
    {
        Judged[] made = new Judged[series.Count];
        options.Validate();
        if (options.CoresMax > 1)
        {
            var parallel = new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = options.CoresMax };
            Parallel.For(0, series.Count, parallel, i => made[i] = RunJudged(series[i], options));
            return made;
        }
        for (int i = 0; i < made.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            made[i] = RunJudged(series[i], options);
        }
        return made;
    }

    internal static Judged RunJudged(Series series, ForecastOptions options)
    {
        options.Validate();
        series.Validate(options.Horizon);
        double[] effects = KnownDays.Effects(series, options.Horizon);
        double[] values = [.. series.Values.Select((v, t) => v - effects[t])];
        ReadOnlySpan<double> ahead = effects.AsSpan(values.Length);
        SeriesPast past = new(series with { Regressors = [] }, values, 0, values.Length, options.Horizon);
        List<SeriesModel> models = [new SeasonalNaive(0), new SeasonalNaive(1), new Smoothing(), new Theta(), new HarmonicRegression()];
        if (options.BoostedTrees)
        {
            models.Add(new BoostedTrees());
        }
        Backtest backtest = Backtest.Run(past, models, options);
        (string name, double[] weights, double[][] made) = Choose(backtest, models);
        double[] point = new double[options.Horizon];
        double[] one = new double[options.Horizon];
        for (int m = 0; m < models.Count; m++)
        {
            if (weights[m] > 0)
            {
                models[m].Forecast(past, models[m].Fit(past), one);
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd<double>(one, weights[m], point, point);
            }
        }
        System.Numerics.Tensors.TensorPrimitives.Add(point, ahead, point);
        point = [.. point.Select(options.Clip)];
        double naive = backtest.Error(backtest.Of(0));
        Forecast forecast = new(
            series.Name, name, point, ConformalIntervals.Around(point, made, backtest.Actual, options),
            naive > 0 ? backtest.Error(made) / naive : 1, backtest.Actual.Length);
        return new(forecast, made, backtest.Actual);
    }

    /// <summary>A forecast with what the same choice would have said from past origins, and what came true.</summary>
    internal sealed record Judged(Forecast Forecast, double[][] Made, double[][] Actual);

    private static (string Name, double[] Weights, double[][] Made) Choose(Backtest backtest, List<SeriesModel> models)
    {
        double[] errors = [.. models.Select((_, m) => backtest.Of(m).Length == 0 ? double.PositiveInfinity : backtest.Error(backtest.Of(m)))];
        double least = errors.Min();
        int best = Array.IndexOf(errors, least);
        // The share falls with the square of the error; what is half again as bad as the best only adds noise.
        double[] weights = [.. errors.Select(e => e > 1.5 * least + 1e-12 ? 0 : Math.Pow((least + 1e-12) / (e + 1e-12), 2))];
        double sum = weights.Sum();
        weights = [.. weights.Select(w => w / sum)];
        double[][] mixed = [.. backtest.Actual.Select((_, o) => Mix(backtest, weights, o))];
        if (backtest.Error(mixed) > least && weights.Count(w => w > 0) > 1 && backtest.Error(mixed) > 1.02 * least)
        {
            double[] single = new double[models.Count];
            single[best] = 1;
            return (models[best].Name, single, backtest.Of(best));
        }
        string[] members = [.. models.Select((m, i) => (m.Name, Weight: weights[i])).Where(m => m.Weight > 0)
            .OrderByDescending(m => m.Weight).Select(m => $"{m.Name} {m.Weight:P0}")];
        return (members.Length == 1 ? models[best].Name : $"ensemble of {string.Join(", ", members)}", weights, mixed);
    }

    private static double[] Mix(Backtest backtest, double[] weights, int origin)
    {
        double[] mixed = new double[backtest.Of(0)[origin].Length];
        for (int m = 0; m < weights.Length; m++)
        {
            if (weights[m] > 0)
            {
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd<double>(backtest.Of(m)[origin], weights[m], mixed, mixed);
            }
        }
        return mixed;
    }
}
