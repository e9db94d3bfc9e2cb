namespace CityTwin.Simulation;

/// <summary>A stream of random numbers that is independent of every other stream and reproducible from its name.</summary>
/// <remarks>
/// Splittable and counter-based: the n-th number is a hash of <c>start + n·gamma</c>, so that any number can be had without
/// those before it. Generator: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
/// Every variate takes exactly one number of its stream, so that two scenarios that draw alike stay in step.
/// A mutable structure of 16 bytes: keep it in a field or array element, pass it by reference. Not thread-safe.
/// </remarks>
public struct RandomStream
{
    private const ulong Golden = 0x9E3779B97F4A7C15UL;
    private readonly ulong _gamma;
    private ulong _state;

    private RandomStream(ulong state, ulong gamma)
    {
        _state = state;
        _gamma = gamma;
    }

    /// <summary>The stream with a name: what it is for, and up to two numbers (of the commune, of the replication).</summary>
    public static RandomStream Of(ulong seed, StreamPurpose purpose, long first = 0, long second = 0)
    {
        unchecked
        {
            ulong name = Mix(seed + Golden);
            name = Mix(name ^ ((ulong)purpose * 0xD1342543DE82EF95UL));
            name = Mix(name + ((ulong)first * Golden) + 1);
            name = Mix(name ^ ((ulong)second * 0xAF251AF3B0F025B5UL));
            return new RandomStream(name, OddGamma(Mix(name + Golden)));
        }
    }

    /// <summary>A stream of its own for the thing with a number; the same number gives the same stream, whatever was drawn.</summary>
    public readonly RandomStream Child(ulong number) => Keyed(KeyOf(number));

    /// <summary>The 64-bit key of <see cref="Child"/>, for keeping a stream in 8 bytes.</summary>
    public readonly ulong KeyOf(ulong number) => unchecked(Mix((_gamma ^ Golden) + Mix(_gamma + number)));

    /// <summary>The stream whose key <see cref="KeyOf"/> gave.</summary>
    public static RandomStream Keyed(ulong key) => new(key, Golden);

    /// <summary>The number with an ordinal in the stream that has a key: uniform, above 0 and below 1.</summary>
    public static double UnitAt(ulong key, int ordinal) => unchecked(ToUnit(Mix(key + ((ulong)(ordinal + 1) * Golden))));

    /// <summary>The next 64 random bits.</summary>
    public ulong NextBits()
    {
        unchecked
        {
            _state += _gamma;
            return Mix(_state);
        }
    }

    /// <summary>The next number, uniform, above 0 and below 1.</summary>
    public double NextUnit() => ToUnit(NextBits());

    /// <summary>The next exponential number with mean 1, by inversion.</summary>
    public double NextExponential() => -Math.Log(NextUnit());

    // 52 bits and a half: never 0, never 1, symmetric about one half (so that a mirrored stream can be had as 1 - u).
    private static double ToUnit(ulong bits) => ((bits >> 12) + 0.5) * (1.0 / (1UL << 52));

    // Variant 13 of Stafford's finalisers, as SplitMix64 has it.
    private static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    // Gammas with too regular bits make weak streams (section 5 of the paper): those are replaced.
    private static ulong OddGamma(ulong bits)
    {
        ulong gamma = bits | 1;
        return ulong.PopCount(gamma ^ (gamma >> 1)) < 24 ? gamma ^ 0xAAAAAAAAAAAAAAAAUL : gamma;
    }
}
