using System.Text.Json.Nodes;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>The JSON-LD context of the city's entities, served by the city itself.</summary>
internal static class NgsiContext
{
    private const string Own = "urn:citytwin:ngsi-ld:";
    private const string Models = "https://smartdatamodels.org/";

    /// <summary>The relation of the Link header (JSON-LD 1.1, 6.2).</summary>
    public const string Rel = "http://www.w3.org/ns/json-ld#context";

    /// <summary>Its address.</summary>
    public static string Address(HttpContext http) => $"{http.Request.Scheme}://{http.Request.Host}/ngsi-ld/context.jsonld";

    /// <summary>The document: every type and attribute, and the standard's own context.</summary>
    public static JsonObject Document()
    {
        var terms = new JsonObject
        {
            ["id"] = "@id",
            ["type"] = "@type",
        };
        foreach (NgsiType type in NgsiType.All)
        {
            bool isModel = type.Fixed is not null;
            terms[type.Name] = (isModel ? Models : Own) + type.Name;
            foreach ((string name, NgsiKind kind) in type.Attributes)
            {
                string uri = (isModel ? Models : Own) + name;
                terms[name] ??= name == "location" ? "https://uri.etsi.org/ngsi-ld/location"
                    : kind == NgsiKind.Relationship ? new JsonObject { ["@id"] = uri, ["@type"] = "@id" }
                    : uri;
            }
        }
        return new JsonObject { ["@context"] = new JsonArray(terms, "https://uri.etsi.org/ngsi-ld/v1/ngsi-ld-core-context-v1.6.jsonld") };
    }
}
