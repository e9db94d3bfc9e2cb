using CityTwin.Grains;
using CityTwin.Silo.Sensors;

namespace CityTwin.ClientApi.Sensors;

/// <summary>The sensors at a glance.</summary>
/// <param name="Communes">Each commune that has sensors.</param>
/// <param name="Incidents">The incidents that are open.</param>
internal sealed record SensorBoard(IReadOnlyList<CommuneSensors> Communes, IReadOnlyList<IncidentLine> Incidents)
{
    /// <summary>The board of a directory as it stands.</summary>
    public static SensorBoard Of(SensorDirectory directory)
    {
        var communes = new SortedDictionary<TwinId, CommuneSensors>();
        foreach ((_, SensorState state) in directory.Sensors)
        {
            TwinId commune = state.Profile!.Commune;
            communes[commune] = (communes.GetValueOrDefault(commune) ?? new CommuneSensors(commune, 0, 0, 0, 0, 0, 0, 0)).With(state);
        }
        IncidentLine[] incidents = [.. directory.Incidents.OrderBy(i => i.Case).Select(i => new IncidentLine(i.Case, i.Alerts.Length, i.QuietSince, [.. i.Alerts.Select(a => a.Sensor).Distinct().Order()]))];
        return new SensorBoard([.. communes.Values], incidents);
    }
}

/// <summary>The sensors of a commune.</summary>
/// <param name="Commune">The commune.</param>
/// <param name="Sensors">How many are registered.</param>
/// <param name="Alerting">How many have a level reached or rise too fast.</param>
/// <param name="LevelMax">The highest level reached, 0 for none.</param>
/// <param name="Unacknowledged">Raised alerts that nobody has acknowledged.</param>
/// <param name="Doubtful">How many give readings that cannot be right.</param>
/// <param name="Silent">How many are silent.</param>
/// <param name="Maintenance">How many are worked on.</param>
internal sealed record CommuneSensors(TwinId Commune, int Sensors, int Alerting, int LevelMax, int Unacknowledged, int Doubtful, int Silent, int Maintenance)
{
    /// <summary>One more sensor counted.</summary>
    public CommuneSensors With(SensorState s) => new(
        Commune, Sensors + 1, Alerting + (s.Level > 0 || s.RisesRapidly ? 1 : 0), Math.Max(LevelMax, s.Level),
        Unacknowledged + s.Alerts.Count(a => a.AcknowledgedAt is null), Doubtful + (s.IsImplausible ? 1 : 0), Silent + (s.IsSilent ? 1 : 0),
        Maintenance + (s.MaintenanceUntil is null ? 0 : 1));
}

/// <summary>An incident that sensors opened.</summary>
/// <param name="Case">The case that was filed for it.</param>
/// <param name="Alerts">How many alerts of it are raised.</param>
/// <param name="QuietSince">Since when none is; null while any is.</param>
/// <param name="Sensors">Whose alerts.</param>
internal sealed record IncidentLine(TwinId Case, int Alerts, DateTimeOffset? QuietSince, IReadOnlyList<TwinId> Sensors);
