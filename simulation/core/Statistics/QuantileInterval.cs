using MathNet.Numerics.Distributions;

namespace CityTwin.Simulation;

/// <summary>A quantile of independent observations with a distribution-free interval.</summary>
/// <remarks>The ends are order statistics that binomial probabilities choose (Conover, Practical Nonparametric Statistics, 3.2).</remarks>
public static class QuantileInterval
{
    /// <summary>The quantile at <paramref name="share"/> (0 to 1) of observations in any order; too few give infinite ends.</summary>
    public static Interval Of(ReadOnlySpan<double> observations, double share, double level = 0.95)
    {
        if (observations.IsEmpty)
        {
            throw new ArgumentException("a quantile needs one observation or more", nameof(observations));
        }
        double[] sorted = observations.ToArray();
        Array.Sort(sorted);
        int n = sorted.Length;
        double tail = (1 - level) / 2;
        // The lower end is the largest order statistic with P(Binomial(n, share) < rank) <= tail; the upper end mirrors it.
        int low = 0;
        while (low < n && Binomial.CDF(share, n, low) <= tail)
        {
            low++;
        }
        int high = n;
        while (high > 0 && 1 - Binomial.CDF(share, n, high - 1) <= tail)
        {
            high--;
        }
        return new Interval(
            At(sorted, share),
            low == 0 ? double.NegativeInfinity : sorted[low - 1],
            high >= n ? double.PositiveInfinity : sorted[high],
            level,
            n);
    }

    /// <summary>The quantile of sorted observations, linear between order statistics.</summary>
    public static double At(ReadOnlySpan<double> sorted, double share)
    {
        double place = share * (sorted.Length - 1);
        int below = (int)place;
        return below >= sorted.Length - 1 ? sorted[^1] : sorted[below] + ((place - below) * (sorted[below + 1] - sorted[below]));
    }
}
