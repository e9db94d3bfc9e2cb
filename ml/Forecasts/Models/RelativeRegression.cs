namespace CityTwin.Ml.Forecasts.Models;

/// <summary>Regression of a level on trend and long seasons, of which each place in the short season brings its own share; errors fade (AR(1)).</summary>
/// <remarks>Where Sundays bring a twentieth of what Mondays do, a year's rise moves them a twentieth as far: what adds harmonics up can't say that.</remarks>
internal sealed class RelativeRegression : SeriesModel
{
    private const double Ridge = 1e-3;
    private const int YearPairs = 3;
    private const int MissesMax = 200;

    // A place that brings next to nothing tells next to nothing of the level.
    private const double ShareMin = 0.02;

    internal override string Name => "relative regression";

    internal override bool Suits(SeriesPast past) =>
        past.LongSeason > 1 && past.Count >= 3 * past.LongSeason && past.Count >= 3 * Columns(past) && System.Numerics.Tensors.TensorPrimitives.Min(past.Values) >= 0
        && System.Numerics.Tensors.TensorPrimitives.Sum(past.Values) > 0;

    internal override double[] Fit(SeriesPast past) => [];

    internal override void Forecast(SeriesPast past, double[] parameters, Span<double> into)
    {
        double[] shares = Shares(past);
        double[] coefficients = Coefficients(past, shares);
        double[] row = new double[coefficients.Length];
        (double cross, double square, double before) = (0, 1e-9, 0);
        for (int t = Math.Max(0, past.Count - MissesMax); t < past.Count; t++)
        {
            double share = shares[t % shares.Length];
            double miss = (past.Values[t] - (share * Level(past, t, row, coefficients))) / Math.Sqrt(share);
            (cross, square, before) = (cross + (miss * before), square + (before * before), miss);
        }
        double carry = Math.Clamp(cross / square, 0, 0.98);
        for (int h = 0; h < into.Length; h++)
        {
            before *= carry;
            double share = shares[(past.Count + h) % shares.Length];
            into[h] = (share * Level(past, past.Count + h, row, coefficients)) + (Math.Sqrt(share) * before);
        }
    }

    // Counts stray by the root of what is expected: each day weighs as the inverse of its share, a recent one more.
    private static double[] Coefficients(SeriesPast past, double[] shares)
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
            double share = shares[t % shares.Length];
            for (int i = 0; i < columns; i++)
            {
                right[i] += weight * row[i] * past.Values[t];
                for (int j = 0; j <= i; j++)
                {
                    normal[(i * columns) + j] += weight * share * row[i] * row[j];
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

    private static double[] Shares(SeriesPast past)
    {
        double[] profile = SeasonalProfile.Of(past.Values, past.LongSeason);
        int recent = Math.Min(past.Count, SeasonalProfile.CyclesMax * past.LongSeason);
        double mean = Math.Max(1e-9, System.Numerics.Tensors.TensorPrimitives.Sum(past.Values[^recent..]) / recent);
        return [.. profile.Select(p => Math.Max(ShareMin, 1 + (p / mean)))];
    }

    private static int Columns(SeriesPast past) => 2 + (2 * YearPairs * past.Seasons.Count(s => IsLong(past, s)));

    private static bool IsLong(SeriesPast past, double season) => season > past.LongSeason && past.Count >= 1.5 * season;

    private static double Level(SeriesPast past, int step, double[] row, double[] coefficients)
    {
        Fill(past, step, row);
        return System.Numerics.Tensors.TensorPrimitives.Dot<double>(row, coefficients);
    }

    private static void Fill(SeriesPast past, int step, double[] row)
    {
        int column = 0;
        row[column++] = 1;
        row[column++] = (step - past.Count) / (double)past.Count;
        foreach (double season in past.Seasons.Where(s => IsLong(past, s)))
        {
            (double sine, double cosine) = Math.SinCos(2 * Math.PI * (step / season));
            (double s, double c) = (sine, cosine);
            for (int k = 0; k < YearPairs; k++)
            {
                (row[column++], row[column++]) = (s, c);
                (s, c) = ((s * cosine) + (c * sine), (c * cosine) - (s * sine));
            }
        }
    }
}
