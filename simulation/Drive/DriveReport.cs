using System.Text.Json.Serialization;
using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>The result of a run: what the table shows and <c>--json</c> prints.</summary>
internal sealed record DriveReport
{
    /// <summary>The city's slug.</summary>
    public required string City { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The first moment of arrivals.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The city's time at the end.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>complete, limit-reached or stopped.</summary>
    public required string End { get; init; }

    /// <summary>Cases, by level and in all.</summary>
    public required IReadOnlyList<LevelSummary> Levels { get; init; }

    /// <summary>Documents that dossiers needed.</summary>
    public required long DocumentsNeeded { get; init; }

    /// <summary>Those that were there from before.</summary>
    public required long DocumentsReused { get; init; }

    /// <summary>Commands answered: acknowledged and refused.</summary>
    public required long Commands { get; init; }

    /// <summary>Those acknowledged.</summary>
    public required long Acknowledged { get; init; }

    /// <summary>Why others were refused, and how often.</summary>
    public required IReadOnlyDictionary<string, long> Refusals { get; init; }

    /// <summary>Commands sent again.</summary>
    public required long Retries { get; init; }

    /// <summary>Real seconds of playing.</summary>
    public required double PlaySeconds { get; init; }

    /// <summary>Real seconds of checking.</summary>
    public required double CheckSeconds { get; init; }

    /// <summary>Commands per real second of playing.</summary>
    public double CommandsPerSecond => PlaySeconds > 0 ? Math.Round(Commands / PlaySeconds) : 0;

    /// <summary>Median time of a command, milliseconds.</summary>
    public required double LatencyP50Ms { get; init; }

    /// <summary>Its 95th percentile, milliseconds.</summary>
    public required double LatencyP95Ms { get; init; }

    /// <summary>Its 99th percentile, milliseconds.</summary>
    public required double LatencyP99Ms { get; init; }

    /// <summary>Cases compared with the journal.</summary>
    public required int CasesChecked { get; init; }

    /// <summary>Offices compared with the board; 0 when the city was not empty at the start.</summary>
    public required int OfficesChecked { get; init; }

    /// <summary>How many differ.</summary>
    public required int Differences { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<string> FirstDifferences { get; init; }

    /// <summary>The exit code: 0, 3 when anything differs, 130 when stopped.</summary>
    [JsonIgnore]
    public int ExitCode => Differences > 0 ? 3 : End == "stopped" ? 130 : 0;
}

/// <summary>How the report is written as JSON.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DriveReport))]
internal sealed partial class DriveReportJson : JsonSerializerContext;
