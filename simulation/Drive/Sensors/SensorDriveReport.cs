using System.Text.Json.Serialization;

namespace CityTwin.Simulation.Cli.Drive.Sensors;

/// <summary>The result of <c>drive --sensors</c>: what the table shows and <c>--json</c> prints.</summary>
internal sealed record SensorDriveReport : DriveOutcome
{
    /// <summary>Sensors.</summary>
    public required int Sensors { get; init; }

    /// <summary>MQTT connections.</summary>
    public required int Connections { get; init; }

    /// <summary>Seconds of sending.</summary>
    public required double Seconds { get; init; }

    /// <summary>Readings a second that were asked for.</summary>
    public required double RateWanted { get; init; }

    /// <summary>Readings acknowledged a second.</summary>
    public double Rate => Seconds > 0 ? Math.Round(Acknowledged / Seconds) : 0;

    /// <summary>Connections lost and made again.</summary>
    public required int Reconnections { get; init; }

    /// <summary>Median time from publishing to the acknowledgement, ms.</summary>
    public required double AckP50Ms { get; init; }

    /// <summary>Its 99th percentile, ms.</summary>
    public required double AckP99Ms { get; init; }

    /// <summary>Alerts that must have been raised.</summary>
    public required int RaisedExpected { get; init; }

    /// <summary>Alerts that must have been cleared.</summary>
    public required int ClearedExpected { get; init; }

    /// <summary>Sensors that had any alert.</summary>
    public required int SensorsWithAlerts { get; init; }

    /// <summary>Incidents open at the end.</summary>
    public required int Incidents { get; init; }

    /// <summary>Readings found in the city's time series.</summary>
    public required long Stored { get; init; }
}

/// <summary>How the report is written as JSON.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SensorDriveReport))]
internal sealed partial class SensorDriveReportJson : JsonSerializerContext;
