namespace CityTwin.Ml.Forecasts;

/// <summary>Forecasts of parts and of their sum that agree with each other.</summary>
/// <param name="Method">How they were made to agree: <c>bottom-up</c> or <c>MinT</c>, whichever erred less in the backtest.</param>
/// <param name="Total">The sum's forecast.</param>
/// <param name="Parts">The parts' forecasts, in the order given; their points add up to the sum's.</param>
/// <param name="BottomUpError">The backtest's mean absolute error of the sum, bottom-up.</param>
/// <param name="MinTError">The same by minimum trace.</param>
public sealed record ReconciledForecast(
    string Method, Forecast Total, IReadOnlyList<Forecast> Parts, double BottomUpError, double MinTError);

/// <summary>Communes add up to the city: forecasts each and the sum, and reconciles them.</summary>
/// <remarks>Minimum trace (Wickramasuriya et al., 2019) with error variances on the diagonal, which for one sum over its parts
/// means: the gap between the sum's forecast and the parts' is shared out by how uncertain each is.</remarks>
public static class Hierarchy
{
    private const int PassesMax = 20;
    private const double Least = 1e-9;

    /// <summary>Forecasts and reconciles.</summary>
    /// <param name="name">The sum's name.</param>
    /// <param name="parts">At least one series; all of the same length and seasons.</param>
    /// <param name="options">How to forecast. Shares do not add up: reconcile counts only.</param>
    /// <param name="cancellation">Stops between series.</param>
    /// <exception cref="ArgumentException">No parts, or parts of different lengths.</exception>
    public static ReconciledForecast Run(string name, IReadOnlyList<Series> parts, ForecastOptions options, CancellationToken cancellation)
    {
        if (parts.Count == 0 || parts.Any(p => p.Values.Count != parts[0].Values.Count))
        {
            throw new ArgumentException("A hierarchy needs parts of equal length.", nameof(parts));
        }
        double[] sum = [.. Enumerable.Range(0, parts[0].Values.Count).Select(t => parts.Sum(p => p.Values[t]))];
        BacklogForecaster.Judged[] judged = BacklogForecaster.RunJudged(parts, options, cancellation);
        BacklogForecaster.Judged total = BacklogForecaster.RunJudged(parts[0] with { Name = name, Values = sum, Doubt = parts.Sum(p => p.Doubt) }, options);

        double[] variances = [.. judged.Select(Variance)];
        double pool = Variance(total) + variances.Sum();
        double share = pool > 0 ? variances.Sum() / pool : 0;
        double[][] below = [.. total.Made.Select((_, o) => Added(judged.Select(j => j.Made[o])))];
        double[][] drawn = [.. below.Select((b, o) => Toward(b, total.Made[o], share))];
        (double bottomUp, double minT) = (Error(below, total.Actual), Error(drawn, total.Actual));

        bool draw = minT < bottomUp;
        double[] added = Added(judged.Select(j => (IReadOnlyList<double>)j.Forecast.Point));
        double[] gap = [.. added.Select((a, h) => draw ? total.Forecast.Point[h] - a : 0)];
        Forecast[] agreed = [.. judged.Select((j, i) => Shift(j.Forecast, gap, pool > 0 ? variances[i] / pool : 0, options))];
        double[] point = Added(agreed.Select(f => f.Point));
        Forecast sumForecast = total.Forecast with
        {
            Model = draw ? $"{total.Forecast.Model}, reconciled" : "sum of the parts",
            Point = point,
            Intervals = ConformalIntervals.Around(point, total.Errors with { Made = draw ? drawn : below }, options),
        };
        return new(draw ? "MinT" : "bottom-up", sumForecast, agreed, bottomUp, minT);
    }

    /// <summary>Forecasts another partition of a sum that is forecast already, as services of a city beside its offices, and makes it add up to that.</summary>
    /// <remarks>Minimum trace with the sum's own error taken as nought: the gap is shared out by how uncertain each part is.</remarks>
    /// <param name="total">The sum's forecast; it stands.</param>
    /// <param name="parts">At least one series; a signed one may fall below nought where the sum asks for it.</param>
    /// <param name="options">How to forecast.</param>
    /// <param name="cancellation">Stops between series.</param>
    public static IReadOnlyList<Forecast> Under(Forecast total, IReadOnlyList<Series> parts, ForecastOptions options, CancellationToken cancellation)
    {
        BacklogForecaster.Judged[] judged = BacklogForecaster.RunJudged(parts, options, cancellation);
        double[] variances = [.. judged.Select(Variance)];
        Forecast[] agreed = [.. judged.Select(j => j.Forecast)];

        // A part that would fall below nought stays there, and the others take what it could not.
        for (int pass = 0; pass < PassesMax; pass++)
        {
            double[] gap = [.. Added(agreed.Select(f => f.Point)).Select((a, h) => total.Point[h] - a)];
            double[][] weights = [.. agreed.Select((f, i) => gap.Select((g, h) => g < 0 && f.Point[h] <= 0 && !parts[i].IsSigned ? 0 : variances[i] + Least).ToArray())];
            double[] pool = Added(weights);
            agreed = [.. agreed.Select((f, i) => Shift(f, [.. gap.Select((g, h) => pool[h] > 0 ? g * weights[i][h] / pool[h] : 0)], 1, options.For(parts[i])))];
        }
        return agreed;
    }

    private static double[] Toward(double[] below, double[] above, double share) =>
        [.. below.Select((b, h) => b + (share * (above[h] - b)))];

    private static Forecast Shift(Forecast forecast, double[] gap, double share, ForecastOptions options)
    {
        IReadOnlyList<double> Moved(IReadOnlyList<double> values) => [.. values.Select((v, h) => options.Clip(v + (share * gap[h])))];
        return forecast with
        {
            Point = Moved(forecast.Point),
            Intervals = [.. forecast.Intervals.Select(i => i with { Low = Moved(i.Low), High = Moved(i.High) })],
        };
    }

    private static double[] Added(IEnumerable<IReadOnlyList<double>> rows)
    {
        double[] sum = [];
        foreach (IReadOnlyList<double> row in rows)
        {
            sum = sum.Length == 0 ? [.. row] : [.. sum.Select((s, h) => s + row[h])];
        }
        return sum;
    }

    /// <summary>A forecast with another expectation; its intervals go with it.</summary>
    internal static Forecast MovedTo(Forecast forecast, IReadOnlyList<double> point, ForecastOptions options) =>
        Shift(forecast, [.. point.Select((p, h) => p - forecast.Point[h])], 1, options);

    /// <summary>The mean square of the errors from past origins.</summary>
    internal static double Variance(BacklogForecaster.Judged judged) =>
        judged.Actual.SelectMany((a, o) => a.Select((v, h) => Math.Pow(v - judged.Made[o][h], 2))).DefaultIfEmpty(0).Average();

    private static double Error(double[][] made, double[][] actual) =>
        actual.SelectMany((a, o) => a.Select((v, h) => Math.Abs(v - made[o][h]))).DefaultIfEmpty(0).Average();
}
