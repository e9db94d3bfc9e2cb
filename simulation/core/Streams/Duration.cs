using System.Collections.Immutable;

namespace CityTwin.Simulation;

/// <summary>The shape of a random duration.</summary>
public enum DurationKind : byte
{
    /// <summary>Always the same.</summary>
    Constant = 1,

    /// <summary>Exponential.</summary>
    Exponential = 2,

    /// <summary>Its logarithm is normal.</summary>
    Lognormal = 3,

    /// <summary>Gamma, of which Erlang is a case.</summary>
    Gamma = 4,

    /// <summary>Weibull.</summary>
    Weibull = 5,

    /// <summary>As observed: linear between the sorted observations.</summary>
    Empirical = 6,
}

/// <summary>A random duration, in whatever unit its parameters are in. Immutable; safe to share.</summary>
/// <remarks>One number of a stream makes one variate, by inversion except for gamma.</remarks>
public sealed record Duration
{
    private readonly double[] _observed = [];

    private Duration(DurationKind kind, double first, double second)
    {
        Kind = kind;
        First = first;
        Second = second;
    }

    /// <summary>The shape.</summary>
    public DurationKind Kind { get; }

    /// <summary>Constant: the value. Exponential: the mean. Lognormal: the median. Gamma: the shape. Weibull: the shape.</summary>
    public double First { get; }

    /// <summary>Lognormal: σ of the logarithm. Gamma and Weibull: the scale. Otherwise 0.</summary>
    public double Second { get; }

    /// <summary>How many parameters were fitted, for BIC; 0 for an empirical one.</summary>
    public int Parameters => Kind switch { DurationKind.Constant or DurationKind.Exponential => 1, DurationKind.Empirical => 0, _ => 2 };

    /// <summary>The mean.</summary>
    public double Mean => Kind switch
    {
        DurationKind.Constant or DurationKind.Exponential => First,
        DurationKind.Lognormal => First * Math.Exp(Second * Second / 2),
        DurationKind.Gamma => First * Second,
        DurationKind.Weibull => Second * MathNet.Numerics.SpecialFunctions.Gamma(1 + (1 / First)),
        _ => MeanOfObserved(),
    };

    /// <summary>Always <paramref name="value"/>, 0 or more.</summary>
    public static Duration Constant(double value) => new(DurationKind.Constant, NotNegative(value), 0);

    /// <summary>Exponential with a mean above 0.</summary>
    public static Duration Exponential(double mean) => new(DurationKind.Exponential, Positive(mean), 0);

    /// <summary>Lognormal with a median above 0 and a standard deviation of the logarithm, 0 or more.</summary>
    public static Duration Lognormal(double median, double sigma) => new(DurationKind.Lognormal, Positive(median), NotNegative(sigma));

    /// <summary>Gamma with a shape and a scale above 0; its mean is their product.</summary>
    public static Duration Gamma(double shape, double scale) => new(DurationKind.Gamma, Positive(shape), Positive(scale));

    /// <summary>Weibull with a shape and a scale above 0.</summary>
    public static Duration Weibull(double shape, double scale) => new(DurationKind.Weibull, Positive(shape), Positive(scale));

    /// <summary>As observed; one observation or more, none negative.</summary>
    public static Duration Empirical(IEnumerable<double> observed) => new([.. observed.Order()]);

    /// <summary>The same shape, longer or shorter by a factor above 0.</summary>
    public Duration Scaled(double factor) => Kind switch
    {
        DurationKind.Constant => Constant(First * factor),
        DurationKind.Exponential => Exponential(First * factor),
        DurationKind.Lognormal => Lognormal(First * factor, Second),
        DurationKind.Gamma => Gamma(First, Second * factor),
        DurationKind.Weibull => Weibull(First, Second * factor),
        _ => Empirical(_observed.Select(o => o * factor)),
    };

    /// <summary>The sorted observations of an empirical duration; otherwise empty.</summary>
    public ImmutableArray<double> Observed => [.. _observed];

    /// <summary>The next variate of a stream; the stream advances by one.</summary>
    public double Next(ref RandomStream stream) =>
        Kind == DurationKind.Gamma ? Second * GammaVariate.Of(First, stream.NextBits()) : At(stream.NextUnit());

    /// <summary>The variate with an ordinal in the stream that has a key.</summary>
    public double Next(ulong key, int ordinal) => Kind == DurationKind.Gamma
        ? Second * GammaVariate.Of(First, RandomStream.Keyed(key).KeyOf((ulong)ordinal) ^ key)
        : At(RandomStream.UnitAt(key, ordinal));

    /// <summary>The quantile at <paramref name="u"/>, above 0 and below 1. Of gamma: by numerical inversion, slow.</summary>
    public double At(double u) => Kind switch
    {
        DurationKind.Constant => First,
        DurationKind.Exponential => -First * Math.Log(1 - u),
        DurationKind.Lognormal => Second == 0 ? First : First * Math.Exp(Second * NormalQuantile.Of(u)),
        DurationKind.Weibull => Second * Math.Pow(-Math.Log(1 - u), 1 / First),
        DurationKind.Gamma => MathNet.Numerics.Distributions.Gamma.InvCDF(First, 1 / Second, u),
        _ => AtObserved(u),
    };

    private Duration(double[] observed)
        : this(DurationKind.Empirical, 0, 0)
    {
        if (observed.Length == 0 || observed[0] < 0)
        {
            throw new ArgumentException("an empirical duration needs one observation or more, none negative", nameof(observed));
        }
        _observed = observed;
    }

    private double AtObserved(double u)
    {
        double place = u * (_observed.Length - 1);
        int below = (int)place;
        return below >= _observed.Length - 1
            ? _observed[^1]
            : _observed[below] + ((place - below) * (_observed[below + 1] - _observed[below]));
    }

    // Of the piecewise linear quantile function: the two ends count half.
    private double MeanOfObserved() => _observed.Length == 1
        ? _observed[0]
        : (_observed.Sum() - ((_observed[0] + _observed[^1]) / 2)) / (_observed.Length - 1);

    private static double Positive(double value) =>
        value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "above 0 and finite");

    private static double NotNegative(double value) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "0 or more and finite");
}
