namespace CityTwin.Ml.Forecasts.Models;

/// <summary>Dynamic harmonic regression: sines and cosines of each season, a trend, what is known beforehand (holidays), and
/// errors that fade (AR(1)). Recent values weigh more.</summary>
internal sealed class HarmonicRegression : SeriesModel
{
    private const double Ridge = 1e-3;

    internal override string Name => "harmonic regression";

    internal override bool Suits(SeriesPast past) => past.Count >= 3 * Columns(past);

    internal override double[] Fit(SeriesPast past) => [];

    internal override void Forecast(SeriesPast past, double[] parameters, Span<double> into)
    {
        double[] right = Coefficients(past);
        double[] row = new double[right.Length];
        (double cross, double square, double before) = (0, 1e-9, 0);
        for (int t = Math.Max(0, past.Count - 200); t < past.Count; t++)
        {
            double miss = past.Values[t] - Value(past, t, row, right);
            (cross, square, before) = (cross + (miss * before), square + (before * before), miss);
        }
        double carry = Math.Clamp(cross / square, 0, 0.98);
        for (int h = 0; h < into.Length; h++)
        {
            before *= carry;
            into[h] = Value(past, past.Count + h, row, right) + before;
        }
    }

    /// <summary>The regression's coefficients; those of the regressors come last.</summary>
    internal static double[] Coefficients(SeriesPast past)
    {
        int columns = Columns(past);
        double[] normal = new double[columns * columns];
        double[] right = new double[columns];
        double[] row = new double[columns];
        double decay = Math.Pow(0.5, 2.0 / past.Count);
        double weight = Math.Pow(decay, past.Count);
        for (int t = 0; t < past.Count; t++)
        {
            Fill(past, t, row);
            weight /= decay;
            for (int i = 0; i < columns; i++)
            {
                double scaled = weight * row[i];
                right[i] += scaled * past.Values[t];
                for (int j = 0; j <= i; j++)
                {
                    normal[(i * columns) + j] += scaled * row[j];
                }
            }
        }
        for (int i = 1; i < columns; i++)
        {
            normal[(i * columns) + i] += Ridge * past.Count;
        }
        Cholesky.Solve(normal, right);
        return right;
    }

    /// <summary>What the regression says of the past itself.</summary>
    internal static double[] Values(SeriesPast past, double[] coefficients)
    {
        double[] row = new double[coefficients.Length];
        double[] values = new double[past.Count];
        for (int t = 0; t < values.Length; t++)
        {
            values[t] = Value(past, t, row, coefficients);
        }
        return values;
    }

    private static int Pairs(SeriesPast past, double season) =>
        past.Count < 1.5 * season ? 0 : season > 200 ? 3 : season > 100 ? 14 : season > 20 ? 8 : Math.Min(3, (int)season / 2);

    private static int Columns(SeriesPast past)
    {
        int columns = 2 + past.RegressorCount;
        foreach (double season in past.Seasons)
        {
            columns += 2 * Pairs(past, season);
        }
        return columns;
    }

    private static double Value(SeriesPast past, int step, double[] row, double[] coefficients)
    {
        Fill(past, step, row);
        return System.Numerics.Tensors.TensorPrimitives.Dot<double>(row, coefficients);
    }

    private static void Fill(SeriesPast past, int step, double[] row)
    {
        int column = 0;
        row[column++] = 1;
        row[column++] = (step - past.Count) / (double)past.Count;
        foreach (double season in past.Seasons)
        {
            int pairs = Pairs(past, season);
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * (step / season));
            (double s, double c) = (sine, cosine);
            for (int k = 0; k < pairs; k++)
            {
                (row[column++], row[column++]) = (s, c);
                (s, c) = ((s * cosine) + (c * sine), (c * cosine) - (s * sine));
            }
        }
        for (int r = 0; r < past.RegressorCount; r++)
        {
            row[column++] = past.Regressor(r, step);
        }
    }
}
