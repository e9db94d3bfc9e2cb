using System.Text.Json.Nodes;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>Writes answers as the caller wants them: JSON with the context in a Link header, or JSON-LD with the context in it.</summary>
internal static class NgsiAnswer
{
    /// <summary>Writes entities, one or several, or a list of types.</summary>
    public static Task WriteAsync(HttpContext http, JsonNode value)
    {
        bool isLd = http.Request.Headers.Accept.Any(a => a is not null && a.Contains("application/ld+json", StringComparison.OrdinalIgnoreCase));
        string context = NgsiContext.Address(http);
        if (isLd)
        {
            foreach (JsonObject one in value is JsonArray list ? list.OfType<JsonObject>() : [(JsonObject)value])
            {
                one["@context"] = context;
            }
            return RawAsync(http, value, "application/ld+json");
        }
        http.Response.Headers.Link = $"<{context}>; rel=\"{NgsiContext.Rel}\"; type=\"application/ld+json\"";
        return RawAsync(http, value, "application/json");
    }

    /// <summary>Writes a document as it is.</summary>
    public static Task RawAsync(HttpContext http, JsonNode value, string contentType)
    {
        http.Response.ContentType = contentType;
        return http.Response.WriteAsync(value.ToJsonString(NgsiShape.Json));
    }
}
