using System.Collections.Frozen;
using CityTwin.ClientApi.Cases;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo.Sensors;

namespace CityTwin.ClientApi.Sensors;

/// <summary>Lists of sensors.</summary>
internal static class SensorLists
{
    private static readonly QueryDoc[] Query =
    [
        new("commune", "In this commune, as commune/19753."), new("kind", "Of this kind.", Words: [.. Words<SensorKind>.All]),
        new("state", "In this state.", Words: [.. Words<SensorCondition>.All]), new("name", "With this name in topics."), Twins.At,
        new("limit", "1 to 1,000, default 100.", "integer"), new("cursor", "The next of the page before."),
    ];

    private static readonly FrozenSet<string> Names = Query.Select(q => q.Name).ToFrozenSet();

    /// <summary>Adds the route.</summary>
    public static void MapSensorLists(this IEndpointRouteBuilder routes, CityApi api) =>
        routes.Get("/sensors", new RouteDoc("Sensors", "ListSensors", "Sensors by commune, kind and state, now or as of a moment") { Answer = typeof(SensorListAnswer), Query = Query }, http => ListAsync(api, http));

    private static async Task ListAsync(CityApi api, HttpContext http)
    {
        var query = new QueryReader(http, Names);
        TwinId? commune = query.Id("commune", TwinKind.Commune);
        SensorKind? kind = query.Word<SensorKind>("kind");
        SensorCondition? state = query.Word<SensorCondition>("state");
        string? name = query.Text("name");
        DateTimeOffset? at = query.Moment("at");
        int limit = query.Number("limit", 1, 1_000, 100);
        TwinId after = query.Id("cursor", TwinKind.Sensor) ?? default;
        if (at > api.Runtime.Clock.Now)
        {
            query.Add("at", "is in the future");
        }
        query.ThrowIfAny();
        SensorDirectory directory = at is { } moment ? await Task.Run(() => SensorPast.DirectoryAt(api, moment)) : api.Sensors;
        (TwinId Id, SensorState State)[] found = [.. directory.Sensors
            .Where(s => (commune is null || s.State.Profile!.Commune == commune) && (kind is null || s.State.Profile!.Kind == kind)
                && (name is null || s.State.Profile!.Name == name) && (state is null || SensorReading.ConditionOf(s.State) == state))
            .OrderBy(s => s.Id)];
        (TwinId Id, SensorState State)[] page = [.. found.Where(s => s.Id > after).Take(limit + 1)];
        string? next = page.Length > limit ? page[limit - 1].Id.ToString() : null;
        SensorFollower? follower = at is null ? api.Readings.Follower : null;
        SensorLine[] items = [.. page.Take(limit).Select(s => Line(s.Id, s.State, follower))];
        await Answers.JsonAsync(http, new SensorListAnswer(items, next, found.Length), ApiJson.Default.SensorListAnswer);
    }

    private static SensorLine Line(TwinId id, SensorState s, SensorFollower? follower)
    {
        SensorProfile p = s.Profile!;
        LatestReading? latest = LatestReading.From(p.Kind, follower?.Glance(id));
        PlaceBody? place = p.Place is { } at ? new PlaceBody(at.Latitude, at.Longitude) : null;
        return new SensorLine(id, p.Kind, p.Name, p.Commune, place, SensorReading.ConditionOf(s), s.Level, latest?.At, latest?.Value);
    }
}
