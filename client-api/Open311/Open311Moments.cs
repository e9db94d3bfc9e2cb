using System.Globalization;

namespace CityTwin.ClientApi.Open311;

/// <summary>Moments as the W3C note on dates and times has them, always with a zone.</summary>
internal static class Open311Moments
{
    private const int DaysMax = 90;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'",
    ];

    /// <summary>Reads a moment; a space where the zone begins is taken for the '+' that it was before the address was decoded.</summary>
    public static bool TryParse(string text, out DateTimeOffset at)
    {
        int space = text.LastIndexOf(' ');
        string restored = space > 10 ? string.Concat(text.AsSpan(0, space), "+", text.AsSpan(space + 1)) : text;
        return DateTimeOffset.TryParseExact(restored, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out at);
    }

    /// <summary>A moment in an address, or null when it is not there.</summary>
    /// <exception cref="Open311Exception">It is no moment with a zone.</exception>
    public static DateTimeOffset? Read(HttpContext http, string name)
    {
        string? text = http.Request.Query[name];
        return string.IsNullOrEmpty(text) ? null
            : TryParse(text, out DateTimeOffset at) && at.Year is >= 1900 and <= 2199 ? at
            : throw new Open311Exception(StatusCodes.Status400BadRequest, $"{name}: expected a moment with its zone, as 2026-01-05T08:00:00%2B07:00");
    }

    /// <summary>The period between start_date and end_date: 90 days at most, and the last 90 by default.</summary>
    /// <exception cref="Open311Exception">The dates cannot be read, are the wrong way round, or further apart.</exception>
    public static (DateTimeOffset From, DateTimeOffset To) ReadPeriod(HttpContext http, DateTimeOffset now)
    {
        DateTimeOffset? start = Read(http, "start_date");
        DateTimeOffset? end = Read(http, "end_date");
        DateTimeOffset from = start ?? (end ?? now).AddDays(-DaysMax);
        DateTimeOffset latest = start is { } begin && begin > now ? begin : now;
        DateTimeOffset to = end ?? (from.AddDays(DaysMax) < latest ? from.AddDays(DaysMax) : latest);
        if (to < from)
        {
            throw new Open311Exception(StatusCodes.Status400BadRequest, "end_date is before start_date");
        }
        return to - from <= TimeSpan.FromDays(DaysMax) ? (from, to)
            : throw new Open311Exception(StatusCodes.Status400BadRequest, $"start_date and end_date span more than {DaysMax} days");
    }

}
