using System.CommandLine;
using System.Globalization;
using CityTwin.Ml.Forecasts;
using Spectre.Console;

namespace CityTwin.Ml.Commands;

internal static class ForecastCommand
{
    private const int DaysAheadMax = 400;

    internal static Command Create()
    {
        Argument<string> file = new("series.csv") { Description = "Daily values: a head 'date,NAME,…', then a line a day." };
        Option<string[]> only = new("--series", "-s") { Description = "Only the series of these names. Default: all.", AllowMultipleArgumentsPerToken = true };
        Option<int> horizon = new("--days", "-n") { Description = $"Days ahead, 1 to {DaysAheadMax}.", DefaultValueFactory = _ => 28 };
        Option<bool> shares = new("--shares") { Description = "The values are shares from 0 to 1." };
        Option<string?> output = new("--output", "-o") { Description = "Where the forecasts go as CSV instead of tables." };
        Command command = new("forecast", "Forecasts daily values with intervals, Vietnamese holidays known.") { file, only, horizon, shares, output };
        command.SetAction(parsed => MlCommand.Guard(parsed, () =>
        {
            int days = parsed.GetValue(horizon);
            if (days is < 1 or > DaysAheadMax)
            {
                throw new InvalidDataException($"--days {days}: it must be from 1 to {DaysAheadMax}.");
            }
            DailySeriesFile read = DailySeriesFile.Read(parsed.GetValue(file)!);
            ForecastOptions options = new() { Horizon = days, Ceiling = parsed.GetValue(shares) ? 1 : null };
            IReadOnlyList<Forecast> made = BacklogForecaster.Run(Chosen(read, parsed.GetValue(only) ?? [], options), options, CancellationToken.None);
            DateOnly from = read.First.AddDays(read.Values[0].Count);
            if (parsed.GetValue(output) is { } path)
            {
                File.WriteAllLines(path, Lines(made, from));
                return;
            }
            foreach (Forecast forecast in made)
            {
                Write(forecast, from);
            }
        }));
        return command;
    }

    private static Series[] Chosen(DailySeriesFile file, string[] names, ForecastOptions options)
    {
        if (names.FirstOrDefault(n => !file.Names.Contains(n)) is { } unknown)
        {
            throw new InvalidDataException($"--series {unknown}: there are {string.Join(", ", file.Names.Take(10))}{(file.Names.Count > 10 ? ", …" : "")}.");
        }
        int count = file.Values[0].Count;
        IReadOnlyList<IReadOnlyList<double>> holidays = VietnameseCalendar.Regressors(file.First, count + options.Horizon, new HashSet<DateOnly>());
        double[] seasons = count > 2 * 365 ? [7, 365.25] : [7];
        Series[] chosen = [.. file.Names.Select((n, i) => new Series(n, file.Values[i], seasons, holidays)).Where(s => names.Length == 0 || names.Contains(s.Name))];
        return options.Ceiling is not { } ceiling || chosen.FirstOrDefault(s => s.Values.Any(v => v > ceiling)) is not { } above ? chosen
            : throw new InvalidDataException($"{above.Name}: with --shares no value may be above {ceiling}, and one is {above.Values.Max().ToString(CultureInfo.InvariantCulture)}.");
    }

    private static void Write(Forecast forecast, DateOnly from)
    {
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{forecast.Series}: {forecast.Model}; error {forecast.BacktestError:0.00} of as a week ago, from {forecast.Origins} past days");
        Table table = new();
        table.AddColumns("day", "expected", "50 %", "80 %", "95 %");
        for (int h = 0; h < forecast.Point.Count; h++)
        {
            table.AddRow([Day(from, h), Number(forecast.Point[h]), .. forecast.Intervals.Select(i => $"{Number(i.Low[h])} – {Number(i.High[h])}")]);
        }
        MlCommand.WriteTable(table);
    }

    private static IEnumerable<string> Lines(IReadOnlyList<Forecast> made, DateOnly from) =>
        made.SelectMany(f => f.Point.Select((p, h) => string.Join(',', [f.Series, Day(from, h), Number(p), .. f.Intervals.SelectMany(i => new[] { Number(i.Low[h]), Number(i.High[h]) })])))
            .Prepend("series,date,expected,low50,high50,low80,high80,low95,high95");

    private static string Day(DateOnly from, int ahead) => from.AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString(Math.Abs(value) < 10 ? "0.###" : "0.#", CultureInfo.InvariantCulture);
}
