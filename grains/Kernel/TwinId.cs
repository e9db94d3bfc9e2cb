using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace CityTwin.Grains;

/// <summary>The identity of a twin: its kind and a number that is unique within the kind.</summary>
/// <remarks>
/// Packed in 64 bits (4 of kind, 60 of number), so that it is an integer key in every journal and costs no allocation.
/// Its text is <c>commune/19753</c>; numbers of cases, citizens and sensors, which are large, are written in
/// Crockford's base 32 (<c>case/01HX2M9QK3TA</c>). The text is stable: it is in URLs and exports.
/// </remarks>
public readonly record struct TwinId : IComparable<TwinId>, ISpanParsable<TwinId>
{
    /// <summary>The largest number a twin can have: 2^59 - 1, so that the packed value is positive for every kind below 8.</summary>
    public const long NumberMax = (1L << 59) - 1;

    /// <summary>Numbers of cases below this grow with time: one above the highest known is new. Those made from a caller's key lie at or above it.</summary>
    public const long TimeOrderedEnd = 1L << 58;

    private const int KindShift = 59;

    private TwinId(long value) => Value = value;

    /// <summary>An identity made of its two parts.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or above <see cref="NumberMax"/>.</exception>
    public TwinId(TwinKind kind, long number)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(number);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, NumberMax);
        Value = unchecked((long)((ulong)kind << KindShift)) | number;
    }

    /// <summary>The packed value, as journals store it.</summary>
    public long Value { get; }

    /// <summary>What the twin stands for.</summary>
    public TwinKind Kind => (TwinKind)((ulong)Value >> KindShift);

    /// <summary>The number within the kind, 0 to <see cref="NumberMax"/>.</summary>
    public long Number => Value & NumberMax;

    /// <summary>True for the default value, which names no twin.</summary>
    public bool IsNone => Value == 0;

    /// <summary>The identity whose packed value is given, as read from a journal.</summary>
    public static TwinId FromValue(long value) => new(value);

    /// <summary>The city with an official province code, as 46 for Huế.</summary>
    public static TwinId City(int code) => new(TwinKind.City, code);

    /// <summary>The commune with an official unit code, as 19753 for Phú Xuân.</summary>
    public static TwinId Commune(int code) => new(TwinKind.Commune, code);

    /// <summary>The department with a number that the city gives it, as 4605.</summary>
    public static TwinId Department(int number) => new(TwinKind.Department, number);

    /// <summary>A desk, numbered office × 100 + place within the office.</summary>
    public static TwinId Desk(long number) => new(TwinKind.Desk, number);

    /// <summary>A case.</summary>
    public static TwinId Case(long number) => new(TwinKind.Case, number);

    /// <summary>A pseudonymous citizen.</summary>
    public static TwinId Citizen(long number) => new(TwinKind.Citizen, number);

    /// <summary>An official, numbered office × 1,000 + place within the office.</summary>
    public static TwinId Official(long number) => new(TwinKind.Official, number);

    /// <summary>A sensor.</summary>
    public static TwinId Sensor(long number) => new(TwinKind.Sensor, number);

    /// <inheritdoc/>
    public int CompareTo(TwinId other) => Value.CompareTo(other.Value);

    /// <summary>The number part as text: decimal, or base 32 for the kinds with large numbers.</summary>
    public string NumberText => IsBase32(Kind) ? Base32.Format(Number) : Number.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => IsNone ? "none" : $"{Names.Of(Kind)}/{NumberText}";

    /// <summary>Reads the number part of an identity of a known kind.</summary>
    public static bool TryParseNumber(TwinKind kind, ReadOnlySpan<char> text, out TwinId id)
    {
        long number;
        bool read = IsBase32(kind)
            ? Base32.TryParse(text, out number)
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        bool valid = read && number is >= 0 and <= NumberMax;
        id = valid ? new TwinId(kind, number) : default;
        return valid;
    }

    /// <inheritdoc/>
    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out TwinId result)
    {
        int slash = s.IndexOf('/');
        result = default;
        return slash > 0 && Names.TryKind(s[..slash], out TwinKind kind) && TryParseNumber(kind, s[(slash + 1)..], out result);
    }

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out TwinId result) =>
        TryParse(s.AsSpan(), provider, out result);

    /// <inheritdoc/>
    public static TwinId Parse(ReadOnlySpan<char> s, IFormatProvider? provider) =>
        TryParse(s, provider, out TwinId id) ? id : throw new FormatException($"'{s}' names no twin: expected kind/number, as commune/19753");

    /// <inheritdoc/>
    public static TwinId Parse(string s, IFormatProvider? provider) => Parse(s.AsSpan(), provider);

    /// <summary>Earlier in the order of packed values.</summary>
    public static bool operator <(TwinId left, TwinId right) => left.Value < right.Value;

    /// <summary>Later in the order of packed values.</summary>
    public static bool operator >(TwinId left, TwinId right) => left.Value > right.Value;

    /// <summary>Not later in the order of packed values.</summary>
    public static bool operator <=(TwinId left, TwinId right) => left.Value <= right.Value;

    /// <summary>Not earlier in the order of packed values.</summary>
    public static bool operator >=(TwinId left, TwinId right) => left.Value >= right.Value;

    private static bool IsBase32(TwinKind kind) => kind is TwinKind.Case or TwinKind.Citizen or TwinKind.Sensor;

    private static class Names
    {
        private static readonly string[] Words =
            ["none", "city", "commune", "department", "desk", "case", "sensor", "citizen", "official"];

        public static string Of(TwinKind kind) => (int)kind < Words.Length ? Words[(int)kind] : "unknown";

        public static bool TryKind(ReadOnlySpan<char> word, out TwinKind kind)
        {
            for (int i = 1; i < Words.Length; i++)
            {
                if (word.SequenceEqual(Words[i]))
                {
                    kind = (TwinKind)i;
                    return true;
                }
            }
            kind = default;
            return false;
        }
    }
}
