using System.Text.Json.Serialization;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>What every run of <c>drive</c> ends with, whatever it drives.</summary>
internal abstract record DriveOutcome
{
    /// <summary>The city's slug.</summary>
    [JsonPropertyOrder(-3)]
    public required string City { get; init; }

    /// <summary>The seed.</summary>
    [JsonPropertyOrder(-2)]
    public required ulong Seed { get; init; }

    /// <summary>complete, limit-reached or stopped.</summary>
    [JsonPropertyOrder(-1)]
    public required string End { get; init; }

    /// <summary>What was acknowledged: commands, or readings.</summary>
    public required long Acknowledged { get; init; }

    /// <summary>Real seconds of checking.</summary>
    public required double CheckSeconds { get; init; }

    /// <summary>How many of what was compared with the driver's books differ.</summary>
    public required int Differences { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<string> FirstDifferences { get; init; }

    /// <summary>The exit code: 0, 3 when anything differs, 130 when stopped.</summary>
    [JsonIgnore]
    public int ExitCode => Differences > 0 ? 3 : End == "stopped" ? 130 : 0;
}
