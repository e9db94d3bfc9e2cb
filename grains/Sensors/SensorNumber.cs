namespace CityTwin.Grains;

/// <summary>The numbers of sensor twins: derived from names, so that they are the same wherever they are worked out.</summary>
public static class SensorNumber
{
    /// <summary>The twin of a device.</summary>
    /// <param name="city">The city's code.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="name">The name that it has in its topics.</param>
    public static TwinId Of(int city, SensorKind kind, ReadOnlySpan<char> name)
    {
        ulong hash = Start;
        hash = Add(hash, (ulong)city);
        hash = Add(hash, (ulong)kind);
        foreach (char c in name)
        {
            hash = Add(hash, c);
        }
        return TwinId.Sensor(Fold(hash));
    }

    /// <summary>The twin that gathers the alerts of one category in an area: a commune, or a whole city.</summary>
    public static TwinId OfArea(TwinId area, string category)
    {
        ulong hash = Add(Start, unchecked((ulong)area.Value));
        foreach (char c in category)
        {
            hash = Add(hash, c);
        }
        return TwinId.Sensor(Fold(hash));
    }

    /// <summary>The case of an area's n-th incident.</summary>
    public static TwinId CaseOf(TwinId area, int ordinal) =>
        TwinId.Case(Fold(Add(Add(Start, unchecked((ulong)area.Value)), (ulong)ordinal)));

    /// <summary>The number of an alert at its moment.</summary>
    internal static long OfAlert(AlertRef alert, DateTimeOffset observedAt) =>
        Fold(Add(Add(Add(Add(Start, unchecked((ulong)alert.Sensor.Value)), (ulong)alert.Kind), (ulong)alert.Level), unchecked((ulong)observedAt.UtcTicks)));

    private const ulong Start = 14695981039346656037;

    // FNV-1a over 64-bit words, finished as SplitMix64 does: numbers must differ in their low 59 bits.
    private static ulong Add(ulong hash, ulong word) => unchecked((hash ^ word) * 1099511628211);

    private static long Fold(ulong hash)
    {
        unchecked
        {
            hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
            hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
            return (long)((hash ^ (hash >> 31)) & TwinId.NumberMax);
        }
    }
}
