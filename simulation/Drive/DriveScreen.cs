using System.Globalization;
using System.Text.Json;
using CityTwin.Simulation.Drive;
using Spectre.Console;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>What the user sees: progress while it runs, and a table at the end.</summary>
internal static class DriveScreen
{
    private const int RedirectedWidth = 160;

    private static readonly IAnsiConsole ProgressConsole =
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    /// <summary>Runs something under a progress bar on standard error; without one when JSON is wanted or nobody watches.</summary>
    public static async Task WithProgressAsync(bool isShown, Func<Action<string, double, double, string>, Task> work)
    {
        if (!isShown || Console.IsErrorRedirected)
        {
            await work((_, _, _, _) => { });
            return;
        }
        await ProgressConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask? task = null;
                string current = "";
                await work((what, done, of, note) =>
                {
                    if (task is null || current != what)
                    {
                        task?.StopTask();
                        task = context.AddTask(what, maxValue: Math.Max(1, of));
                        current = what;
                    }
                    task.Description = note.Length > 0 ? $"{what}: {note}" : what;
                    task.MaxValue = Math.Max(1, of);
                    task.Value = done;
                });
                task?.StopTask();
            });
    }

    /// <summary>Prints the result on standard output.</summary>
    public static void Show(DriveReport report, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(report, DriveReportJson.Default.DriveReport));
            return;
        }
        WidenWhereRedirected();
        AnsiConsole.Write(TableOf(report));
        AnsiConsole.WriteLine(Invariant(
            $"{report.End}: {report.City}, seed {report.Seed}, city time {Local(report.From)} to {Local(report.To)}"));
        AnsiConsole.WriteLine(Invariant(
            $"commands {report.Commands:N0} ({report.Acknowledged:N0} acknowledged) in {report.PlaySeconds:F1} s, {report.CommandsPerSecond:N0}/s, sent again {report.Retries:N0}"));
        AnsiConsole.WriteLine(Invariant(
            $"latency p50 {report.LatencyP50Ms:F2} ms, p95 {report.LatencyP95Ms:F2} ms, p99 {report.LatencyP99Ms:F2} ms, longest {report.LatencyMaxMs:F0} ms"));
        AnsiConsole.WriteLine(Invariant(
            $"documents needed {report.DocumentsNeeded:N0}, given once before and not asked for again {report.DocumentsReused:N0} ({Share(report.DocumentsReused, report.DocumentsNeeded)})"));
        if (report.Refusals.Count > 0)
        {
            AnsiConsole.WriteLine("refused: " + string.Join(", ", report.Refusals.Select(r => Invariant($"{r.Key} {r.Value:N0}"))));
        }
        ShowVerdict(report);
    }

    /// <summary>A file or a pipe has no width of its own: lines are not broken early.</summary>
    public static void WidenWhereRedirected()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = RedirectedWidth;
        }
    }

    /// <summary>A text with numbers as they are written in English.</summary>
    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void ShowVerdict(DriveReport report)
    {
        string offices = report.OfficesChecked > 0
            ? Invariant($" and {report.OfficesChecked} offices with the board")
            : "; the board was not compared";
        AnsiConsole.WriteLine(Invariant(
            $"ledger: {report.CasesChecked:N0} cases compared with the journal{offices} in {report.CheckSeconds:F1} s, {report.Differences:N0} differences"));
        foreach (string difference in report.FirstDifferences)
        {
            AnsiConsole.WriteLine("  " + difference);
        }
    }

    private static Table TableOf(DriveReport report)
    {
        Table table = new Table().Border(TableBorder.Simple);
        table.AddColumn("decided by");
        foreach (string column in (string[])["in", "resolved", "rejected", "withdrawn", "open", "on time", "mean days", "P95 days", "rating"])
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }
        foreach (LevelSummary l in report.Levels)
        {
            table.AddRow(
                l.Name, Invariant($"{l.In:N0}"), Invariant($"{l.Resolved:N0}"), Invariant($"{l.Rejected:N0}"), Invariant($"{l.Withdrawn:N0}"),
                Invariant($"{l.Open:N0}"), Invariant($"{l.OnTimeShare:P1}"), Invariant($"{l.DaysMean:F2}"), Invariant($"{l.DaysP95:F2}"),
                l.RatingMean > 0 ? Invariant($"{l.RatingMean:F2}") : "–");
        }
        return table;
    }

    private static string Share(long part, long whole) => whole == 0 ? "–" : Invariant($"{(double)part / whole:P1}");

    private static string Local(DateTimeOffset at) => Invariant($"{at.ToOffset(TimeSpan.FromHours(7)):yyyy-MM-dd HH:mm zzz}");
}
