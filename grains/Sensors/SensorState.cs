using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>A sensor, or the twin of an area that gathers alerts into incidents, as it stands.</summary>
/// <remarks>Readings are not in here: they are in the time series, and what they mean is reported to the twin.</remarks>
public sealed record SensorState : TwinState
{
    /// <summary>The state before anything happened.</summary>
    public static SensorState Absent { get; } = new();

    /// <summary>What and where it is; null for an area and before the registration.</summary>
    public SensorProfile? Profile { get; init; }

    /// <summary>When it alerts; null for an area and before the registration.</summary>
    public SensorRules? Rules { get; init; }

    /// <summary>Added to every reading of the primary measure.</summary>
    public double Offset { get; init; }

    /// <summary>The threshold level in force, 0 for none.</summary>
    public int Level { get; init; }

    /// <summary>Whether the value rises too fast.</summary>
    public bool RisesRapidly { get; init; }

    /// <summary>Whether the readings cannot be right.</summary>
    public bool IsImplausible { get; init; }

    /// <summary>The alerts that are raised, the earliest first.</summary>
    public ImmutableArray<ActiveAlert> Alerts { get; init; } = [];

    /// <summary>Until when its alerts open no case; null when they do.</summary>
    public DateTimeOffset? SilencedUntil { get; init; }

    /// <summary>When it counts as silent unless a reading comes; null while readings come, and once it is silent.</summary>
    public DateTimeOffset? SilentAt { get; init; }

    /// <summary>The last reading before it grew quiet; the registration where it never spoke.</summary>
    public DateTimeOffset? LastHeardAt { get; init; }

    /// <summary>Whether it is silent.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Until when it is worked on; null when it is not.</summary>
    public DateTimeOffset? MaintenanceUntil { get; init; }

    /// <summary>The incidents of an area that are open.</summary>
    public ImmutableArray<Incident> Incidents { get; init; } = [];

    /// <summary>How many incidents an area has had.</summary>
    public int IncidentsOpened { get; init; }
}

/// <summary>An alert that is raised.</summary>
/// <param name="Kind">Which kind.</param>
/// <param name="Level">1 to 8 for thresholds, else 1.</param>
/// <param name="Value">The number that crossed.</param>
/// <param name="ObservedAt">When, by the sensor's clock.</param>
/// <param name="AcknowledgedAt">When a person said that it was seen; null while nobody has.</param>
/// <param name="AcknowledgedBy">Who; none when nobody was named.</param>
public sealed record ActiveAlert(
    AlertKind Kind, int Level, double Value, DateTimeOffset ObservedAt, DateTimeOffset? AcknowledgedAt = null, TwinId AcknowledgedBy = default);

/// <summary>An open incident: alerts of one category, near each other in place and time.</summary>
/// <param name="Case">The case that was filed for it.</param>
/// <param name="Centre">Where its first alert was; null when unknown.</param>
/// <param name="Alerts">The alerts that are not cleared.</param>
/// <param name="QuietSince">When the last alert was cleared; null while there are any.</param>
/// <param name="OpenedAt">When it was opened, UTC.</param>
public sealed record Incident(TwinId Case, GeoPoint? Centre, ImmutableArray<AlertRef> Alerts, DateTimeOffset? QuietSince, DateTimeOffset OpenedAt = default);
