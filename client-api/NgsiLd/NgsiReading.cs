using System.Text.Json.Nodes;
using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Silo.Queries;
using CityTwin.Silo.Sensors;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>Makes entities of what live queries and the time series say.</summary>
internal sealed class NgsiReading(CityApi api)
{
    private static readonly TimeSpan LatestWithin = TimeSpan.FromHours(25);

    /// <summary>The entity of a row.</summary>
    public async Task<NgsiEntity> EntityAsync(NgsiType type, TwinId id, Dictionary<string, QueryValue> row)
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
        if (type.Sensor is { } kind)
        {
            attributes.AddRange(await LatestAsync(id, kind));
        }
        return new NgsiEntity(type.Urn(id), type.Name, attributes);
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

    // The latest reading of each measure, of the last day.
    private async Task<IEnumerable<NgsiAttribute>> LatestAsync(TwinId id, SensorKind kind)
    {
        if (api.Readings.Store is not { } store)
        {
            return [];
        }
        DateTimeOffset now = api.Runtime.Clock.Now;
        IReadOnlyList<HistoryPoint> points = await store.HistoryAsync([id], null, now - LatestWithin, now.AddHours(1), Resolution.Raw, int.MaxValue);
        Dictionary<Measure, HistoryPoint> latest = points.GroupBy(p => p.Measure).ToDictionary(g => g.Key, g => g.MaxBy(p => p.At));
        List<NgsiAttribute> attributes = [];
        foreach (NgsiMeasure measure in NgsiMeasures.Of(kind))
        {
            if (latest.TryGetValue(measure.Measure, out HistoryPoint point))
            {
                attributes.Add(new NgsiAttribute(measure.Name, NgsiKind.Property, point.Mean / measure.Scale, measure.Unit, point.At));
            }
        }
        if (latest.Count > 0)
        {
            attributes.Add(new NgsiAttribute("dateObserved", NgsiKind.Property, NgsiShape.MomentValue(latest.Values.Max(p => p.At))));
        }
        return attributes;
    }
}
