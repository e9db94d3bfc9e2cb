using MathNet.Numerics.Distributions;

namespace CityTwin.Simulation;

/// <summary>Student's interval for a mean of independent observations, as of replications.</summary>
public static class MeanInterval
{
    /// <summary>The interval at a level; with one observation it has no width limit and is infinite.</summary>
    /// <exception cref="ArgumentException">There is no observation.</exception>
    public static Interval Of(ReadOnlySpan<double> observations, double level = 0.95)
    {
        if (observations.IsEmpty)
        {
            throw new ArgumentException("a mean needs one observation or more", nameof(observations));
        }
        int n = observations.Length;
        double mean = MeanOf(observations);
        if (n == 1)
        {
            return new Interval(mean, double.NegativeInfinity, double.PositiveInfinity, level, 1);
        }
        double half = Critical(n - 1, level) * Math.Sqrt(VarianceOf(observations) / n);
        return new Interval(mean, mean - half, mean + half, level, n);
    }

    /// <summary>The interval of mean(second) − mean(first) over pairs that had common random numbers.</summary>
    /// <exception cref="ArgumentException">The two do not pair up.</exception>
    public static Interval OfDifference(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double level = 0.95)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"{first.Length} observations cannot be paired with {second.Length}", nameof(second));
        }
        double[] differences = new double[first.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = second[i] - first[i];
        }
        return Of(differences, level);
    }

    /// <summary>The two-sided p-value of "the mean is 0" (Student's t). 1 when all observations are 0.</summary>
    public static double PValueOfZero(ReadOnlySpan<double> observations)
    {
        if (observations.Length < 2)
        {
            return 1;
        }
        double mean = MeanOf(observations);
        double variance = VarianceOf(observations);
        if (variance == 0)
        {
            return mean == 0 ? 1 : 0;
        }
        double t = Math.Abs(mean) / Math.Sqrt(variance / observations.Length);
        return 2 * StudentT.CDF(0, 1, observations.Length - 1, -t);
    }

    /// <summary>The two-sided critical value of Student's t.</summary>
    public static double Critical(int degrees, double level) => StudentT.InvCDF(0, 1, degrees, 0.5 + (level / 2));

    /// <summary>The arithmetic mean.</summary>
    public static double MeanOf(ReadOnlySpan<double> observations)
    {
        double sum = 0;
        foreach (double o in observations)
        {
            sum += o;
        }
        return sum / observations.Length;
    }

    /// <summary>The unbiased variance, by two passes; 0 for fewer than two.</summary>
    public static double VarianceOf(ReadOnlySpan<double> observations)
    {
        if (observations.Length < 2)
        {
            return 0;
        }
        double mean = MeanOf(observations);
        double sum = 0;
        foreach (double o in observations)
        {
            sum += (o - mean) * (o - mean);
        }
        return sum / (observations.Length - 1);
    }
}
