using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace CityTwin.Simulation.Calibration;

/// <summary>A distribution fitted to observed durations.</summary>
/// <param name="Duration">The distribution.</param>
/// <param name="Bic">Bayes' information criterion: smaller is better.</param>
/// <param name="Distance">The largest distance of the two distribution functions (Kolmogorov and Smirnov).</param>
/// <param name="PValue">The share of samples drawn from the fit itself, and fitted again, that lie farther off (parametric bootstrap).</param>
public sealed record DurationFit(Duration Duration, double Bic, double Distance, double PValue)
{
    private const int BootstrapRounds = 99;
    private const int BootstrapSizeMax = 1_000;

    /// <summary>Fits exponential, lognormal, gamma and Weibull by maximum likelihood; the best by BIC comes first.</summary>
    /// <param name="observed">Durations above 0, five or more.</param>
    /// <param name="seed">The seed of the goodness-of-fit test.</param>
    public static IReadOnlyList<DurationFit> All(IReadOnlyCollection<double> observed, ulong seed = 1)
    {
        double[] sorted = [.. observed.Where(o => o > 0 && double.IsFinite(o)).Order()];
        if (sorted.Length < 5)
        {
            throw new ArgumentException($"{sorted.Length} durations above 0; a fit needs five or more", nameof(observed));
        }
        return [.. Enum.GetValues<DurationKind>().Where(k => k is DurationKind.Exponential or DurationKind.Lognormal or DurationKind.Gamma or DurationKind.Weibull)
            .Select(kind => One(kind, sorted, seed)).OrderBy(f => f.Bic)];
    }

    private static DurationFit One(DurationKind kind, double[] sorted, ulong seed)
    {
        Duration duration = Fit(kind, sorted);
        double likelihood = sorted.Sum(x => LogDensity(duration, x));
        double bic = (duration.Parameters * Math.Log(sorted.Length)) - (2 * likelihood);
        return new DurationFit(duration, bic, DistanceOf(duration, sorted), PValueOf(kind, duration, sorted, seed));
    }

    private static Duration Fit(DurationKind kind, double[] x)
    {
        double mean = x.Average();
        double logMean = x.Average(Math.Log);
        switch (kind)
        {
            case DurationKind.Exponential:
                return Duration.Exponential(mean);
            case DurationKind.Lognormal:
                return Duration.Lognormal(Math.Exp(logMean), Math.Sqrt(x.Average(v => Math.Pow(Math.Log(v) - logMean, 2))));
            case DurationKind.Gamma:
                // Minka's start and Newton steps of the shape's likelihood equation.
                double s = Math.Max(1e-9, Math.Log(mean) - logMean);
                double shape = (3 - s + Math.Sqrt(((s - 3) * (s - 3)) + (24 * s))) / (12 * s);
                for (int i = 0; i < 20; i++)
                {
                    double slope = (1 / shape) - ((SpecialFunctions.DiGamma(shape + 1e-5) - SpecialFunctions.DiGamma(shape - 1e-5)) / 2e-5);
                    shape = Math.Clamp(shape - ((Math.Log(shape) - SpecialFunctions.DiGamma(shape) - s) / slope), 1e-3, 1e6);
                }
                return Duration.Gamma(shape, mean / shape);
            default:
                double k = WeibullShape(x, logMean);
                return Duration.Weibull(k, Math.Pow(x.Average(v => Math.Pow(v, k)), 1 / k));
        }
    }

    // The likelihood equation is monotone in the shape: bisection cannot fail.
    private static double WeibullShape(double[] x, double logMean)
    {
        double scale = x.Max();
        double low = 0.02;
        double high = 50;
        for (int i = 0; i < 60; i++)
        {
            double k = Math.Sqrt(low * high);
            double weight = 0;
            double weighted = 0;
            foreach (double v in x)
            {
                double p = Math.Pow(v / scale, k);
                weight += p;
                weighted += p * Math.Log(v);
            }
            (low, high) = (weighted / weight) - (1 / k) - logMean > 0 ? (low, k) : (k, high);
        }
        return Math.Sqrt(low * high);
    }

    private static double LogDensity(Duration d, double x) => d.Kind switch
    {
        DurationKind.Exponential => -Math.Log(d.First) - (x / d.First),
        DurationKind.Lognormal => LogNormal.PDFLn(Math.Log(d.First), Math.Max(1e-9, d.Second), x),
        DurationKind.Gamma => Gamma.PDFLn(d.First, 1 / d.Second, x),
        _ => Weibull.PDFLn(d.First, d.Second, x),
    };

    private static double Cumulated(Duration d, double x) => d.Kind switch
    {
        DurationKind.Exponential => 1 - Math.Exp(-x / d.First),
        DurationKind.Lognormal => LogNormal.CDF(Math.Log(d.First), Math.Max(1e-9, d.Second), x),
        DurationKind.Gamma => Gamma.CDF(d.First, 1 / d.Second, x),
        _ => Weibull.CDF(d.First, d.Second, x),
    };

    private static double DistanceOf(Duration duration, double[] sorted)
    {
        double distance = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            double c = Cumulated(duration, sorted[i]);
            distance = Math.Max(distance, Math.Max(c - ((double)i / sorted.Length), ((i + 1.0) / sorted.Length) - c));
        }
        return distance;
    }

    // Tables of Kolmogorov and Smirnov do not hold for fitted parameters: the fit's own samples are fitted again.
    private static double PValueOf(DurationKind kind, Duration duration, double[] sorted, ulong seed)
    {
        double[] sample = sorted.Length <= BootstrapSizeMax
            ? sorted
            : [.. Enumerable.Range(0, BootstrapSizeMax).Select(i => sorted[(int)((i + 0.5) * sorted.Length / BootstrapSizeMax)])];
        double seen = DistanceOf(Fit(kind, sample), sample);
        int farther = 0;
        for (int round = 0; round < BootstrapRounds; round++)
        {
            RandomStream stream = RandomStream.Of(seed, StreamPurpose.Resampling, round, (long)kind);
            double[] drawn = new double[sample.Length];
            for (int i = 0; i < drawn.Length; i++)
            {
                drawn[i] = Math.Max(1e-12, duration.Next(ref stream));
            }
            Array.Sort(drawn);
            farther += DistanceOf(Fit(kind, drawn), drawn) >= seen ? 1 : 0;
        }
        return (farther + 1.0) / (BootstrapRounds + 1);
    }
}
