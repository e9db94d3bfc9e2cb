using System.Text.Json.Nodes;
using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Queries;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>Makes entities of what live queries and the time series say.</summary>
internal sealed class NgsiReading(CityApi api)
{
    /// <summary>The entity of a row.</summary>
    public NgsiEntity Entity(NgsiType type, TwinId id, Dictionary<string, QueryValue> row)
    {
        List<NgsiAttribute> attributes = [];
        foreach ((string name, string asked) in type.Columns)
        {
            QueryValue value = row[asked];
            if (!value.IsNone)
            {
                attributes.Add(name == "status" ? new NgsiAttribute(name, NgsiKind.Property, value.AsFlag ? "open" : "closed") : Attribute(name, value));
            }
        }
        if (type.HasPlace && !row["location.latitude"].IsNone)
        {
            var point = new JsonObject { ["type"] = "Point", ["coordinates"] = new JsonArray(row["location.longitude"].AsNumber, row["location.latitude"].AsNumber) };
            attributes.Add(new NgsiAttribute("location", NgsiKind.GeoProperty, point));
        }
        if (type.Name == "Open311ServiceRequest")
        {
            string service = row["service"].AsText;
            attributes.Add(new NgsiAttribute("service_request_id", NgsiKind.Property, id.NumberText));
            attributes.Add(new NgsiAttribute("service_name", NgsiKind.Property, api.Runtime.Rules.Catalogue.Find(service)?.NameVi ?? service));
        }
        foreach (NgsiMeasure measure in type.Measures.Where(m => !row[m.Column].IsNone))
        {
            attributes.Add(new NgsiAttribute(measure.Name, NgsiKind.Property, row[measure.Column].AsNumber / measure.Scale, measure.Unit, row[measure.MomentColumn].AsMoment));
        }
        return new NgsiEntity(type.Urn(id), type.Name, attributes);
    }

    /// <summary>When the entity was made and last changed: of a twin, when its first and its latest event happened.</summary>
    public async Task<NgsiEntity> WithSystemAttributesAsync(NgsiEntity entity, TwinId id)
    {
        IReadOnlyList<RecordedEvent> first = await api.Runtime.HistoryAsync(id, 0, 1);
        IReadOnlyList<RecordedEvent> last = await api.Runtime.HistoryAsync(id, Math.Max(0, (await api.Runtime.ReadAsync(id)).Version - 1), 1);
        return first.Count == 0 ? entity : entity with { CreatedAt = first[0].At, ModifiedAt = (last.Count > 0 ? last : first)[^1].At };
    }

    /// <summary>A value as an attribute.</summary>
    public static NgsiAttribute Attribute(string name, QueryValue value) => value.Type switch
    {
        QueryType.Id => new NgsiAttribute(name, NgsiKind.Relationship, NgsiType.UrnOf(value.AsId)),
        QueryType.Number => new NgsiAttribute(name, NgsiKind.Property, value.AsNumber),
        QueryType.Flag => new NgsiAttribute(name, NgsiKind.Property, value.AsFlag),
        QueryType.Moment => new NgsiAttribute(name, NgsiKind.Property, NgsiShape.MomentValue(value.AsMoment)),
        _ => new NgsiAttribute(name, NgsiKind.Property, value.AsText),
    };
}
