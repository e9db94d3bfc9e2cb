using System.Globalization;
using CityTwin.Ml.Forecasts;

namespace CityTwin.Ml.Commands;

/// <summary>Daily series in a file: a head <c>date,NAME,…</c>, then a line a day with a value a series. UTF-8.</summary>
/// <param name="First">The first day.</param>
/// <param name="Names">The series' names.</param>
/// <param name="Values">Their values, a list a series; finite and not below nought.</param>
internal sealed record DailySeriesFile(DateOnly First, IReadOnlyList<string> Names, IReadOnlyList<IReadOnlyList<double>> Values)
{
    /// <summary>The most days.</summary>
    internal const int DaysMax = 20_000;

    /// <summary>The most series.</summary>
    internal const int SeriesMax = 1_000;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">A line is off; the message says file, line and reason.</exception>
    internal static DailySeriesFile Read(string path)
    {
        using IEnumerator<string> lines = File.ReadLines(path).GetEnumerator();
        if (!lines.MoveNext() || lines.Current.Split(',') is not [var date, .. { Length: > 0 } names] || date.Trim('\uFEFF', ' ') != "date")
        {
            throw Off(path, 1, "the head must be 'date' and the names of one series or more, with commas between them");
        }
        names = [.. names.Select(n => n.Trim())];
        if (names.Length > SeriesMax || names.Any(n => n.Length == 0) || names.Distinct(StringComparer.Ordinal).Count() < names.Length)
        {
            throw Off(path, 1, $"names must differ and not be empty, and there may be at most {SeriesMax:N0}");
        }
        DateOnly first = default;
        List<double>[] values = [.. names.Select(_ => new List<double>())];
        for (int number = 2; lines.MoveNext(); number++)
        {
            if (lines.Current.Length == 0)
            {
                continue;
            }
            string[] cells = lines.Current.Split(',');
            if (cells.Length != names.Length + 1)
            {
                throw Off(path, number, $"{cells.Length} values where the head has {names.Length + 1}");
            }
            DateOnly day = Day(path, number, cells[0]);
            DateOnly due = values[0].Count == 0 ? first = day : first.AddDays(values[0].Count);
            if (day != due)
            {
                throw Off(path, number, $"{day:yyyy-MM-dd} where {due:yyyy-MM-dd} was due: every day needs its line, in order");
            }
            if (values[0].Count == DaysMax)
            {
                throw Off(path, number, $"more than {DaysMax:N0} days");
            }
            for (int i = 0; i < names.Length; i++)
            {
                values[i].Add(Value(path, number, names[i], cells[i + 1]));
            }
        }
        return values[0].Count >= Series.LengthMin ? new(first, names, values)
            : throw new InvalidDataException($"{path}: {values[0].Count} days; at least {Series.LengthMin} are needed to forecast from.");
    }

    private static DateOnly Day(string path, int line, string text) =>
        DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day.Year is >= 1902 and <= 2099
            ? day : throw Off(path, line, $"'{Short(text)}' is no day from 1902 to 2099, as 2026-02-17");

    private static double Value(string path, int line, string name, string text) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && value >= 0
            ? value : throw Off(path, line, $"'{Short(text)}' of {name} is no number from 0 on");

    private static string Short(string text) => text.Length <= 30 ? text : text[..30] + "…";

    private static InvalidDataException Off(string path, int line, string what) => new($"{path}, line {line}: {what}.");
}
