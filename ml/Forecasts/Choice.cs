using CityTwin.Ml.Forecasts.Models;

namespace CityTwin.Ml.Forecasts;

/// <summary>What forecasts a series: one candidate or the weighted ensemble of them, by how they did in the backtest.</summary>
/// <param name="Name">The model, or the members with their weights.</param>
/// <param name="Weights">A weight a candidate; they add up to 1.</param>
/// <param name="Made">By origin and step, what would have been forecast had the choice been made by the other origins: what a choice
/// is judged by must not have made it.</param>
internal sealed record Choice(string Name, double[] Weights, double[][] Made)
{
    // A member that is worse than the best by half only adds noise; the ensemble is preferred unless one alone is better by a fiftieth.
    private const double MemberErrorMax = 1.5;
    private const double SinglePreference = 1.02;

    internal static Choice Of(Backtest backtest, List<SeriesModel> models)
    {
        double[][] errors = [.. models.Select((_, m) => backtest.Errors(m))];
        double[] weights = Ensemble(errors, -1);
        double[] alone = Single(errors, -1);
        bool mixes = backtest.Error(Mixed(backtest, _ => weights)) <= SinglePreference * backtest.Error(Mixed(backtest, _ => alone));
        weights = mixes ? weights : alone;
        bool canLeaveOut = backtest.Actual.Length > 1;
        double[][] made = Mixed(backtest, o => mixes ? Ensemble(errors, canLeaveOut ? o : -1) : Single(errors, canLeaveOut ? o : -1));
        string[] members = [.. models.Select((m, i) => (m.Name, Weight: weights[i])).Where(m => m.Weight > 0)
            .OrderByDescending(m => m.Weight).Select(m => $"{m.Name} {m.Weight:P0}")];
        string name = members.Length > 1 ? $"ensemble of {string.Join(", ", members)}" : models[Array.FindIndex(weights, w => w > 0)].Name;
        return new(name, weights, made);
    }

    // The share falls with the square of the error.
    private static double[] Ensemble(double[][] errors, int without)
    {
        double[] sums = [.. errors.Select(e => Sum(e, without))];
        double least = sums.Min();
        double[] weights = [.. sums.Select(e => e > (MemberErrorMax * least) + 1e-12 ? 0 : Math.Pow((least + 1e-12) / (e + 1e-12), 2))];
        double sum = weights.Sum();
        return [.. weights.Select(w => w / sum)];
    }

    private static double[] Single(double[][] errors, int without)
    {
        double[] sums = [.. errors.Select(e => Sum(e, without))];
        double[] weights = new double[sums.Length];
        weights[Array.IndexOf(sums, sums.Min())] = 1;
        return weights;
    }

    private static double Sum(double[] errors, int without) =>
        errors.Length == 0 ? double.PositiveInfinity : errors.Where((_, o) => o != without).Sum();

    private static double[][] Mixed(Backtest backtest, Func<int, double[]> weightsOf) => [.. backtest.Actual.Select((actual, o) =>
    {
        double[] weights = weightsOf(o);
        double[] mixed = new double[actual.Length];
        for (int m = 0; m < weights.Length; m++)
        {
            if (weights[m] > 0)
            {
                System.Numerics.Tensors.TensorPrimitives.MultiplyAdd<double>(backtest.Of(m)[o].AsSpan(0, mixed.Length), weights[m], mixed, mixed);
            }
        }
        return mixed;
    })];
}
