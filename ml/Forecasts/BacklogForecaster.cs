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
        options = options.For(series);
        KnownDays known = KnownDays.Of(series, options.Horizon);
        double[] values = [.. series.Values.Select((v, t) => v - known.Effects[t])];
        ReadOnlySpan<double> ahead = known.Effects.AsSpan(values.Length);
        SeriesPast past = new(series with { Regressors = [] }, values, 0, values.Length, options.Horizon);
        List<SeriesModel> models = [new SeasonalNaive(0), new SeasonalNaive(1), new Smoothing(), new Theta(), new HarmonicRegression(), new RelativeRegression()];
        if (options.BoostedTrees)
        {
            models.Add(new BoostedTrees());
        }
        Backtest backtest = Backtest.Run(past, models, options);
        Choice choice = Choice.Of(backtest, models);
        double[] point = new double[options.Horizon];
        double[] one = new double[options.Horizon];
        for (int m = 0; m < models.Count; m++)
        {
            if (choice.Weights[m] > 0)
            {
                models[m].Forecast(past, models[m].Fit(past), one);
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd<double>(one, choice.Weights[m], point, point);
            }
        }
        System.Numerics.Tensors.TensorPrimitives.Add(point, ahead, point);
        point = [.. point.Select(options.Clip)];
        double naive = backtest.Error(backtest.Of(0));
        PastErrors errors = new(choice.Made, backtest.Actual, backtest.Days, values, past.LongSeason) { Unsure = known.Unsure, Doubt = series.Doubt };
        Forecast forecast = new(
            series.Name, choice.Name, point, ConformalIntervals.Around(point, errors, options),
            naive > 0 ? backtest.Error(choice.Made) / naive : 1, backtest.Actual.Length);
        return new(forecast, errors);
    }

    /// <summary>A forecast with what the same choice would have said from past origins, and what came true.</summary>
    internal sealed record Judged(Forecast Forecast, PastErrors Errors)
    {
        internal double[][] Made => Errors.Made;

        internal double[][] Actual => Errors.Actual;
    }
}
