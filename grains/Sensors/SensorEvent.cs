namespace CityTwin.Grains;

/// <summary>What happens to a sensor, or to the twin of an area. STORAGE FORMAT: see docs/journal.md before changing a name or field.</summary>
/// <param name="At">When, UTC, by the city's clock.</param>
public abstract record SensorEvent(DateTimeOffset At) : TwinEvent
{
    /// <summary>A device became known.</summary>
    public sealed record SensorRegistered(DateTimeOffset At, SensorProfile Profile, SensorRules Rules) : SensorEvent(At);

    /// <summary>Other thresholds came into force.</summary>
    public sealed record SensorRulesChanged(DateTimeOffset At, SensorRules Rules) : SensorEvent(At);

    /// <summary>An offset came into force.</summary>
    public sealed record SensorCalibrated(DateTimeOffset At, double Offset) : SensorEvent(At);

    /// <summary>Work on the device began.</summary>
    public sealed record MaintenanceBegun(DateTimeOffset At, DateTimeOffset Until, string Reason) : SensorEvent(At);

    /// <summary>Work on the device ended.</summary>
    public sealed record MaintenanceEnded(DateTimeOffset At) : SensorEvent(At);

    /// <summary>Readings crossed into an alert.</summary>
    public sealed record AlertRaised(DateTimeOffset At, AlertKind Kind, int Level, double Value, DateTimeOffset ObservedAt) : SensorEvent(At);

    /// <summary>Readings left an alert.</summary>
    public sealed record AlertCleared(DateTimeOffset At, AlertKind Kind, int Level, double Value, DateTimeOffset ObservedAt) : SensorEvent(At);

    /// <summary>A person has seen an alert.</summary>
    public sealed record AlertAcknowledged(DateTimeOffset At, AlertKind Kind, int Level, TwinId Official, string Note) : SensorEvent(At);

    /// <summary>Alerts open no case until then.</summary>
    public sealed record AlertsSilenced(DateTimeOffset At, DateTimeOffset Until, string Reason) : SensorEvent(At);

    /// <summary>Alerts open cases again.</summary>
    public sealed record SilenceLifted(DateTimeOffset At) : SensorEvent(At);

    /// <summary>Readings stay away; if none comes until then, the sensor is silent.</summary>
    public sealed record SensorQuietened(DateTimeOffset At, DateTimeOffset LastAt, DateTimeOffset SilentAt) : SensorEvent(At);

    /// <summary>No reading came for the whole silence period.</summary>
    public sealed record SensorFellSilent(DateTimeOffset At, DateTimeOffset LastAt) : SensorEvent(At);

    /// <summary>Readings come again.</summary>
    public sealed record SensorReturned(DateTimeOffset At, DateTimeOffset ObservedAt) : SensorEvent(At);

    /// <summary>An alert found no incident to belong to: a case is filed.</summary>
    /// <param name="At">When, UTC.</param>
    /// <param name="Case">The case.</param>
    /// <param name="Ordinal">Which incident of the area it is, from 1.</param>
    /// <param name="Alert">The alert.</param>
    /// <param name="Profile">The sensor, and where it stands.</param>
    /// <param name="Value">The number that crossed.</param>
    /// <param name="ObservedAt">When, by the sensor's clock.</param>
    /// <param name="Reached">The highest level that the value reaches; 0 where the alert's own level says all.</param>
    public sealed record IncidentOpened(
        DateTimeOffset At, TwinId Case, int Ordinal, AlertRef Alert, SensorProfile Profile, double Value, DateTimeOffset ObservedAt, int Reached = 0)
        : SensorEvent(At);

    /// <summary>An alert belongs to an incident that is open: its case takes it up.</summary>
    /// <param name="At">When, UTC.</param>
    /// <param name="Case">The case.</param>
    /// <param name="Alert">The alert.</param>
    /// <param name="Value">The number that crossed.</param>
    /// <param name="ObservedAt">When, by the sensor's clock.</param>
    /// <param name="Profile">The sensor, and where it stands; null in the first form of this event.</param>
    public sealed record AlertAttached(
        DateTimeOffset At, TwinId Case, AlertRef Alert, double Value, DateTimeOffset ObservedAt, SensorProfile? Profile = null) : SensorEvent(At);

    /// <summary>An alert of an incident was cleared.</summary>
    public sealed record AlertDetached(DateTimeOffset At, TwinId Case, AlertRef Alert, DateTimeOffset ObservedAt) : SensorEvent(At);

    /// <summary>All alerts of an incident have been clear for long enough.</summary>
    public sealed record IncidentEnded(DateTimeOffset At, TwinId Case) : SensorEvent(At);
}
