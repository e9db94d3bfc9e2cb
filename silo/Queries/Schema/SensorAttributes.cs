using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>What can be asked about sensors.</summary>
internal static class SensorAttributes
{
    private static readonly WordList<SensorKind> SensorKinds = new();

    /// <summary>The table.</summary>
    public static QuerySchema<StateRow<SensorState>> Schema { get; } = Make();

    private static QuerySchema<StateRow<SensorState>> Make()
    {
        QueryAttribute<StateRow<SensorState>> commune = new("commune", QueryType.Id, "Where it stands.", (in StateRow<SensorState> r, QueryContext _) => QueryValue.Of(r.State!.Profile?.Commune ?? default)) { Kinds = [TwinKind.Commune] };
        return new(
            "sensor", TwinKind.Sensor, "A measuring device, or the twin of an area that gathers alerts into incidents.",
            [
                new("id", QueryType.Id, "Its identity.", (in StateRow<SensorState> r, QueryContext _) => QueryValue.Of(r.Id)) { Kinds = [TwinKind.Sensor], IsIndexed = true },
                new("kind", QueryType.Word, "What it watches.", (in StateRow<SensorState> r, QueryContext _) => r.State!.Profile is { } p ? SensorKinds[(int)p.Kind] : default) { Words = SensorKinds.Words },
                new("name", QueryType.Text, "Its name in topics.", (in StateRow<SensorState> r, QueryContext _) => QueryValue.Of(r.State!.Profile?.Name)),
                commune,
                new("level", QueryType.Number, "The alert level in force, 0 for none.", (in StateRow<SensorState> r, QueryContext _) => QueryValue.Of(r.State!.Level)),
                new("rapidRise", QueryType.Flag, "Whether the value rises too fast.", (in StateRow<SensorState> r, QueryContext _) => QueryValue.Of(r.State!.RisesRapidly)),
                new("implausible", QueryType.Flag, "Whether the readings cannot be right.", (in StateRow<SensorState> r, QueryContext _) => QueryValue.Of(r.State!.IsImplausible)),
                new("silent", QueryType.Flag, "Whether it is silent.", (in StateRow<SensorState> r, QueryContext _) => QueryValue.Of(r.State!.IsSilent)),
                new("lastHeardAt", QueryType.Moment, "The last reading before it grew quiet.", (in StateRow<SensorState> r, QueryContext _) => r.State!.LastHeardAt is { } at ? QueryValue.OfMoment(at) : default),
                new("maintenanceUntil", QueryType.Moment, "Until when it is worked on.", (in StateRow<SensorState> r, QueryContext _) => r.State!.MaintenanceUntil is { } at ? QueryValue.OfMoment(at) : default),
                new("alerts", QueryType.Number, "Alerts that are raised.", (in StateRow<SensorState> r, QueryContext _) => QueryValue.Of(r.State!.Alerts.Length)),
                new("alertAt", QueryType.Moment, "When the earliest of them was observed.", (in StateRow<SensorState> r, QueryContext _) => r.State!.Alerts is [var first, ..] ? QueryValue.OfMoment(first.ObservedAt) : default),
                new("cityWide", QueryType.Flag, "Whether its alerts concern the whole city.", (in StateRow<SensorState> r, QueryContext _) => r.State!.Profile is { } p ? QueryValue.Of(p.IsCityWide) : default),
                new("incidents", QueryType.Number, "Open incidents of an area.", (in StateRow<SensorState> r, QueryContext _) => QueryValue.Of(r.State!.Incidents.Length)),
                new("position", QueryType.Number, "The journal position of its last event.", (in StateRow<SensorState> r, QueryContext _) => QueryValue.Of(r.Position)) { IsShown = false },
                .. ReadingAttributes.All,
                .. PlaceAttributes.Of<StateRow<SensorState>>(static (in StateRow<SensorState> r) => r.State!.Profile?.Place),
            ])
        {
            Place = r => r.State!.Profile?.Place,
            Commune = commune,
        };
    }
}
