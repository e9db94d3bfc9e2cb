using CityTwin.ClientApi.Cases;
using CityTwin.Grains;
using CityTwin.Silo.Sensors;

namespace CityTwin.ClientApi.Sensors;

/// <summary>How a sensor is, in one word: the first that holds, from the last to the first.</summary>
internal enum SensorCondition
{
    /// <summary>Nothing is the matter.</summary>
    Ok,

    /// <summary>Half of its silence period has passed without a reading.</summary>
    Quiet,

    /// <summary>Its readings cannot be right.</summary>
    Doubtful,

    /// <summary>A level is reached, or the value rises too fast.</summary>
    Alert,

    /// <summary>Nothing came for its whole silence period.</summary>
    Silent,

    /// <summary>It is worked on.</summary>
    Maintenance,
}

/// <summary>A sensor as it stands, or stood.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Version">How many events it had: the entity tag.</param>
/// <param name="Kind">What it watches.</param>
/// <param name="Name">Its name in topics.</param>
/// <param name="Topic">Where it publishes.</param>
/// <param name="Commune">Where it stands.</param>
/// <param name="Place">Where exactly.</param>
/// <param name="CityWide">Whether its alerts concern the whole city.</param>
/// <param name="State">How it is, in one word.</param>
/// <param name="Level">The threshold level in force, 0 for none.</param>
/// <param name="Alerts">The alerts that are raised, the earliest first.</param>
/// <param name="Rules">When it alerts.</param>
/// <param name="Offset">Added to every reading of the primary measure.</param>
/// <param name="MaintenanceUntil">Until when it is worked on.</param>
/// <param name="SilencedUntil">Until when its alerts open no case.</param>
/// <param name="SilentAt">When it counts as silent unless a reading comes.</param>
/// <param name="LastHeardAt">The last reading before it grew quiet.</param>
/// <param name="Readings">What its readings say; null where none are known.</param>
internal sealed record SensorReading(
    TwinId Id, int Version, SensorKind Kind, string Name, string Topic, TwinId Commune, PlaceBody? Place, bool CityWide, SensorCondition State, int Level,
    IReadOnlyList<AlertReading> Alerts, RulesBody Rules, double Offset, DateTimeOffset? MaintenanceUntil, DateTimeOffset? SilencedUntil, DateTimeOffset? SilentAt,
    DateTimeOffset? LastHeardAt, LatestReading? Readings)
{
    /// <summary>A registered sensor's state as it is told.</summary>
    public static SensorReading From(TwinId id, SensorState s, int version, LatestReading? readings)
    {
        SensorProfile p = s.Profile!;
        return new SensorReading(
            id, version, p.Kind, p.Name, TopicOf(p), p.Commune, p.Place is { } at ? new PlaceBody(at.Latitude, at.Longitude) : null, p.IsCityWide, ConditionOf(s),
            s.Level, [.. s.Alerts.Select(AlertReading.From)], SensorRulesReading.From(s.Rules!), s.Offset, s.MaintenanceUntil, s.SilencedUntil, s.SilentAt,
            s.LastHeardAt, readings);
    }

    /// <summary>How a sensor is, in one word.</summary>
    public static SensorCondition ConditionOf(SensorState s) => s switch
    {
        { MaintenanceUntil: not null } => SensorCondition.Maintenance,
        { IsSilent: true } => SensorCondition.Silent,
        { Level: > 0 } or { RisesRapidly: true } => SensorCondition.Alert,
        { IsImplausible: true } => SensorCondition.Doubtful,
        { SilentAt: not null } => SensorCondition.Quiet,
        _ => SensorCondition.Ok,
    };

    /// <summary>Where a sensor publishes.</summary>
    public static string TopicOf(SensorProfile p) => $"city/{p.City.NumberText}/{p.Commune.NumberText}/{SensorKinds.Word(p.Kind)}/{p.Name}";
}

/// <summary>An alert that is raised.</summary>
/// <param name="Alert">Which kind.</param>
/// <param name="Level">1 to 8 for thresholds, else 1.</param>
/// <param name="Value">The number that crossed.</param>
/// <param name="ObservedAt">When, by the sensor's clock.</param>
/// <param name="AcknowledgedAt">When a person said that it was seen.</param>
/// <param name="AcknowledgedBy">Who.</param>
internal sealed record AlertReading(AlertKind Alert, int Level, double Value, DateTimeOffset ObservedAt, DateTimeOffset? AcknowledgedAt, TwinId? AcknowledgedBy)
{
    /// <summary>An alert as it is told.</summary>
    public static AlertReading From(ActiveAlert a) =>
        new(a.Kind, a.Level, a.Value, a.ObservedAt, a.AcknowledgedAt, a.AcknowledgedBy.IsNone ? null : a.AcknowledgedBy);
}

/// <summary>What a sensor's readings say.</summary>
/// <param name="Measure">The primary measure.</param>
/// <param name="At">When the latest was taken.</param>
/// <param name="Value">Its value, calibrated.</param>
/// <param name="Watched">The number held against the levels.</param>
/// <param name="Hour">The hour of the latest reading.</param>
/// <param name="Day">The 24 hours up to it.</param>
internal sealed record LatestReading(Measure Measure, DateTimeOffset At, double? Value, double? Watched, StatisticsReading Hour, StatisticsReading Day)
{
    /// <summary>A glance as it is told; null before the first reading.</summary>
    public static LatestReading? From(SensorKind kind, SensorGlance? glance) => glance is not { LatestAtMs: > 0 } g ? null : new LatestReading(
        SensorKinds.Primary(kind), DateTimeOffset.FromUnixTimeMilliseconds(g.LatestAtMs), Known(g.Latest), Known(g.Watched),
        StatisticsReading.From(g.Hour), StatisticsReading.From(g.Day));

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>Statistics over a period.</summary>
/// <param name="Count">Readings.</param>
/// <param name="Min">The least.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Max">The greatest.</param>
internal sealed record StatisticsReading(int Count, double? Min, double? Mean, double? Max)
{
    /// <summary>Statistics as they are told.</summary>
    public static StatisticsReading From(RollingStatistics s) => s.Count == 0 ? new(0, null, null, null) : new(s.Count, s.Min, s.Mean, s.Max);
}

/// <summary>The answer to a command on a sensor.</summary>
/// <param name="Status">accepted, or unchanged when there was nothing to change.</param>
/// <param name="Position">The journal position of the command's last event; 0 when it made nothing happen.</param>
/// <param name="Repeated">True when this is the first answer given again.</param>
/// <param name="Sensor">The sensor after it.</param>
internal sealed record SensorAnswer(string Status, long Position, bool Repeated, SensorReading Sensor);

/// <summary>A sensor in a list.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Kind">What it watches.</param>
/// <param name="Name">Its name in topics.</param>
/// <param name="Commune">Where it stands.</param>
/// <param name="Place">Where exactly.</param>
/// <param name="State">How it is, in one word.</param>
/// <param name="Level">The threshold level in force, 0 for none.</param>
/// <param name="At">When its latest reading was taken; not told for the past.</param>
/// <param name="Value">Its value.</param>
internal sealed record SensorLine(
    TwinId Id, SensorKind Kind, string Name, TwinId Commune, PlaceBody? Place, SensorCondition State, int Level, DateTimeOffset? At, double? Value);

/// <summary>A page of sensors.</summary>
/// <param name="Items">By identity.</param>
/// <param name="Next">Give it as <c>cursor</c> for the next page; null when there is no more.</param>
/// <param name="Total">How many there are on all pages.</param>
internal sealed record SensorListAnswer(IReadOnlyList<SensorLine> Items, string? Next, int Total);
