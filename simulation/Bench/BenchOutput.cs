using System.CommandLine;
using CityTwin.Simulation.Reports;
using CityTwin.Simulation.WhatIf;
using Spectre.Console;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary>Where the results of the bench commands go: a table on the screen, files as asked.</summary>
internal sealed class BenchOutput
{
    private readonly Option<string?> _html = new("--html") { Description = "write a self-contained report to this file" };
    private readonly Option<string?> _csv = new("--csv") { Description = "write every replication's figures to this file" };
    private readonly Option<string?> _json = new("--json") { Description = "write the results to this file; - prints them instead of the table" };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_html);
        command.Options.Add(_csv);
        command.Options.Add(_json);
    }

    /// <summary>Writes everything that was asked for.</summary>
    public async Task WriteAsync(
        ParseResult parsed, WhatIfResult result, string description, (string Lever, IReadOnlyList<double> Values)? sweep, CancellationToken cancellation)
    {
        if (parsed.GetValue(_html) is { } html)
        {
            await File.WriteAllTextAsync(html, HtmlReport.Of(result, description, sweep), cancellation);
        }
        if (parsed.GetValue(_csv) is { } csv)
        {
            await File.WriteAllTextAsync(csv, ResultFiles.Csv(result), cancellation);
        }
        if (parsed.GetValue(_json) is { } json && json != "-")
        {
            await File.WriteAllTextAsync(json, ResultFiles.ToJson(result), cancellation);
        }
        if (parsed.GetValue(_json) == "-")
        {
            Console.WriteLine(ResultFiles.ToJson(result));
            return;
        }
        Print(result);
        foreach (string file in new[] { parsed.GetValue(_html), parsed.GetValue(_csv), parsed.GetValue(_json) }.OfType<string>())
        {
            AnsiConsole.MarkupLineInterpolated($"[grey]wrote {file}[/]");
        }
    }

    /// <summary>Runs something with a progress bar, rate and time left on standard error.</summary>
    public static async Task<T> WithProgressAsync<T>(string what, Func<Action<RunProgress>, T> run)
    {
        IAnsiConsole screen = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await screen.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask task = context.AddTask(what);
                return await Task.Run(() => run(p =>
                {
                    task.MaxValue = p.Total;
                    task.Value = p.Done;
                }));
            });
    }

    private static void Print(WhatIfResult result)
    {
        Table table = new Table().Border(TableBorder.Simple).Title(Markup.Escape(result.Title));
        table.AddColumn("figure");
        table.AddColumn("unit");
        for (int v = 0; v < result.Variants.Length; v++)
        {
            table.AddColumn(new TableColumn(Markup.Escape(result.Variants[v].Name)).RightAligned());
            if (v > 0)
            {
                table.AddColumn(new TableColumn("difference").RightAligned());
            }
        }
        for (int m = 0; m < Metric.All.Length; m++)
        {
            List<string> row = [Metric.All[m].Name, Metric.All[m].Unit];
            for (int v = 0; v < result.Variants.Length; v++)
            {
                row.Add(Range(result.Of(v, m), ""));
                if (v > 0)
                {
                    Interval d = result.Difference(v, m);
                    string colour = d.Contains(0) ? "grey" : d.Low > 0 == Metric.All[m].IsHigherBetter ? "green" : "red";
                    row.Add($"[{colour}]{Range(d, d.Estimate > 0 ? "+" : "")}[/]");
                }
            }
            table.AddRow([.. row]);
        }
        AnsiConsole.Write(table);
        if (!result.Named.IsEmpty && result.Variants.Length > 1)
        {
            AnsiConsole.WriteLine($"on time at the {result.Named.Length} offices that the changes name: {Range(result.NamedDifference(1), "")} points");
        }
        AnsiConsole.MarkupLineInterpolated(
            $"[grey]{result.Variants[0].Replications.Length} paired replications, intervals at {result.Run.Confidence * 100:0.#} %, seed {result.Run.Seed}[/]");
    }

    private static string Range(Interval i, string sign)
    {
        string format = Math.Abs(i.Estimate) >= 1000 ? "N0" : Math.Abs(i.Estimate) >= 10 ? "0.0" : "0.00";
        return $"{sign}{i.Estimate.ToString(format)} ({i.Low.ToString(format)} to {i.High.ToString(format)})";
    }
}
