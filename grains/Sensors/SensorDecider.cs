using static CityTwin.Grains.SensorCommand;
using static CityTwin.Grains.SensorEvent;

namespace CityTwin.Grains;

/// <summary>The rules of sensors and of the areas that gather their alerts into incidents.</summary>
/// <remarks>Pure. A report repeated changes nothing. Rules: docs/model/sensor.md.</remarks>
public sealed partial class SensorDecider : IDecider<SensorCommand, SensorEvent, SensorState>
{
    private static readonly TimeSpan MaintenanceMax = TimeSpan.FromDays(90);

    private const int NoteMax = 400;

    /// <inheritdoc/>
    public static SensorState Initial => SensorState.Absent;

    /// <inheritdoc/>
    public static SensorCommand? Deadline { get; } = new ReachDeadline();

    /// <inheritdoc/>
    public static Decision<SensorEvent> Decide(SensorState state, SensorCommand command, in Turn turn) => command switch
    {
        Register c => DecideRegister(state, c, turn.At),
        JoinIncident c => DecideJoin(state, c, turn.At),
        LeaveIncident c => DecideLeave(state, c, turn.At),
        ReachDeadline => DecideDeadline(state, turn.At),
        _ when state.Profile is null => Refusal.SensorNotRegistered,
        ChangeRules c when !c.Rules.AreValid => Refusal.OutOfRange,
        ChangeRules c => state.Rules!.IsSame(c.Rules) ? Decision<SensorEvent>.Unchanged : new SensorRulesChanged(turn.At, c.Rules),
        Calibrate c when !double.IsFinite(c.Offset) => Refusal.OutOfRange,
        Calibrate c => c.Offset == state.Offset ? Decision<SensorEvent>.Unchanged : new SensorCalibrated(turn.At, c.Offset),
        BeginMaintenance c => DecideMaintenance(state, c, turn.At),
        EndMaintenance => state.MaintenanceUntil is null ? Decision<SensorEvent>.Unchanged : new MaintenanceEnded(turn.At),
        AcknowledgeAlert c => DecideAcknowledge(state, c, turn.At),
        SilenceAlerts c => DecideSilence(state, c, turn.At),
        LiftSilence => state.SilencedUntil is null ? Decision<SensorEvent>.Unchanged : new SilenceLifted(turn.At),
        ReportAlert c => DecideAlert(state, c, turn.At),
        ReportClear c => DecideClear(state, c, turn.At),
        ReportQuiet c => DecideQuiet(state, c, turn.At),
        ReportHeard c => state.SilentAt is null && !state.IsSilent ? Decision<SensorEvent>.Unchanged : new SensorReturned(turn.At, c.ObservedAt),
        _ => Decision<SensorEvent>.Unchanged,
    };

    /// <inheritdoc/>
    public static DateTimeOffset? NextDeadline(SensorState state)
    {
        DateTimeOffset? next = state.SilentAt;
        next = Earlier(next, state.MaintenanceUntil);
        next = Earlier(next, state.SilencedUntil);
        foreach (Incident incident in state.Incidents)
        {
            next = Earlier(next, incident.QuietSince + IncidentGrouping.QuietFor);
        }
        return next;
    }

    /// <inheritdoc/>
    public static bool IsFinished(SensorState state) => false;

    private static Decision<SensorEvent> DecideRegister(SensorState state, Register c, DateTimeOffset at)
    {
        if (state.Profile is not null)
        {
            return state.Profile == c.Profile ? Decision<SensorEvent>.Unchanged : Refusal.SensorAlreadyRegistered;
        }
        bool valid = c.Profile.Name.Length is >= 1 and <= 64 && Enum.IsDefined(c.Profile.Kind) && c.Rules.AreValid
            && c.Profile.Commune.Kind == TwinKind.Commune
            && c.Profile.Place is null or { Latitude: >= -90 and <= 90, Longitude: >= -180 and <= 180 };
        return valid ? new SensorRegistered(at, c.Profile, c.Rules) : Refusal.OutOfRange;
    }

    private static Decision<SensorEvent> DecideMaintenance(SensorState state, BeginMaintenance c, DateTimeOffset at)
    {
        if (c.Until <= at || c.Until > at + MaintenanceMax || c.Reason.Length is 0 or > NoteMax)
        {
            return Refusal.OutOfRange;
        }
        return state.MaintenanceUntil == c.Until ? Decision<SensorEvent>.Unchanged : new MaintenanceBegun(at, c.Until, c.Reason);
    }

    private static Decision<SensorEvent> DecideSilence(SensorState state, SilenceAlerts c, DateTimeOffset at)
    {
        if (c.Until <= at || c.Until > at + MaintenanceMax || c.Reason.Length is 0 or > NoteMax)
        {
            return Refusal.OutOfRange;
        }
        return state.SilencedUntil == c.Until ? Decision<SensorEvent>.Unchanged : new AlertsSilenced(at, c.Until, c.Reason);
    }

    private static Decision<SensorEvent> DecideAcknowledge(SensorState state, AcknowledgeAlert c, DateTimeOffset at)
    {
        if (c.Note.Length > NoteMax)
        {
            return Refusal.OutOfRange;
        }
        foreach (ActiveAlert alert in state.Alerts)
        {
            if (alert.Kind == c.Kind && alert.Level == c.Level)
            {
                return alert.AcknowledgedAt is not null ? Decision<SensorEvent>.Unchanged : new AlertAcknowledged(at, c.Kind, c.Level, c.Official, c.Note);
            }
        }
        return Refusal.AlertNotRaised;
    }

    private static Decision<SensorEvent> DecideAlert(SensorState state, ReportAlert c, DateTimeOffset at)
    {
        if (c.Level < 1 || c.Level > (c.Kind == AlertKind.Threshold ? state.Rules!.Levels.Length : 1))
        {
            return Refusal.OutOfRange;
        }
        if (state.MaintenanceUntil > at || IsActive(state, c.Kind, c.Level))
        {
            return Decision<SensorEvent>.Unchanged;
        }
        if (c.Kind != AlertKind.Threshold)
        {
            return new AlertRaised(at, c.Kind, c.Level, c.Value, c.ObservedAt);
        }
        SensorEvent[] raised = new SensorEvent[c.Level - state.Level];
        for (int i = 0; i < raised.Length; i++)
        {
            raised[i] = new AlertRaised(at, c.Kind, state.Level + 1 + i, c.Value, c.ObservedAt);
        }
        return raised;
    }

    private static Decision<SensorEvent> DecideClear(SensorState state, ReportClear c, DateTimeOffset at)
    {
        if (c.Level < 1 || !IsActive(state, c.Kind, c.Level))
        {
            return Decision<SensorEvent>.Unchanged;
        }
        if (c.Kind != AlertKind.Threshold)
        {
            return new AlertCleared(at, c.Kind, 1, c.Value, c.ObservedAt);
        }
        SensorEvent[] cleared = new SensorEvent[state.Level - c.Level + 1];
        for (int i = 0; i < cleared.Length; i++)
        {
            cleared[i] = new AlertCleared(at, c.Kind, state.Level - i, c.Value, c.ObservedAt);
        }
        return cleared;
    }

    private static Decision<SensorEvent> DecideQuiet(SensorState state, ReportQuiet c, DateTimeOffset at)
    {
        if (state.IsSilent || state.SilentAt is not null || state.MaintenanceUntil > at)
        {
            return Decision<SensorEvent>.Unchanged;
        }
        DateTimeOffset silentAt = c.LastAt + state.Rules!.SilentAfter;
        return silentAt > at
            ? new SensorQuietened(at, c.LastAt, silentAt)
            : new SensorEvent[] { new SensorQuietened(at, c.LastAt, silentAt), new SensorFellSilent(at, c.LastAt) };
    }

    private static Decision<SensorEvent> DecideDeadline(SensorState state, DateTimeOffset at)
    {
        List<SensorEvent> happened = [];
        if (state.MaintenanceUntil <= at)
        {
            happened.Add(new MaintenanceEnded(at));
        }
        if (state.SilencedUntil <= at)
        {
            happened.Add(new SilenceLifted(at));
        }
        if (state.SilentAt <= at)
        {
            happened.Add(new SensorFellSilent(at, state.LastHeardAt ?? at));
        }
        foreach (Incident incident in state.Incidents)
        {
            if (incident.QuietSince + IncidentGrouping.QuietFor <= at)
            {
                happened.Add(new IncidentEnded(at, incident.Case));
            }
        }
        return happened.ToArray();
    }

    private static Decision<SensorEvent> DecideJoin(SensorState state, JoinIncident c, DateTimeOffset at)
    {
        foreach (Incident open in state.Incidents)
        {
            if (open.Alerts.Contains(c.Alert))
            {
                return Decision<SensorEvent>.Unchanged;
            }
        }
        return IncidentGrouping.Find(state, c.Profile, at) is { } incident
            ? new AlertAttached(at, incident.Case, c.Alert, c.Value, c.ObservedAt, c.Profile)
            : new IncidentOpened(
                at, SensorNumber.CaseOf(AreaOf(c.Profile), state.IncidentsOpened + 1), state.IncidentsOpened + 1, c.Alert, c.Profile, c.Value, c.ObservedAt, c.Reached);
    }

    private static Decision<SensorEvent> DecideLeave(SensorState state, LeaveIncident c, DateTimeOffset at)
    {
        foreach (Incident open in state.Incidents)
        {
            if (open.Alerts.Contains(c.Alert))
            {
                return new AlertDetached(at, open.Case, c.Alert, c.ObservedAt);
            }
        }
        return Decision<SensorEvent>.Unchanged;
    }

    private static bool IsActive(SensorState state, AlertKind kind, int level) => kind switch
    {
        AlertKind.Threshold => state.Level >= level,
        AlertKind.RapidRise => state.RisesRapidly,
        _ => state.IsImplausible,
    };

    private static DateTimeOffset? Earlier(DateTimeOffset? a, DateTimeOffset? b) => a is null || b < a ? b : a;
}
