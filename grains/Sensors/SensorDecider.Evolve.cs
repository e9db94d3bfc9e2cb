using System.Collections.Immutable;
using static CityTwin.Grains.SensorCommand;
using static CityTwin.Grains.SensorEvent;

namespace CityTwin.Grains;

/// <content>What events make of the state, and what follows from them.</content>
public sealed partial class SensorDecider
{
    /// <inheritdoc/>
    public static SensorState Evolve(SensorState state, SensorEvent happened) => happened switch
    {
        SensorRegistered e when state.Profile is null => state with { Profile = e.Profile, Rules = e.Rules },
        SensorRulesChanged e when state.Profile is not null => state with { Rules = e.Rules },
        SensorCalibrated e when state.Profile is not null => state with { Offset = e.Offset },
        MaintenanceBegun e when state.Profile is not null => state with { MaintenanceUntil = e.Until, SilentAt = null, IsSilent = false },
        MaintenanceEnded when state.MaintenanceUntil is not null => state with { MaintenanceUntil = null },
        AlertRaised { Kind: AlertKind.Threshold } e when e.Level == state.Level + 1 => With(state, e) with { Level = e.Level },
        AlertCleared { Kind: AlertKind.Threshold } e when e.Level == state.Level => Without(state, e) with { Level = e.Level - 1 },
        AlertRaised { Kind: AlertKind.RapidRise } e when !state.RisesRapidly => With(state, e) with { RisesRapidly = true },
        AlertCleared { Kind: AlertKind.RapidRise } e when state.RisesRapidly => Without(state, e) with { RisesRapidly = false },
        AlertRaised { Kind: AlertKind.Implausible } e when !state.IsImplausible => With(state, e) with { IsImplausible = true },
        AlertCleared { Kind: AlertKind.Implausible } e when state.IsImplausible => Without(state, e) with { IsImplausible = false },
        AlertAcknowledged e when state.Profile is not null => state with { Alerts = Seen(state.Alerts, e) },
        AlertsSilenced e when state.Profile is not null => state with { SilencedUntil = e.Until },
        SilenceLifted when state.SilencedUntil is not null => state with { SilencedUntil = null },
        SensorQuietened e when state.SilentAt is null => state with { SilentAt = e.SilentAt, LastHeardAt = e.LastAt },
        SensorFellSilent when state.SilentAt is not null => state with { SilentAt = null, IsSilent = true },
        SensorReturned when state.IsSilent || state.SilentAt is not null => state with { SilentAt = null, IsSilent = false },
        IncidentOpened e => state with
        {
            IncidentsOpened = e.Ordinal,
            Incidents = state.Incidents.Add(new Incident(e.Case, e.Profile.Place, [e.Alert], null, e.At)),
        },
        AlertAttached e => state with { Incidents = Change(state, e, e.Case, i => i with { Alerts = i.Alerts.Add(e.Alert), QuietSince = null }) },
        AlertDetached e => state with { Incidents = Change(state, e, e.Case, i => Without(i, e)) },
        IncidentEnded e => state with { Incidents = state.Incidents.Remove(Find(state, e, e.Case)) },
        _ => throw new CorruptHistoryException(state, happened),
    };

    /// <inheritdoc/>
    public static void React(TwinId self, SensorState state, SensorEvent happened, Outbox outbox)
    {
        switch (happened)
        {
            case AlertRaised { Kind: not AlertKind.Implausible } e when state.SilencedUntil is null:
                outbox.Send(AreaOf(state.Profile!), Joining(self, state, e.Kind, e.Level, e.Value, e.ObservedAt));
                break;
            case SilenceLifted:
                foreach (ActiveAlert alert in state.Alerts)
                {
                    if (alert.Kind != AlertKind.Implausible)
                    {
                        outbox.Send(AreaOf(state.Profile!), Joining(self, state, alert.Kind, alert.Level, alert.Value, alert.ObservedAt));
                    }
                }
                break;
            case AlertCleared { Kind: not AlertKind.Implausible } e:
                outbox.Send(AreaOf(state.Profile!), new LeaveIncident(new AlertRef(self, e.Kind, e.Level), e.ObservedAt));
                break;
            case IncidentOpened e:
                outbox.Send(e.Case, SensorIncident.CaseFor(e));
                break;
            case AlertAttached { Profile: not null } e:
                outbox.Send(e.Case, SensorIncident.NewsFor(e, e.Profile));
                break;
            default:
                break;
        }
    }

    /// <summary>The twin that gathers the alerts of a sensor: that of its commune, or of its city, by category.</summary>
    public static TwinId AreaOf(SensorProfile profile) =>
        SensorNumber.OfArea(profile.IsCityWide ? profile.City : profile.Commune, SensorKinds.Category(profile.Kind));

    private static JoinIncident Joining(TwinId self, SensorState state, AlertKind kind, int level, double value, DateTimeOffset observedAt)
    {
        int reached = kind == AlertKind.Threshold ? state.Rules!.Levels.Count(l => l <= value) : level;
        return new JoinIncident(new AlertRef(self, kind, level), state.Profile!, value, observedAt, reached > level ? reached : 0);
    }

    private static SensorState With(SensorState state, AlertRaised e) =>
        state with { Alerts = state.Alerts.Add(new ActiveAlert(e.Kind, e.Level, e.Value, e.ObservedAt)) };

    private static SensorState Without(SensorState state, AlertCleared e)
    {
        ImmutableArray<ActiveAlert> left = state.Alerts.RemoveAll(a => a.Kind == e.Kind && a.Level == e.Level);
        return state with { Alerts = left.IsEmpty ? [] : left };
    }

    private static ImmutableArray<ActiveAlert> Seen(ImmutableArray<ActiveAlert> alerts, AlertAcknowledged e) =>
        [.. alerts.Select(a => a.Kind == e.Kind && a.Level == e.Level ? a with { AcknowledgedAt = e.At, AcknowledgedBy = e.Official } : a)];

    private static Incident Without(Incident incident, AlertDetached e)
    {
        var left = incident.Alerts.Remove(e.Alert);
        return incident with { Alerts = left, QuietSince = left.IsEmpty ? e.At : null };
    }

    private static ImmutableArray<Incident> Change(
        SensorState state, SensorEvent happened, TwinId which, Func<Incident, Incident> change)
    {
        Incident incident = Find(state, happened, which);
        return state.Incidents.Replace(incident, change(incident));
    }

    private static Incident Find(SensorState state, SensorEvent happened, TwinId which)
    {
        foreach (Incident incident in state.Incidents)
        {
            if (incident.Case == which)
            {
                return incident;
            }
        }
        throw new CorruptHistoryException(state, happened);
    }
}
