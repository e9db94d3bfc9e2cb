namespace CityTwin.Ml.Forecasts.Models;

/// <summary>Gradient-boosted regression trees on seasonal lags and the calendar.</summary>
/// <remarks>One model for every step ahead: it only looks at values at least a horizon back, so nothing it forecasts is fed to it.</remarks>
internal sealed class BoostedTrees : SeriesModel
{
    private const int TreeCount = 50;
    private const int RowsMax = 800;

    internal override string Name => "boosted trees";

    internal override bool Suits(SeriesPast past) => past.Count >= Reach(past) + 60;

    // The trees are the parameters; learnt anew from each past they would cost too much, so they are kept in a flat array.
    internal override double[] Fit(SeriesPast past)
    {
        int reach = Reach(past);
        int first = Math.Max(reach, past.Count - RowsMax);
        int rows = past.Count - first;
        int features = FeatureCount(past);
        float[] x = new float[rows * features];
        float[] y = new float[rows];
        for (int i = 0; i < rows; i++)
        {
            Fill(past, first + i, x.AsSpan(i * features, features));
            y[i] = (float)past.Values[first + i] - x[i * features];
        }
        return RegressionTrees.Learn(x, y, features, TreeCount);
    }

    internal override void Forecast(SeriesPast past, double[] parameters, Span<double> into)
    {
        Span<float> row = stackalloc float[FeatureCount(past)];
        for (int h = 0; h < into.Length; h++)
        {
            Fill(past, past.Count + h, row);
            into[h] = row[0] + RegressionTrees.Value(parameters, row);
        }
    }

    private static int Season(SeriesPast past) => past.LongSeason;

    private static int Nearest(SeriesPast past) => Season(past) * ((past.Horizon + Season(past) - 1) / Season(past));

    private static int Reach(SeriesPast past) => Nearest(past) + (2 * Season(past));

    private static int FeatureCount(SeriesPast past) => 6 + (2 * past.Seasons.Count) + past.RegressorCount;

    private static void Fill(SeriesPast past, int step, Span<float> row)
    {
        (int season, int nearest) = (Season(past), Nearest(past));
        ReadOnlySpan<double> values = past.Values;
        float one = (float)values[step - nearest];
        float two = (float)values[step - nearest - season];
        float three = (float)values[Math.Max(0, step - nearest - (2 * season))];
        row[0] = (one + two + three) / 3;
        row[1] = one - row[0];
        row[2] = two - row[0];
        row[3] = (float)(values[step - nearest] - values[Math.Max(0, step - nearest - 1)]);
        ReadOnlySpan<double> cycle = values.Slice(step - nearest - season + 1, season);
        row[4] = (float)(System.Numerics.Tensors.TensorPrimitives.Sum(cycle) / season);
        row[5] = row[0] - row[4];
        int column = 6;
        foreach (double length in past.Seasons)
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * (step / length));
            row[column++] = length <= 200 ? (float)(step % length) : (float)sine;
            row[column++] = (float)cosine;
        }
        for (int r = 0; r < past.RegressorCount; r++)
        {
            row[column++] = (float)past.Regressor(r, step);
        }
    }
}
