using System.Text.Json.Nodes;
using CityTwin.ClientApi.Hosting;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>What types and attributes there are.</summary>
internal sealed class NgsiTypeLists(CityApi api)
{
    /// <summary>All types.</summary>
    public static JsonNode Types(bool details)
    {
        if (!details)
        {
            return new JsonObject { ["id"] = "urn:ngsi-ld:EntityTypeList:citytwin", ["type"] = "EntityTypeList", ["typeList"] = Texts(NgsiType.All.Select(t => t.Name)) };
        }
        return new JsonArray([.. NgsiType.All.Select(t => new JsonObject
        {
            ["id"] = UriOf(t.Name), ["type"] = "EntityType", ["typeName"] = t.Name, ["attributeNames"] = Texts(t.Attributes.Select(a => a.Name).Distinct()),
        })]);
    }

    /// <summary>A type, how many entities it has, and its attributes.</summary>
    public async Task<JsonNode> TypeAsync(NgsiType type, HttpContext http) => new JsonObject
    {
        ["id"] = UriOf(type.Name),
        ["type"] = "EntityTypeInfo",
        ["typeName"] = type.Name,
        ["entityCount"] = await new NgsiAsking(api).CountAsync(type, http, null),
        ["attributeDetails"] = new JsonArray([.. type.Attributes.DistinctBy(a => a.Name).Select(a => new JsonObject
        {
            ["id"] = UriOf(a.Name), ["type"] = "Attribute", ["attributeName"] = a.Name, ["attributeTypes"] = new JsonArray(a.Kind.ToString()),
        })]),
    };

    /// <summary>All attributes.</summary>
    public static JsonNode Attributes(bool details)
    {
        string[] names = [.. NgsiType.All.SelectMany(t => t.Attributes.Select(a => a.Name)).Distinct().Order(StringComparer.Ordinal)];
        return details
            ? new JsonArray([.. names.Select(Attribute)])
            : new JsonObject { ["id"] = "urn:ngsi-ld:AttributeList:citytwin", ["type"] = "AttributeList", ["attributeList"] = Texts(names) };
    }

    /// <summary>An attribute and the types that have it.</summary>
    /// <exception cref="NgsiException">No type has it.</exception>
    public static JsonNode Attribute(string name)
    {
        string known = NgsiType.Short(name);
        (NgsiType Type, NgsiKind Kind)[] found = [.. NgsiType.All.SelectMany(t => t.Attributes.Where(a => a.Name == known).Select(a => (t, a.Kind)))];
        return found.Length == 0 ? throw NgsiException.NotFound($"attribute '{Wire.Mistakes.Short(name)}'") : new JsonObject
        {
            ["id"] = UriOf(known),
            ["type"] = "Attribute",
            ["attributeName"] = known,
            ["attributeTypes"] = Texts(found.Select(f => f.Kind.ToString()).Distinct()),
            ["typeNames"] = Texts(found.Select(f => f.Type.Name).Distinct()),
        };
    }

    private static string UriOf(string name) => $"urn:citytwin:ngsi-ld:{name}";

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => (JsonNode)t)]);
}
