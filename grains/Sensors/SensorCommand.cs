namespace CityTwin.Grains;

/// <summary>What a sensor twin can be asked to do. Those under "message" come from other twins only; reports come from the ingest.</summary>
public abstract record SensorCommand : TwinCommand
{
    private SensorCommand()
    {
    }

    /// <summary>A device becomes known.</summary>
    public sealed record Register(SensorProfile Profile, SensorRules Rules) : SensorCommand;

    /// <summary>Other thresholds are in force from now on.</summary>
    public sealed record ChangeRules(SensorRules Rules) : SensorCommand;

    /// <summary>The instrument is off by so much: the offset is added to every later reading of the primary measure.</summary>
    public sealed record Calibrate(double Offset) : SensorCommand;

    /// <summary>The device is worked on: alerts and silence count for nothing until then.</summary>
    /// <param name="Until">Ends by itself then; at most 90 days ahead.</param>
    /// <param name="Reason">1 to 400 characters.</param>
    public sealed record BeginMaintenance(DateTimeOffset Until, string Reason) : SensorCommand;

    /// <summary>The work on the device is done.</summary>
    public sealed record EndMaintenance : SensorCommand;

    /// <summary>A person has seen an alert and says so; it stays raised until the readings clear it.</summary>
    /// <param name="Kind">Which kind of alert.</param>
    /// <param name="Level">1 to 8 for thresholds, else 1.</param>
    /// <param name="Official">Who; none when nobody is named.</param>
    /// <param name="Note">Up to 400 characters.</param>
    public sealed record AcknowledgeAlert(AlertKind Kind, int Level, TwinId Official, string Note) : SensorCommand;

    /// <summary>Until then alerts are recorded but open no case; what is still raised at the end does.</summary>
    /// <param name="Until">Ends by itself then; at most 90 days ahead.</param>
    /// <param name="Reason">1 to 400 characters.</param>
    public sealed record SilenceAlerts(DateTimeOffset Until, string Reason) : SensorCommand;

    /// <summary>Alerts open cases again.</summary>
    public sealed record LiftSilence : SensorCommand;

    /// <summary>Report of the ingest: readings crossed into an alert.</summary>
    /// <param name="Kind">Which kind of alert.</param>
    /// <param name="Level">1 to 8 for thresholds, else 1.</param>
    /// <param name="Value">The number that crossed.</param>
    /// <param name="ObservedAt">When, by the sensor's clock.</param>
    public sealed record ReportAlert(AlertKind Kind, int Level, double Value, DateTimeOffset ObservedAt) : SensorCommand;

    /// <summary>Report of the ingest: readings left an alert.</summary>
    public sealed record ReportClear(AlertKind Kind, int Level, double Value, DateTimeOffset ObservedAt) : SensorCommand;

    /// <summary>Report of the ingest: half of the silence period has passed without a reading.</summary>
    public sealed record ReportQuiet(DateTimeOffset LastAt) : SensorCommand;

    /// <summary>Report of the ingest: readings come again.</summary>
    public sealed record ReportHeard(DateTimeOffset ObservedAt) : SensorCommand;

    /// <summary>Message of a sensor to the twin of its area: an alert was raised.</summary>
    /// <param name="Alert">Which.</param>
    /// <param name="Profile">Who and where.</param>
    /// <param name="Value">The number that crossed.</param>
    /// <param name="ObservedAt">When, by the sensor's clock.</param>
    /// <param name="Reached">The highest level that the value reaches; 0 where the alert's own level says all.</param>
    public sealed record JoinIncident(AlertRef Alert, SensorProfile Profile, double Value, DateTimeOffset ObservedAt, int Reached = 0) : SensorCommand;

    /// <summary>Message of a sensor to the twin of its area: an alert was cleared.</summary>
    public sealed record LeaveIncident(AlertRef Alert, DateTimeOffset ObservedAt) : SensorCommand;

    /// <summary>Message of the runtime: the moment of the next deadline has come.</summary>
    public sealed record ReachDeadline : SensorCommand;
}

/// <summary>What an alert says. The numbers are part of stored formats: never renumber.</summary>
public enum AlertKind : byte
{
    /// <summary>The watched number is at or above a level.</summary>
    Threshold = 1,

    /// <summary>The value rises faster than it may.</summary>
    RapidRise = 2,

    /// <summary>The readings cannot be right: out of range, a spike, or stuck.</summary>
    Implausible = 3,
}

/// <summary>One alert of one sensor.</summary>
/// <param name="Sensor">Whose.</param>
/// <param name="Kind">Which kind.</param>
/// <param name="Level">1 to 8 for thresholds, else 1.</param>
public readonly record struct AlertRef(TwinId Sensor, AlertKind Kind, int Level);
