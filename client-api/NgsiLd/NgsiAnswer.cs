using System.Text.Json.Nodes;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>Writes answers as the caller wants them: JSON with the context in a Link header, JSON-LD with the context in it, or GeoJSON.</summary>
internal static class NgsiAnswer
{
    /// <summary>Writes entities, one or several, or a list of types.</summary>
    /// <param name="http">The request.</param>
    /// <param name="value">An object, or a list of objects.</param>
    /// <param name="geometry">The property that is the geometry of entities, where GeoJSON can be given; null: it cannot.</param>
    public static Task WriteAsync(HttpContext http, JsonNode value, string? geometry = null)
    {
        string wanted = NgsiMedia.Wanted(http, geometry is not null);
        string context = NgsiContext.Address(http);
        if (wanted == NgsiMedia.JsonLd)
        {
            foreach (JsonObject one in value is JsonArray list ? list.OfType<JsonObject>() : [(JsonObject)value])
            {
                one["@context"] = context;
            }
            return RawAsync(http, value, NgsiMedia.JsonLd);
        }
        http.Response.Headers.Link = $"<{context}>; rel=\"{NgsiContext.Rel}\"; type=\"{NgsiMedia.JsonLd}\"";
        return wanted == NgsiMedia.GeoJson ? RawAsync(http, Features(value, geometry!), NgsiMedia.GeoJson) : RawAsync(http, value, NgsiMedia.Json);
    }

    /// <summary>Writes a document as it is.</summary>
    public static Task RawAsync(HttpContext http, JsonNode value, string contentType)
    {
        http.Response.ContentType = contentType;
        return http.Response.WriteAsync(value.ToJsonString(NgsiShape.Json));
    }

    // RFC 7946; ETSI GS CIM 009, 5.2.29 to 5.2.31.
    private static JsonObject Features(JsonNode value, string geometry) => value is JsonArray list
        ? new JsonObject { ["type"] = "FeatureCollection", ["features"] = new JsonArray([.. list.OfType<JsonObject>().Select(e => Feature(e, geometry))]) }
        : Feature((JsonObject)value, geometry);

    private static JsonObject Feature(JsonObject entity, string geometry)
    {
        JsonNode? place = entity[geometry] is JsonObject full && full.ContainsKey("value") ? full["value"] : entity[geometry];
        var properties = new JsonObject();
        foreach ((string name, JsonNode? attribute) in entity.Where(m => m.Key != "id"))
        {
            properties[name] = attribute?.DeepClone();
        }
        return new JsonObject { ["id"] = entity["id"]!.DeepClone(), ["type"] = "Feature", ["geometry"] = place?.DeepClone(), ["properties"] = properties };
    }
}
