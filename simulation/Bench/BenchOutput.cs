using System.CommandLine;
using System.CommandLine.Parsing;
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

    private readonly Option<string?> _quantiles = new("--quantiles") { Description = "also print these quantiles over the replications, with intervals, as 0.1,0.5,0.9" };

    /// <summary>The options.</summary>
    public BenchOutput()
    {
        // A run may take minutes: that its results have a place is seen before.
        foreach (Option<string?> file in new[] { _html, _csv, _json })
        {
            file.Validators.Add(HasPlace);
        }
    }

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_html);
        command.Options.Add(_csv);
        command.Options.Add(_json);
        command.Options.Add(_quantiles);
    }

    private static void HasPlace(OptionResult option)
    {
        string file = option.GetValueOrDefault<string?>() ?? "";
        string? folder = file.Length == 0 || file == "-" ? null : Path.GetDirectoryName(Path.GetFullPath(file));
        if (Directory.Exists(file))
        {
            option.AddError($"{option.Option.Name}: {file} is a folder; expected a file");
        }
        else if (folder is not null && !Directory.Exists(folder))
        {
            option.AddError($"{option.Option.Name}: there is no folder {folder}");
        }
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
        BenchTables.Figures(result);
        if (parsed.GetValue(_quantiles) is { } shares)
        {
            BenchTables.Quantiles(result, BenchTables.SharesOf(shares));
        }
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
}
