using System.Text.Json.Serialization;
using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>The result of a run: what the table shows and <c>--json</c> prints.</summary>
internal sealed record DriveReport : DriveOutcome
{
    /// <summary>The first moment of arrivals.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The city's time at the end.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Cases, by level and in all.</summary>
    public required IReadOnlyList<LevelSummary> Levels { get; init; }

    /// <summary>Documents that dossiers needed.</summary>
    public required long DocumentsNeeded { get; init; }

    /// <summary>Those that were there from before.</summary>
    public required long DocumentsReused { get; init; }

    /// <summary>Commands answered: acknowledged and refused.</summary>
    public required long Commands { get; init; }

    /// <summary>Why others were refused, and how often.</summary>
    public required IReadOnlyDictionary<string, long> Refusals { get; init; }

    /// <summary>Commands sent again.</summary>
    public required long Retries { get; init; }

    /// <summary>Real seconds of playing.</summary>
    public required double PlaySeconds { get; init; }

    /// <summary>Commands per real second of playing.</summary>
    public double CommandsPerSecond => PlaySeconds > 0 ? Math.Round(Commands / PlaySeconds) : 0;

    /// <summary>Median time of a command, milliseconds.</summary>
    public required double LatencyP50Ms { get; init; }

    /// <summary>Its 95th percentile, milliseconds.</summary>
    public required double LatencyP95Ms { get; init; }

    /// <summary>Its 99th percentile, milliseconds.</summary>
    public required double LatencyP99Ms { get; init; }

    /// <summary>The longest, milliseconds, within 6 %; with commands that were sent again, of their last time.</summary>
    public double LatencyMaxMs { get; init; }

    /// <summary>Cases compared with the journal.</summary>
    public required int CasesChecked { get; init; }

    /// <summary>Offices compared with the board; 0 when the city was not empty at the start.</summary>
    public required int OfficesChecked { get; init; }

}

/// <summary>How the report is written as JSON.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DriveReport))]
internal sealed partial class DriveReportJson : JsonSerializerContext;
