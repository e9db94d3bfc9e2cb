using System.CommandLine;
using System.Globalization;
using CityTwin.Simulation.Calibration;
using CityTwin.Simulation.Logs;
using CityTwin.Simulation.Reports;
using Spectre.Console;

namespace CityTwin.Simulation.Cli.Bench;

/// <summary><c>calibrate</c>: fits the model to an event log, or to what a portal publishes of communes.</summary>
internal static class CalibrateCommand
{
    private static readonly LogOptions Log = new();
    private static readonly Option<string?> Communes = new("--communes") { Description = "a table code,name,kind,population,dossiers_received,on_time,avg_processing_days" };
    private static readonly Option<string[]> Predict = new("--predict")
    {
        Description = "with --communes: population:dossiers[:ward|commune] of a commune to predict, or a table like that of --communes",
        AllowMultipleArgumentsPerToken = true,
    };

    private static readonly Option<string?> Json = new("--json") { Description = "write the fit to this file; - prints it" };
    private static readonly Option<string?> Html = new("--html") { Description = "write a report to this file: what was fitted, and by a backtest how far to trust it, office by office" };
    private static readonly Option<string?> Save = new("--save") { Description = "with --log: fit a city to the log and write it to this file, a base of scenarios (city: fit:file)" };
    private static readonly Option<double> Utilisation = new("--utilisation")
    {
        Description = "with --save: the share of officers' time on cases where the log has no beginnings, 0.05 to 0.95",
        DefaultValueFactory = _ => 0.6,
    };

    private static readonly Option<ulong> Seed = new("--seed") { Description = "seed of all random draws", DefaultValueFactory = _ => 1 };

    /// <summary>The command with its options.</summary>
    public static Command Create()
    {
        Command command = new("calibrate", "Fits the model to an event log, or to published figures of communes.") { Communes, Predict, Json, Html, Save, Utilisation, Seed };
        Log.AddTo(command);
        command.SetBenchAction(RunAsync);
        return command;
    }

    private static async Task RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string text;
        if (parsed.GetValue(Communes) is { } path)
        {
            CommuneCalibration fit = CommuneCalibration.Fit(ReadCommunes(path), parsed.GetValue(Seed), cancellation);
            List<(string Name, CommunePrediction Prediction)> predictions = [.. (parsed.GetValue(Predict) ?? []).SelectMany(p => Predictions(p, fit))];
            PrintCommunes(fit, predictions);
            text = CalibrationFiles.ToJson(fit, predictions);
            await WriteHtmlAsync(parsed, () => CalibrationReport.Of(path, fit, predictions), cancellation);
        }
        else
        {
            EventLog log = Log.Read(parsed);
            LogFit fit = await BenchOutput.WithProgressAsync("fitting", p => LogFit.Of(log, parsed.GetValue(Seed), p, cancellation));
            PrintLog(log, fit);
            text = CalibrationFiles.ToJson(fit);
            await WriteHtmlAsync(parsed, () => CalibrationReport.Of(Log.PathOf(parsed)!, fit, BacktestOf(log, parsed.GetValue(Seed), cancellation)), cancellation);
            if (parsed.GetValue(Save) is { } model)
            {
                await SaveAsync(parsed, log, model, cancellation);
            }
        }
        if (parsed.GetValue(Json) is { } file)
        {
            await (file == "-" ? Console.Out.WriteLineAsync(text) : File.WriteAllTextAsync(file, text, cancellation));
        }
    }

    private static async Task WriteHtmlAsync(ParseResult parsed, Func<string> report, CancellationToken cancellation)
    {
        if (parsed.GetValue(Html) is { } file)
        {
            string html = await BenchOutput.WithProgressAsync("reporting", _ => report());
            await File.WriteAllTextAsync(file, html, cancellation);
            AnsiConsole.MarkupLineInterpolated($"[grey]wrote {file}[/]");
        }
    }

    // A log too short for a backtest still has a fit to report.
    private static Backtest? BacktestOf(EventLog log, ulong seed, CancellationToken cancellation)
    {
        try
        {
            return Backtest.Of(log, replications: 100, seed: seed, cancellation: cancellation);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static async Task SaveAsync(ParseResult parsed, EventLog log, string file, CancellationToken cancellation)
    {
        double utilisation = parsed.GetValue(Utilisation);
        if (!(utilisation is >= 0.05 and <= 0.95))
        {
            throw new BenchFailureException("--utilisation is 0.05 to 0.95");
        }
        FittedCity city;
        try
        {
            city = await BenchOutput.WithProgressAsync("fitting a city", _ =>
                CityOfLog.Fit(log, Path.GetFileNameWithoutExtension(Log.PathOf(parsed)!), utilisation, parsed.GetValue(Seed), cancellation));
        }
        catch (FormatException e)
        {
            throw new BenchFailureException($"{Log.PathOf(parsed)}: {e.Message}", e);
        }
        await File.WriteAllTextAsync(file, city.Write(), cancellation);
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("office", "cases a week", "officers", "handling, min", "working days", "simulated", "on time %", "simulated");
        foreach (FittedOffice o in city.Offices.Take(30))
        {
            table.AddRow(
                Markup.Escape(o.Name), $"{o.CasesPerWeek:0.0}", $"{o.Staff}", $"{o.Handling.Duration.Mean:0}{(o.IsHandlingSeen ? "" : " assumed")}",
                $"{o.Days:0.00}", $"{o.DaysSimulated:0.00}", o.OnTime is { } t ? $"{100 * t:0.0}" : "-", $"{100 * o.OnTimeSimulated:0.0}");
        }
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"wrote {file}: a scenario starts from it with  base: {{city: \"fit:{file}\", …}}");
    }

    private static IReadOnlyList<CommuneRecord> ReadCommunes(string path)
    {
        if (!File.Exists(path))
        {
            throw new BenchFailureException($"no file '{path}'");
        }
        try
        {
            IReadOnlyList<CommuneRecord> records = CommuneRecord.Parse(File.ReadAllText(path));
            return records.Count >= 5 ? records : throw new BenchFailureException($"{path}: {records.Count} communes; a fit needs five or more");
        }
        catch (FormatException e)
        {
            throw new BenchFailureException($"{path}:{e.Message}", e);
        }
    }

    private static IEnumerable<(string, CommunePrediction)> Predictions(string asked, CommuneCalibration fit)
    {
        if (File.Exists(asked))
        {
            return ReadCommunes(asked).Select(r => (r.Name, fit.Predict(r.Population, r.Filed, r.IsWard)));
        }
        string[] parts = asked.Split(':');
        if (parts.Length is < 2 or > 3 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int population) || population < 1
            || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double cases) || !(cases >= 1 && cases < 1e6)
            || (parts.Length == 3 && parts[2] is not ("ward" or "commune")))
        {
            throw new BenchFailureException($"--predict {asked}: expected population:dossiers, as 20000:850 or 20000:850:ward, or a file");
        }
        return [(asked, fit.Predict(population, cases, parts.Length == 3 && parts[2] == "ward"))];
    }

    private static void PrintCommunes(CommuneCalibration fit, List<(string Name, CommunePrediction Prediction)> predictions)
    {
        Table table = new Table().Border(TableBorder.Simple).AddColumns("commune", "on time %", "simulated", "error", "mean days", "simulated", "error %");
        foreach (FittedCommune c in fit.Communes.OrderByDescending(c => Math.Abs(c.OnTime - c.Commune.OnTimeShare)))
        {
            table.AddRow(
                Markup.Escape(c.Commune.Name), $"{100 * c.Commune.OnTimeShare:0.0}", $"{100 * c.OnTime:0.0}", $"{Signed(100 * (c.OnTime - c.Commune.OnTimeShare))}",
                $"{c.Commune.DaysMean:0.00}", $"{c.Days:0.00}", $"{Signed(100 * ((c.Days / c.Commune.DaysMean) - 1))}");
        }
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"{fit.Communes.Length} communes fitted: on-time share to {fit.OnTimeError:0.00} points (root mean square), mean days to {100 * fit.DaysError:0.0} %.");
        AnsiConsole.WriteLine($"Left out one by one: on-time share to {fit.OnTimeErrorLeftOut:0.0} points, mean days to {100 * fit.DaysErrorLeftOut:0} % (medians).");
        foreach ((string name, CommunePrediction p) in predictions)
        {
            AnsiConsole.WriteLine(
                $"{name}: on time {100 * p.OnTime.Estimate:0.0} % ({100 * p.OnTime.Low:0.0} to {100 * p.OnTime.High:0.0}), "
                + $"mean days {p.Days.Estimate:0.00} ({p.Days.Low:0.00} to {p.Days.High:0.00})");
        }
    }

    private static string Signed(double value) => Math.Round(value, 1).ToString("+0.0;-0.0;0.0");

    private static void PrintLog(EventLog log, LogFit fit)
    {
        AnsiConsole.WriteLine($"{log.Cases.Length:N0} cases, {log.EventCount:N0} events; {fit.CasesPerWeek:0.0} cases a week");
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("office", "cases", "mean days", "on time %", "people a week", "handed on %", "days are best fitted by", "KS p");
        foreach (OfficeFit o in fit.Offices.Take(30))
        {
            table.AddRow(
                Markup.Escape(o.Office), $"{o.Cases:N0}", $"{o.DaysMean:0.00}", o.OnTime is { } t ? $"{100 * t:0.0}" : "-", $"{o.Staff:0.0}", $"{100 * o.HandedOn:0}",
                o.Fits.IsEmpty ? "-" : CalibrationFiles.Words(o.Fits[0].Duration), o.Fits.IsEmpty ? "-" : $"{o.Fits[0].PValue:0.00}");
        }
        AnsiConsole.Write(table);
        foreach ((string from, string to, double share) in fit.Routing.Take(12))
        {
            AnsiConsole.WriteLine($"{from} → {to}: {100 * share:0.0} %");
        }
        foreach ((string activity, int count, DurationFit best) in fit.Handling.Take(12))
        {
            AnsiConsole.WriteLine($"{activity}: {CalibrationFiles.Words(best.Duration)} hours over {count:N0} (KS p {best.PValue:0.00})");
        }
    }
}
