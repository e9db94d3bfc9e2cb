namespace CityTwin.Simulation.Drive;

/// <summary>What a random number is drawn for. The numbers are part of every seed's meaning: never renumber.</summary>
internal enum Purpose : uint
{
    FiledAt = 1,
    Service = 2,
    Commune = 3,
    Citizen = 4,
    Channel = 5,
    Documents = 6,
    Place = 7,
    Withdrawal = 8,
    Handling = 9,
    Decision = 10,
    SignOff = 11,
    AnswerDelay = 12,
    NeverAnswers = 13,
    PickUp = 14,
    Rating = 15,
    RatingDelay = 16,
    Reopening = 17,
    Closing = 18,
    Pace = 19,
    CommandId = 20,
    CaseNumber = 21,
    Description = 22,
    Preparation = 23,
    SensorKind = 24,
    SensorPlace = 25,
    SensorNoise = 26,
    SensorFault = 27,
}

/// <summary>Random numbers as a function of seed, key and purpose: the order of asking changes nothing, so a run can be repeated.</summary>
/// <remarks>Three rounds of the SplitMix64 finaliser (Steele, Lea and Flood, OOPSLA 2014). Immutable; safe from any thread.</remarks>
internal readonly struct Draws(ulong seed)
{
    private readonly ulong _root = Mix(unchecked(seed + 0x9E3779B97F4A7C15UL));

    /// <summary>64 random bits for the n-th drawing of a purpose for a key.</summary>
    public ulong Bits(long key, Purpose purpose, int n = 0)
    {
        unchecked
        {
            ulong z = Mix(_root ^ ((ulong)key * 0xD1342543DE82EF95UL));
            return Mix(z + ((ulong)purpose * 0x9E3779B97F4A7C15UL) + ((ulong)n * 0xA0761D6478BD642FUL));
        }
    }

    /// <summary>Uniform on [0, 1).</summary>
    public double Unit(long key, Purpose purpose, int n = 0) => ToUnit(Bits(key, purpose, n));

    /// <summary>True with a probability.</summary>
    public bool Chance(double probability, long key, Purpose purpose, int n = 0) => Unit(key, purpose, n) < probability;

    /// <summary>Lognormal with a median and the standard deviation of the logarithm (Box and Muller, 1958).</summary>
    public double Lognormal(double median, double sigma, long key, Purpose purpose, int n = 0)
    {
        ulong bits = Bits(key, purpose, n);
        double u = 1 - ToUnit(bits);
        double v = ToUnit(Mix(bits));
        return median * Math.Exp(sigma * Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v));
    }

    internal static ulong Mix(ulong z)
    {
        unchecked
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    private static double ToUnit(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));
}
