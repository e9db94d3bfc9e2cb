using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CityTwin.ClientApi.Wire;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>What kind of attribute it is.</summary>
internal enum NgsiKind
{
    /// <summary>A value.</summary>
    Property,

    /// <summary>Another entity.</summary>
    Relationship,

    /// <summary>A place, GeoJSON.</summary>
    GeoProperty,
}

/// <summary>An attribute of an entity.</summary>
/// <param name="Name">Its short name.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Value">The value; for a relationship, the other entity's id.</param>
/// <param name="Unit">The UN/CEFACT code of its unit, or null.</param>
/// <param name="ObservedAt">When it was observed, or null.</param>
internal sealed record NgsiAttribute(string Name, NgsiKind Kind, JsonNode Value, string? Unit = null, DateTimeOffset? ObservedAt = null);

/// <summary>A twin as an NGSI-LD entity.</summary>
/// <param name="Id">Its URN.</param>
/// <param name="Type">Its type's short name.</param>
/// <param name="Attributes">Its attributes.</param>
internal sealed record NgsiEntity(string Id, string Type, IReadOnlyList<NgsiAttribute> Attributes)
{
    /// <summary>When it was made, where system attributes are wanted.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed, where system attributes are wanted.</summary>
    public DateTimeOffset? ModifiedAt { get; init; }
}

/// <summary>The three representations of an entity.</summary>
internal enum NgsiStyle
{
    /// <summary>With type and value of every attribute.</summary>
    Normalized,

    /// <summary>As normalized, without what can be inferred.</summary>
    Concise,

    /// <summary>Values only.</summary>
    KeyValues,
}

/// <summary>Writes entities.</summary>
internal static class NgsiShape
{
    /// <summary>Vietnamese letters are written as they are.</summary>
    public static JsonSerializerOptions Json { get; } = new() { Encoder = ApiJson.Encoder };

    /// <summary>An entity in a representation.</summary>
    public static JsonObject Of(NgsiEntity entity, NgsiStyle style, IReadOnlySet<string>? attrs)
    {
        var json = new JsonObject { ["id"] = entity.Id, ["type"] = entity.Type };
        if (entity.CreatedAt is { } created && entity.ModifiedAt is { } modified)
        {
            (json["createdAt"], json["modifiedAt"]) = (Moment(created), Moment(modified));
        }
        foreach (NgsiAttribute attribute in entity.Attributes.Where(a => attrs?.Contains(a.Name) ?? true))
        {
            json[attribute.Name] = style == NgsiStyle.KeyValues ? Plain(attribute) : Full(attribute, style == NgsiStyle.Concise);
        }
        return json;
    }

    /// <summary>A moment, UTC.</summary>
    public static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A moment as the value of a property.</summary>
    public static JsonNode MomentValue(DateTimeOffset at) => new JsonObject { ["@type"] = "DateTime", ["@value"] = Moment(at) };

    /// <summary>An attribute as normalized, or concise.</summary>
    public static JsonNode Full(NgsiAttribute a, bool concise)
    {
        if (concise && a is { Kind: not NgsiKind.Relationship, Unit: null, ObservedAt: null })
        {
            return a.Value.DeepClone();
        }
        var json = new JsonObject();
        if (!concise)
        {
            json["type"] = a.Kind.ToString();
        }
        json[a.Kind == NgsiKind.Relationship ? "object" : "value"] = a.Value.DeepClone();
        if (a.Unit is not null)
        {
            json["unitCode"] = a.Unit;
        }
        if (a.ObservedAt is { } at)
        {
            json["observedAt"] = Moment(at);
        }
        return json;
    }

    private static JsonNode Plain(NgsiAttribute a) => a.Value is JsonObject typed && typed.TryGetPropertyValue("@value", out JsonNode? value) ? value!.DeepClone() : a.Value.DeepClone();
}
