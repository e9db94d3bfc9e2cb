using System.CommandLine;
using CityTwin.Simulation.Calibration;
using CityTwin.Simulation.Logs;
using CityTwin.Simulation.Reports;
using Spectre.Console;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary><c>backtest</c>: fits the first part of a log, simulates the rest, and says how far to trust the model.</summary>
internal static class BacktestCommand
{
    private static readonly LogOptions Log = new();
    private static readonly Option<double> Split = new("--split") { Description = "share of the cases that is fitted, 0.1 to 0.9", DefaultValueFactory = _ => 0.7 };
    private static readonly Option<int> ReplicationCount = new("--replications") { Description = "how often the rest is simulated, 10 to 10000", DefaultValueFactory = _ => 200 };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "seed of all random draws", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Json = new("--json") { Description = "write the result to this file; - prints it" };
    private static readonly Option<string?> Html = new("--html") { Description = "write the calibration report to this file" };

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Command command = new("backtest", "Fits the first part of an event log, simulates the rest, compares with what happened.") { Split, ReplicationCount, Seed, Json, Html };
        Log.AddTo(command);
        command.SetBenchAction(RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        double split = parsed.GetValue(Split);
        int replications = parsed.GetValue(ReplicationCount);
        if (split is < 0.1 or > 0.9 || replications is < 10 or > 10_000)
        {
            throw new BenchFailureException("--split is 0.1 to 0.9, --replications 10 to 10000");
        }
        EventLog log = Log.Read(parsed);
        Backtest result;
        try
        {
            result = await BenchOutput.WithProgressAsync("simulating", p => Backtest.Of(log, split, replications, parsed.GetValue(Seed), p, null, cancellation));
        }
        catch (FormatException e)
        {
            throw new BenchFailureException($"{Log.PathOf(parsed)}: {e.Message}", e);
        }
        if (parsed.GetValue(Html) is { } html)
        {
            await File.WriteAllTextAsync(html, CalibrationReport.Of(Log.PathOf(parsed)!, LogFit.Of(log, parsed.GetValue(Seed), null, cancellation), result), cancellation);
        }
        if (parsed.GetValue(Json) is { } json)
        {
            string text = CalibrationFiles.ToJson(result);
            await (json == "-" ? Console.Out.WriteLineAsync(text) : File.WriteAllTextAsync(json, text, cancellation));
        }
        Print(result);
    }

    private static void Print(Backtest result)
    {
        AnsiConsole.WriteLine($"fitted on {result.Cases.Fitted:N0} cases ended before {result.SplitAt:yyyy-MM-dd}, compared with {result.Cases.Compared:N0} after it");
        AnsiConsole.WriteLine($"arrivals off by {result.ArrivalDistance:0.0} h, cycle times by {result.CycleDistance:0.0} h, hours of the day by {result.CircadianDistance:0.00} h (earth mover's distance)");
        AnsiConsole.WriteLine($"the 90 % band held {100 * result.ArrivalCoverage:0} % of days' arrivals and {100 * result.EndCoverage:0} % of days' ends");
        Table table = new Table().Border(TableBorder.Simple).AddColumns("office", "cases", "mean days", "simulated", "error %", "on time %", "simulated", "error %", "trust");
        foreach (OfficeBacktest o in result.Offices)
        {
            table.AddRow(
                Markup.Escape(o.Office), $"{o.Cases}", $"{o.Days:0.00}", $"{o.DaysSimulated.Estimate:0.00} ({o.DaysSimulated.Low:0.00} to {o.DaysSimulated.High:0.00})",
                $"{100 * o.DaysError:0}", o.OnTime is { } t ? $"{100 * t:0.0}" : "-",
                o.OnTimeSimulated is { } s ? $"{100 * s.Estimate:0.0} ({100 * s.Low:0.0} to {100 * s.High:0.0})" : "-",
                o.OnTimeError is { } e ? $"{100 * e:0.0}" : "-", o.Trust);
        }
        AnsiConsole.Write(table);
    }
}
