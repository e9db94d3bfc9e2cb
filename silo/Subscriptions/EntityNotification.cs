using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CityTwin.Grains;
using CityTwin.Silo.Queries;

namespace CityTwin.Silo.Subscriptions;

/// <summary>How changes of twins are told as NGSI-LD notifications (ETSI GS CIM 009, 5.3.1) instead of CloudEvents.</summary>
public sealed record EntityNotification
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The type of entity that twins are told as.</summary>
    public required string EntityType { get; init; }

    /// <summary>The attributes, and the columns of the query that they are.</summary>
    public required IReadOnlyDictionary<string, string> Columns { get; init; }

    /// <summary>The measures of an observed type, by attribute.</summary>
    public IReadOnlyDictionary<string, MeasuredColumn> Measures { get; init; } = new Dictionary<string, MeasuredColumn>();

    /// <summary>normalized, concise or keyValues.</summary>
    public required string Format { get; init; }

    /// <summary>Whether the context is in the body; else it is in a Link header.</summary>
    public required bool IsJsonLd { get; init; }

    /// <summary>The context's address.</summary>
    public required string Context { get; init; }

    /// <summary>The subscription as it was asked for, JSON.</summary>
    public required string Asked { get; init; }

    /// <summary>The content type.</summary>
    public string ContentType => IsJsonLd ? "application/ld+json" : "application/json";

    /// <summary>The notification of a change.</summary>
    public byte[] Body(CloudEvent e, string subscription, DateTimeOffset now)
    {
        var notification = new JsonObject
        {
            ["id"] = $"urn:ngsi-ld:Notification:{e.Id.Replace("urn:ngsi-ld:Subscription:", "", StringComparison.Ordinal)}",
            ["type"] = "Notification",
            ["subscriptionId"] = subscription,
            ["notifiedAt"] = Moment(now),
            ["data"] = new JsonArray(Entity(JsonNode.Parse(e.Data)!)),
        };
        if (IsJsonLd)
        {
            notification["@context"] = Context;
        }
        return JsonSerializer.SerializeToUtf8Bytes(notification, Json);
    }

    private JsonObject Entity(JsonNode change)
    {
        QuerySchema schema = QuerySchema.Of((string)change["type"]!)!;
        TwinId twin = TwinId.Parse((string)change["twin"]!, null);
        JsonObject values = change["values"]!.AsObject();
        var entity = new JsonObject { ["id"] = $"urn:ngsi-ld:{EntityType}:{twin.NumberText}", ["type"] = EntityType };
        foreach ((string attribute, string column) in Columns)
        {
            if (values[column] is { } value)
            {
                entity[attribute] = attribute == "status" ? Shaped("Property", "value", (bool)value ? "open" : "closed") : Shaped(schema.Find(column)?.Type ?? QueryType.Text, value);
            }
        }
        foreach ((string attribute, MeasuredColumn measure) in Measures)
        {
            if (values[measure.Column] is { } value)
            {
                entity[attribute] = Measured((double)value / measure.Scale, measure.Unit, values[measure.MomentColumn]);
            }
        }
        if (values["location.latitude"] is { } latitude && values["location.longitude"] is { } longitude)
        {
            entity["location"] = Shaped("GeoProperty", "value", new JsonObject { ["type"] = "Point", ["coordinates"] = new JsonArray(longitude.DeepClone(), latitude.DeepClone()) });
        }
        return entity;
    }

    private JsonNode Shaped(QueryType type, JsonNode value) => type switch
    {
        QueryType.Id when TwinId.TryParse((string)value!, null, out TwinId id) => Shaped("Relationship", "object", $"urn:ngsi-ld:{id.Kind}:{id.NumberText}"),
        QueryType.Moment when Format == "keyValues" => value.DeepClone(),
        QueryType.Moment => Shaped("Property", "value", new JsonObject { ["@type"] = "DateTime", ["@value"] = value.DeepClone() }),
        _ => Shaped("Property", "value", value.DeepClone()),
    };

    // With a unit or a moment, concise is an object, too.
    private JsonNode Measured(double value, string? unit, JsonNode? at)
    {
        if (Format == "keyValues")
        {
            return value;
        }
        var full = new JsonObject();
        if (Format == "normalized")
        {
            full["type"] = "Property";
        }
        full["value"] = value;
        if (unit is not null)
        {
            full["unitCode"] = unit;
        }
        if (at is not null)
        {
            full["observedAt"] = at.DeepClone();
        }
        return full;
    }

    private JsonNode Shaped(string kind, string member, JsonNode value)
    {
        if (Format == "keyValues" || (Format == "concise" && kind != "Relationship"))
        {
            return value;
        }
        var full = new JsonObject();
        if (Format == "normalized")
        {
            full["type"] = kind;
        }
        full[member] = value;
        return full;
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>Where a measure of an observed type stands in an answer.</summary>
/// <param name="Column">Its value.</param>
/// <param name="MomentColumn">When it was observed.</param>
/// <param name="Unit">The UN/CEFACT code of its unit; null without one.</param>
/// <param name="Scale">What the model's value is multiplied with to give the column's.</param>
public sealed record MeasuredColumn(string Column, string MomentColumn, string? Unit, double Scale);
