using System.Net.Http.Headers;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>What content a caller sends and wants (ETSI GS CIM 009, 6.3.4 and 6.3.5).</summary>
internal static class NgsiMedia
{
    /// <summary>Plain JSON: the context is in a Link header.</summary>
    public const string Json = "application/json";

    /// <summary>JSON-LD: the context is in the body.</summary>
    public const string JsonLd = "application/ld+json";

    /// <summary>GeoJSON features.</summary>
    public const string GeoJson = "application/geo+json";

    private const string Patch = "application/merge-patch+json";

    /// <summary>The content type that the caller likes best.</summary>
    /// <param name="http">The request.</param>
    /// <param name="mayBeGeo">Whether the answer can be GeoJSON.</param>
    /// <exception cref="NgsiException">It wants none that there is.</exception>
    public static string Wanted(HttpContext http, bool mayBeGeo)
    {
        string accept = http.Request.Headers.Accept.ToString();
        if (accept.Length == 0)
        {
            return Json;
        }
        IEnumerable<MediaTypeWithQualityHeaderValue> wanted = accept.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(a => MediaTypeWithQualityHeaderValue.TryParse(a, out MediaTypeWithQualityHeaderValue? one) ? one : null).OfType<MediaTypeWithQualityHeaderValue>()
            .Where(a => (a.Quality ?? 1) > 0).OrderByDescending(a => a.Quality ?? 1);
        foreach (MediaTypeWithQualityHeaderValue one in wanted)
        {
            switch (one.MediaType?.ToLowerInvariant())
            {
                case Json or "application/*" or "*/*":
                    return Json;
                case JsonLd:
                    return JsonLd;
                case GeoJson when mayBeGeo:
                    return GeoJson;
                default:
                    continue;
            }
        }
        throw new NgsiException("InvalidRequest", StatusCodes.Status406NotAcceptable, $"Accept: there is {Json} and {JsonLd}{(mayBeGeo ? $" and {GeoJson}" : "")}");
    }

    /// <summary>Checks that a body's content type and its context fit together.</summary>
    /// <exception cref="NgsiException">They do not.</exception>
    public static void Check(HttpContext http, bool hasContext)
    {
        string? type = MediaTypeHeaderValue.TryParse(http.Request.ContentType, out MediaTypeHeaderValue? parsed) ? parsed.MediaType?.ToLowerInvariant() : null;
        bool hasLink = http.Request.Headers.Link.Any(l => l is not null && l.Contains("json-ld#context", StringComparison.Ordinal));
        string? wrong = type switch
        {
            Json when hasContext => $"a body of {Json} has no @context: give it in a Link header, or send {JsonLd}",
            JsonLd when !hasContext => $"a body of {JsonLd} has its @context",
            JsonLd when hasLink => $"the context of {JsonLd} is in the body, not in a Link header",
            _ => null,
        };
        if (wrong is not null)
        {
            throw NgsiException.BadData(wrong);
        }
        if (type is not (Json or JsonLd or Patch))
        {
            throw new NgsiException("InvalidRequest", StatusCodes.Status415UnsupportedMediaType, $"Content-Type: expected {Json}, {JsonLd} or {Patch}");
        }
    }
}
