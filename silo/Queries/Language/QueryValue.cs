using System.Globalization;
using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>What kind of value an attribute has.</summary>
public enum QueryType : byte
{
    /// <summary>No value.</summary>
    None = 0,

    /// <summary>A number, in the attribute's unit.</summary>
    Number = 1,

    /// <summary>A moment, UTC, to the millisecond.</summary>
    Moment = 2,

    /// <summary>True or false.</summary>
    Flag = 3,

    /// <summary>One of a few words, which have an order.</summary>
    Word = 4,

    /// <summary>The identity of a twin.</summary>
    Id = 5,

    /// <summary>A text, compared letter by letter.</summary>
    Text = 6,

    /// <summary>A written text that is searched by its words and is never given out.</summary>
    Words = 7,

    /// <summary>A point on the earth: only whether it is known; near= and within= look at it.</summary>
    Place = 8,
}

/// <summary>A value of an attribute, without boxing. The default is "no value".</summary>
public readonly struct QueryValue : IEquatable<QueryValue>, IComparable<QueryValue>
{
    private readonly long _bits;
    private readonly string? _text;

    private QueryValue(QueryType type, long bits, string? text)
    {
        Type = type;
        _bits = bits;
        _text = text;
    }

    /// <summary>Its kind; <see cref="QueryType.None"/> for no value.</summary>
    public QueryType Type { get; }

    /// <summary>True when there is no value.</summary>
    public bool IsNone => Type == QueryType.None;

    /// <summary>The number; 0 for other kinds.</summary>
    public double AsNumber => Type == QueryType.Number ? BitConverter.Int64BitsToDouble(_bits) : 0;

    /// <summary>The moment; meaningless for other kinds.</summary>
    public DateTimeOffset AsMoment => DateTimeOffset.FromUnixTimeMilliseconds(_bits);

    /// <summary>The flag; false for other kinds.</summary>
    public bool AsFlag => Type == QueryType.Flag && _bits != 0;

    /// <summary>The identity; none for other kinds.</summary>
    public TwinId AsId => Type == QueryType.Id ? TwinId.FromValue(_bits) : default;

    /// <summary>The text or word; empty for other kinds.</summary>
    public string AsText => _text ?? "";

    /// <summary>The raw 64 bits: Unix milliseconds, packed identity, place of a word, 0 or 1.</summary>
    internal long Bits => _bits;

    /// <summary>A number.</summary>
    public static QueryValue Of(double value) => new(QueryType.Number, BitConverter.DoubleToInt64Bits(value), null);

    /// <summary>A moment.</summary>
    public static QueryValue OfMoment(DateTimeOffset at) => new(QueryType.Moment, at.ToUnixTimeMilliseconds(), null);

    /// <summary>A moment given as Unix milliseconds.</summary>
    public static QueryValue OfMilliseconds(long at) => new(QueryType.Moment, at, null);

    /// <summary>True or false.</summary>
    public static QueryValue Of(bool value) => new(QueryType.Flag, value ? 1 : 0, null);

    /// <summary>An identity; no value for none.</summary>
    public static QueryValue Of(TwinId id) => id.IsNone ? default : new(QueryType.Id, id.Value, null);

    /// <summary>A text; no value for null and empty.</summary>
    public static QueryValue Of(string? text) => string.IsNullOrEmpty(text) ? default : new(QueryType.Text, 0, text);

    /// <summary>A word and its place in the order of its kind.</summary>
    internal static QueryValue OfWord(long place, string word) => new(QueryType.Word, place, word);

    /// <summary>A value of the place kind: it is known.</summary>
    internal static QueryValue Somewhere => new(QueryType.Place, 1, null);

    /// <summary>The order: no value last, then by number, moment, place of the word, identity; texts letter by letter.</summary>
    public int CompareTo(QueryValue other)
    {
        if (Type != other.Type)
        {
            return IsNone ? 1 : other.IsNone ? -1 : Type.CompareTo(other.Type);
        }
        return Type switch
        {
            QueryType.Number => AsNumber.CompareTo(other.AsNumber),
            QueryType.Text => string.CompareOrdinal(_text, other._text),
            _ => _bits.CompareTo(other._bits),
        };
    }

    /// <inheritdoc/>
    public bool Equals(QueryValue other) => Type == other.Type && (Type == QueryType.Text ? _text == other._text : CompareTo(other) == 0);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is QueryValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Type == QueryType.Text ? _text!.GetHashCode(StringComparison.Ordinal) : _bits.GetHashCode();

    /// <summary>The value as it is written in tables and exports; empty for no value.</summary>
    public override string ToString() => Type switch
    {
        QueryType.Number => AsNumber.ToString("0.######", CultureInfo.InvariantCulture),
        QueryType.Moment => AsMoment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture),
        QueryType.Flag => _bits != 0 ? "true" : "false",
        QueryType.Id => AsId.ToString(),
        QueryType.Text or QueryType.Word => AsText,
        QueryType.Place => "true",
        _ => "",
    };

    /// <summary>The same kind and value.</summary>
    public static bool operator ==(QueryValue left, QueryValue right) => left.Equals(right);

    /// <summary>Another kind or value.</summary>
    public static bool operator !=(QueryValue left, QueryValue right) => !left.Equals(right);

    /// <summary>Earlier in the order.</summary>
    public static bool operator <(QueryValue left, QueryValue right) => left.CompareTo(right) < 0;

    /// <summary>Later in the order.</summary>
    public static bool operator >(QueryValue left, QueryValue right) => left.CompareTo(right) > 0;

    /// <summary>Not later in the order.</summary>
    public static bool operator <=(QueryValue left, QueryValue right) => left.CompareTo(right) <= 0;

    /// <summary>Not earlier in the order.</summary>
    public static bool operator >=(QueryValue left, QueryValue right) => left.CompareTo(right) >= 0;
}
