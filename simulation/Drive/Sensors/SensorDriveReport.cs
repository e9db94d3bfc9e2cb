using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace CityTwin.Simulation.Cli.Drive.Sensors;

/// <summary>The result of <c>drive --sensors</c>: what the table shows and <c>--json</c> prints.</summary>
internal sealed record SensorDriveReport
{
    /// <summary>The city's slug.</summary>
    public required string City { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Sensors.</summary>
    public required int Sensors { get; init; }

    /// <summary>MQTT connections.</summary>
    public required int Connections { get; init; }

    /// <summary>complete or stopped.</summary>
    public required string End { get; init; }

    /// <summary>Readings acknowledged.</summary>
    public required long Acknowledged { get; init; }

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

    /// <summary>Seconds of checking.</summary>
    public required double CheckSeconds { get; init; }

    /// <summary>Sensors whose readings or alerts differ.</summary>
    public required int Differences { get; init; }

    /// <summary>The first of them.</summary>
    public required IReadOnlyList<string> FirstDifferences { get; init; }

    /// <summary>The exit code: 0, 3 when anything differs, 130 when stopped.</summary>
    [JsonIgnore]
    public int ExitCode => Differences > 0 ? 3 : End == "stopped" ? 130 : 0;

    /// <summary>Prints it on standard output.</summary>
    public void Show(bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(this, SensorDriveReportJson.Default.SensorDriveReport));
            return;
        }
        Table table = new Table().Border(TableBorder.Simple).AddColumn("what").AddColumn(new TableColumn("expected").RightAligned()).AddColumn(new TableColumn("found").RightAligned());
        table.AddRow("readings", Text($"{Acknowledged:N0}"), Text($"{Stored:N0}"));
        table.AddRow("alerts raised", Text($"{RaisedExpected:N0}"), Differences == 0 ? Text($"{RaisedExpected:N0}") : "see below");
        table.AddRow("alerts cleared", Text($"{ClearedExpected:N0}"), Differences == 0 ? Text($"{ClearedExpected:N0}") : "see below");
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(Text($"{End}: {City}, seed {Seed}, {Sensors:N0} sensors over {Connections} connections, reconnected {Reconnections} times"));
        AnsiConsole.WriteLine(Text($"{Acknowledged:N0} readings acknowledged in {Seconds:F1} s, {Rate:N0}/s of {RateWanted:N0}/s asked for; acknowledgement p50 {AckP50Ms:F1} ms, p99 {AckP99Ms:F1} ms"));
        AnsiConsole.WriteLine(Text($"{SensorsWithAlerts:N0} sensors had alerts, {Incidents} incidents are open"));
        AnsiConsole.WriteLine(Text($"ledger: {Sensors:N0} sensors compared by hour and by alert in {CheckSeconds:F1} s, {Differences} differences"));
        foreach (string difference in FirstDifferences)
        {
            AnsiConsole.WriteLine("  " + difference);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>How the report is written as JSON.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SensorDriveReport))]
internal sealed partial class SensorDriveReportJson : JsonSerializerContext;
