using System.Text.Json;
using Spectre.Console;

namespace CityTwin.Simulation.Cli.Drive.Sensors;

/// <summary>What the user of <c>drive --sensors</c> sees at the end.</summary>
internal static class SensorDriveScreen
{
    /// <summary>Prints the result on standard output.</summary>
    public static void Show(SensorDriveReport report, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(report, SensorDriveReportJson.Default.SensorDriveReport));
            return;
        }
        DriveScreen.WidenWhereRedirected();
        Table table = new Table().Border(TableBorder.Simple).AddColumn("what").AddColumn(new TableColumn("expected").RightAligned()).AddColumn(new TableColumn("found").RightAligned());
        table.AddRow("readings", DriveScreen.Invariant($"{report.Acknowledged:N0}"), DriveScreen.Invariant($"{report.Stored:N0}"));
        table.AddRow("alerts raised", DriveScreen.Invariant($"{report.RaisedExpected:N0}"), report.Differences == 0 ? DriveScreen.Invariant($"{report.RaisedExpected:N0}") : "see below");
        table.AddRow("alerts cleared", DriveScreen.Invariant($"{report.ClearedExpected:N0}"), report.Differences == 0 ? DriveScreen.Invariant($"{report.ClearedExpected:N0}") : "see below");
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(DriveScreen.Invariant($"{report.End}: {report.City}, seed {report.Seed}, {report.Sensors:N0} sensors over {report.Connections} connections, reconnected {report.Reconnections} times"));
        AnsiConsole.WriteLine(DriveScreen.Invariant($"{report.Acknowledged:N0} readings acknowledged in {report.Seconds:F1} s, {report.Rate:N0}/s of {report.RateWanted:N0}/s asked for; acknowledgement p50 {report.AckP50Ms:F1} ms, p99 {report.AckP99Ms:F1} ms"));
        AnsiConsole.WriteLine(DriveScreen.Invariant($"{report.SensorsWithAlerts:N0} sensors had alerts, {report.Incidents} incidents are open"));
        AnsiConsole.WriteLine(DriveScreen.Invariant($"ledger: {report.Sensors:N0} sensors compared by hour and by alert in {report.CheckSeconds:F1} s, {report.Differences} differences"));
        foreach (string difference in report.FirstDifferences)
        {
            AnsiConsole.WriteLine("  " + difference);
        }
    }
}
