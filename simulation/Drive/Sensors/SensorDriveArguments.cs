using System.Net;

namespace CityTwin.Simulation.Cli.Drive.Sensors;

/// <summary>What the user asked of <c>drive --sensors</c>, checked.</summary>
internal sealed record SensorDriveArguments
{
    /// <summary>A bundled city's slug, or a city folder.</summary>
    public required string City { get; init; }

    /// <summary>Sensors, 2 to 1,000,000.</summary>
    public required int Sensors { get; init; }

    /// <summary>Readings a second, all sensors together, 1 to 1,000,000.</summary>
    public required double RatePerSecond { get; init; }

    /// <summary>Hours of readings up to now, 1 to 168. The flood wave takes 54.</summary>
    public int Hours { get; init; } = 58;

    /// <summary>Minutes between two readings of a sensor, 1 to 60.</summary>
    public int EveryMinutes { get; init; } = 5;

    /// <summary>MQTT connections, 1 to 10,000.</summary>
    public int Connections { get; init; } = 100;

    /// <summary>The MQTT endpoint of a running city; null: in this process.</summary>
    public required EndPoint? Mqtt { get; init; }

    /// <summary>The running city's web address.</summary>
    public required Uri Url { get; init; }

    /// <summary>Its API key, or null.</summary>
    public string? ApiKey { get; init; }

    /// <summary>Name and password for MQTT, or null.</summary>
    public (string Name, string Password)? User { get; init; }

    /// <summary>In this process: the journal; null: a temporary one.</summary>
    public string? Journal { get; init; }

    /// <summary>The seed.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Told of each acknowledgement how many there have been; null: nobody is.</summary>
    public Action<long>? Told { get; init; }

    /// <summary>Whether to print JSON and no progress.</summary>
    public bool Json { get; init; }
}
