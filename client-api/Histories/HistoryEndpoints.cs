using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.ClientApi.Histories;

/// <summary>An event of a twin.</summary>
/// <param name="Position">Its place in the city's order.</param>
/// <param name="Version">Its place in the twin's order.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Type">Its name, as <c>CaseFiled</c>.</param>
/// <param name="Data">Its members, as the journal has them; those with default values are left out.</param>
internal sealed record EventReading(long Position, int Version, DateTimeOffset At, string Type, [property: JsonConverter(typeof(EventJson))] TwinEvent Data);

/// <summary>A page of events.</summary>
/// <param name="Items">The oldest first.</param>
/// <param name="Next">Give it as <c>cursor</c> for the next page; null when there is no more.</param>
internal sealed record HistoryAnswer(IReadOnlyList<EventReading> Items, string? Next);

/// <summary>Writes an event as the journal does.</summary>
internal sealed class EventJson : JsonConverter<TwinEvent>
{
    /// <inheritdoc/>
    public override TwinEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("events are only told");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TwinEvent value, JsonSerializerOptions options) => JournalJson.Write(writer, value);
}

/// <summary>What happened to a twin, one event after the other.</summary>
internal static class HistoryEndpoints
{
    private static readonly QueryDoc[] Query =
        [new("limit", "1 to 1,000, default 100.", "integer"), new("cursor", "The next of the page before: events after this version.")];

    private static readonly FrozenSet<string> Names = Query.Select(q => q.Name).ToFrozenSet();

    /// <summary>Adds a history to every kind of twin.</summary>
    public static void MapHistories(this IEndpointRouteBuilder routes, CityApi api)
    {
        Map(routes, api, "/cases/{id}", TwinKind.Case, "Cases", "GetCaseHistory");
        Map(routes, api, "/desks/{id}", TwinKind.Desk, "Desks", "GetDeskHistory");
        Map(routes, api, "/communes/{id}", TwinKind.Commune, "Communes", "GetCommuneHistory");
        Map(routes, api, "/departments/{id}", TwinKind.Department, "Departments", "GetDepartmentHistory");
        Map(routes, api, "/officials/{id}", TwinKind.Official, "Officials", "GetOfficialHistory");
        Map(routes, api, "/citizens/{id}", TwinKind.Citizen, "Citizens", "GetLedgerHistory");
        Map(routes, api, "/sensors/{id}", TwinKind.Sensor, "Sensors", "GetSensorHistory");
        Map(routes, api, "/city", TwinKind.City, "City", "GetCityHistory");
    }

    private static void Map(IEndpointRouteBuilder routes, CityApi api, string path, TwinKind kind, string tag, string name) =>
        routes.Get(path + "/history", new RouteDoc(tag, name, "What happened, one event after the other") { Answer = typeof(HistoryAnswer), Query = Query }, http =>
            GetAsync(api, http, kind == TwinKind.City ? api.Definition.Id : Twins.InPath(http, kind)));

    private static async Task GetAsync(CityApi api, HttpContext http, TwinId id)
    {
        var query = new QueryReader(http, Names);
        int limit = query.Number("limit", 1, 1_000, 100);
        int after = query.Number("cursor", 0, int.MaxValue, 0);
        query.ThrowIfAny();
        IReadOnlyList<RecordedEvent> events = await api.Runtime.HistoryAsync(id, after, limit + 1);
        if (events.Count == 0 && (await api.Runtime.ReadAsync(id)).Version == 0)
        {
            throw new ProblemException(Problem.UnknownTwin(id.ToString()));
        }
        var items = new EventReading[Math.Min(limit, events.Count)];
        for (int i = 0; i < items.Length; i++)
        {
            RecordedEvent e = events[i];
            items[i] = new EventReading(e.Position, e.Version, e.At, JournalJson.NameOf(e.Event.GetType()), e.Event);
        }
        string? next = events.Count > limit ? items[^1].Version.ToString(CultureInfo.InvariantCulture) : null;
        await Answers.JsonAsync(http, new HistoryAnswer(items, next), ApiJson.Default.HistoryAnswer);
    }
}
