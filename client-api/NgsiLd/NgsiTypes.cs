using CityTwin.Grains;
using CityTwin.Silo.Queries;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>A type of entity: a kind of twin, seen under the names of a Smart Data Model or its own.</summary>
/// <param name="Name">The type's short name.</param>
/// <param name="Schema">What can be asked about such twins.</param>
/// <param name="Fixed">The condition that tells such twins from others of the kind; null: none.</param>
/// <param name="Columns">The type's names, and the names in live queries.</param>
/// <param name="Sensor">The kind of sensor whose readings it shows; null: none.</param>
internal sealed record NgsiType(string Name, QuerySchema Schema, string? Fixed, IReadOnlyList<(string Ngsi, string Asked)> Columns, SensorKind? Sensor = null)
{
    private static readonly (string, string)[] Requests =
    [
        ("status", "open"), ("service_code", "service"), ("requested_datetime", "filedAt"), ("updated_datetime", "stageAt"), ("expected_datetime", "deadline"),
        ("agency_responsible", "office"), ("address_id", "commune"), ("stage", "stage"), ("channel", "channel"), ("overdue", "overdue"),
    ];

    private static readonly (string, string)[] Observed = [("name", "name"), ("refCommune", "commune"), ("alertLevel", "level"), ("silent", "silent"), ("implausible", "implausible"), ("dateObserved", "readAt")];

    /// <summary>All types: the twins' own, then those of Smart Data Models.</summary>
    public static IReadOnlyList<NgsiType> All { get; } =
    [
        Own("Case", "case"), Own("Desk", "desk"), Own("Commune", "commune"), Own("Department", "department"), Own("Sensor", "sensor"), Own("Official", "official"),
        new("Open311ServiceRequest", QuerySchema.Of("case")!, "kind==feedback", Requests),
        Of("AirQualityObserved", SensorKind.Air), Of("WaterObserved", SensorKind.Water), Of("NoiseLevelObserved", SensorKind.Noise), Of("WeatherObserved", SensorKind.Rain),
        Of("TrafficFlowObserved", SensorKind.Traffic), Of("Streetlight", SensorKind.Light),
    ];

    /// <summary>Whether it has a place.</summary>
    public bool HasPlace => Schema.Find("location") is not null;

    /// <summary>The measures that it shows; none unless it is an observed type.</summary>
    public IReadOnlyList<NgsiMeasure> Measures { get; } = Sensor is { } watched ? NgsiMeasures.Of(watched) : [];

    /// <summary>What live queries are asked for.</summary>
    public IEnumerable<string> Asked => [.. Columns.Select(c => c.Asked).Distinct(), .. Measures.SelectMany(m => (string[])[m.Column, m.MomentColumn]), .. HasPlace ? (string[])["location.latitude", "location.longitude"] : []];

    /// <summary>The names of all its attributes and what each is.</summary>
    public IEnumerable<(string Name, NgsiKind Kind)> Attributes =>
    [
        .. Columns.Select(c => (c.Ngsi, Schema.Find(c.Asked)!.Type == QueryType.Id ? NgsiKind.Relationship : NgsiKind.Property)),
        .. HasPlace ? [("location", NgsiKind.GeoProperty)] : Array.Empty<(string, NgsiKind)>(),
        .. Measures.Select(m => (m.Name, NgsiKind.Property)),
        .. Name == "Open311ServiceRequest" ? [("service_request_id", NgsiKind.Property), ("service_name", NgsiKind.Property)] : Array.Empty<(string, NgsiKind)>(),
    ];

    /// <summary>Whether every entity of the type has an attribute.</summary>
    public bool IsAlways(string attribute) => Name == "Open311ServiceRequest" && attribute is "service_request_id" or "service_name" or "status";

    /// <summary>The type with a short name or a URI that ends in it.</summary>
    /// <exception cref="NgsiException">There is none.</exception>
    public static NgsiType Find(string name) =>
        All.FirstOrDefault(t => t.Name == Short(name)) ?? throw NgsiException.NotFound($"type '{Wire.Mistakes.Short(name)}'");

    /// <summary>The short name of a name that may be a URI.</summary>
    public static string Short(string name) => name[(name.LastIndexOfAny(['/', '#']) + 1)..];

    /// <summary>A twin's URN under this type.</summary>
    public string Urn(TwinId id) => $"urn:ngsi-ld:{Name}:{id.NumberText}";

    /// <summary>The URN of a twin under the type of its kind; its text where there is none.</summary>
    public static string UrnOf(TwinId id) => All.Take(6).FirstOrDefault(t => t.Schema.Kind == id.Kind)?.Urn(id) ?? $"urn:ngsi-ld:{id.Kind}:{id.NumberText}";

    /// <summary>The type and twin of a URN.</summary>
    /// <exception cref="NgsiException">It is no URI, or of no such type or twin.</exception>
    public static (NgsiType Type, TwinId Id) Parse(string urn)
    {
        string[] parts = urn.Split(':');
        if (!Uri.TryCreate(urn, UriKind.Absolute, out _))
        {
            throw NgsiException.BadData($"'{Wire.Mistakes.Short(urn)}' is no URI");
        }
        NgsiType? type = parts is ["urn", "ngsi-ld", _, _] ? All.FirstOrDefault(t => t.Name == parts[2]) : null;
        return type is not null && TwinId.TryParseNumber(type.Schema.Kind, parts[3], out TwinId id) ? (type, id) : throw NgsiException.NotFound($"entity '{Wire.Mistakes.Short(urn)}'");
    }

    private static NgsiType Own(string name, string schema) => new(
        name, QuerySchema.Of(schema)!, null,
        [.. QuerySchema.Of(schema)!.Attributes.Where(a => a.IsShown && a.Name != "id" && !a.Name.Contains('.', StringComparison.Ordinal) && a.Type is not (QueryType.Words or QueryType.Place) && a.Name != "distance").Select(a => (a.Name, a.Name))]);

    private static NgsiType Of(string name, SensorKind kind) => new(name, QuerySchema.Of("sensor")!, $"kind=={SensorKinds.Word(kind)}", Observed, kind);
}
