using System.Globalization;

namespace CityTwin.ClientApi.Wire;

/// <summary>Moments in addresses: RFC 3339, always with a zone.</summary>
internal static class Moments
{
    /// <summary>What to say when something else was found.</summary>
    public const string Expected = "expected a moment with its zone, as 2026-11-22T08:00:00Z or 2026-11-22T15:00:00%2B07:00";

    private static readonly string[] Formats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"];

    /// <summary>Reads a moment. A space where the zone begins is taken for the '+' that it was before the address was decoded.</summary>
    public static bool TryParse(string text, out DateTimeOffset at)
    {
        int space = text.LastIndexOf(' ');
        string restored = space > 10 ? string.Concat(text.AsSpan(0, space), "+", text.AsSpan(space + 1)) : text;
        bool read = DateTimeOffset.TryParseExact(restored, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);
        at = at.ToUniversalTime();
        return read;
    }
}
