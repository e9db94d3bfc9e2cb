using System.Globalization;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>Reads the parameters of requests.</summary>
internal static class NgsiParameters
{
    private const int LimitMax = 1_000;
    private const int LimitUsual = 20;

    private static readonly string[] Choices = ["keyValues", "simplified", "concise", "normalized", "count", "sysAttrs", "temporalValues", "noOverwrite", "update", "replace"];

    /// <summary>Which part of a list is wanted.</summary>
    public static (int Offset, int Limit) Paging(HttpContext http) => (Number(http, "offset", 0, int.MaxValue, 0), Number(http, "limit", 0, LimitMax, LimitUsual));

    /// <summary>Whether NGSILD-Results-Count is wanted.</summary>
    public static bool Counts(HttpContext http) => http.Request.Query["count"] == "true" || Options(http).Contains("count");

    /// <summary>The representation.</summary>
    public static NgsiStyle Style(HttpContext http)
    {
        HashSet<string> options = Options(http);
        return options.Contains("keyValues") || options.Contains("simplified") || http.Request.Query["format"] == "simplified" ? NgsiStyle.KeyValues
            : options.Contains("concise") || http.Request.Query["format"] == "concise" ? NgsiStyle.Concise
            : NgsiStyle.Normalized;
    }

    /// <summary>The options.</summary>
    public static HashSet<string> Options(HttpContext http)
    {
        HashSet<string> options = [.. http.Request.Query["options"].SelectMany(o => (o ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries))];
        string? unknown = options.FirstOrDefault(o => !Choices.Contains(o));
        return unknown is null ? options : throw NgsiException.BadData($"options: '{Wire.Mistakes.Short(unknown)}' is none of {string.Join(", ", Choices)}");
    }

    /// <summary>The attributes wanted; null: all.</summary>
    public static HashSet<string>? Attrs(HttpContext http) =>
        http.Request.Query["attrs"].FirstOrDefault() is { Length: > 0 } attrs ? [.. attrs.Split(',').Select(NgsiType.Short)] : null;

    /// <summary>The property that is the geometry of GeoJSON features.</summary>
    public static string Geometry(HttpContext http) => http.Request.Query["geometryProperty"].FirstOrDefault() is { Length: > 0 } name ? NgsiType.Short(name) : "location";

    /// <summary>A part of the address.</summary>
    public static string Part(HttpContext http, string name) => Uri.UnescapeDataString((string)http.Request.RouteValues[name]!);

    private static int Number(HttpContext http, string name, int min, int max, int otherwise)
    {
        string? text = http.Request.Query[name].FirstOrDefault();
        return string.IsNullOrEmpty(text) ? otherwise
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= min && value <= max ? value
            : throw NgsiException.BadData($"{name}: expected a whole number from {min} to {max}");
    }
}
