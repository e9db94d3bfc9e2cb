using System.Collections.Immutable;
using System.Globalization;

namespace CityTwin.Grains.Cities;

/// <summary>What <c>city.csv</c> says.</summary>
internal sealed record CityProfile(int Code, string NameVi, string NameEn, int Population, Row? PopulationRow, TimeSpan Offset, OfficeWeek Week, CaseTerms Terms);

/// <summary>Reads <c>city.csv</c>: a key and a value on each line.</summary>
internal sealed class CityFile
{
    private static readonly TableLayout Layout = new("city.csv", ["key", "value"], []);
    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    private static readonly string[] RequiredKeys = ["code", "name_vi", "name_en", "population"];
    private static readonly string[] OptionalKeys =
        ["utc_offset", "close_after_days", "reopen_within_days", "answer_within_days", "in_hand_max", .. Days.Select(d => "hours_" + d)];

    private readonly Dictionary<string, Row> _rows = new(StringComparer.Ordinal);

    private CityFile(Table table)
    {
        string[] keys = [.. RequiredKeys, .. OptionalKeys];
        foreach (Row row in table.Rows)
        {
            string key = row.Text("key");
            if (!keys.Contains(key, StringComparer.Ordinal))
            {
                row.Report("key", MistakeList.Quote(key), $"one of {string.Join(", ", keys)}{table.Mistakes.Hint(key, keys)}");
            }
            else if (!_rows.TryAdd(key, row))
            {
                row.Report("key", $"'{key}' again", "each key once");
            }
        }
        foreach (string key in table.IsWhole ? RequiredKeys.Where(k => !_rows.ContainsKey(k)) : [])
        {
            table.Mistakes.Add(Layout.File, 1, 1, $"no key '{key}'", $"the keys {string.Join(", ", RequiredKeys)}");
        }
    }

    public static CityProfile Read(IReadOnlyDictionary<string, string> files, MistakeList mistakes)
    {
        var file = new CityFile(Table.Read(files, Layout, mistakes));
        var usual = new CaseTerms();
        return new CityProfile(
            file.Whole("code", 1, 99, 1),
            file.Text("name_vi"),
            file.Text("name_en"),
            file.Whole("population", 1, 100_000_000, 1),
            file._rows.GetValueOrDefault("population"),
            file.Offset(),
            file.Week(),
            new CaseTerms
            {
                CloseAfterDays = file.Whole("close_after_days", 1, 90, usual.CloseAfterDays),
                ReopenWithinDays = file.Whole("reopen_within_days", 0, 365, usual.ReopenWithinDays),
                AnswerWithinDays = file.Whole("answer_within_days", 1, 365, usual.AnswerWithinDays),
                InHandMax = file.Whole("in_hand_max", 1, 1000, usual.InHandMax),
            });
    }

    private string Text(string key) => _rows.TryGetValue(key, out Row? row) ? row.Text("value") : "";

    private int Whole(string key, int min, int max, int missing) =>
        _rows.TryGetValue(key, out Row? row) ? row.Whole("value", min, max) : missing;

    private TimeSpan Offset()
    {
        var usual = TimeSpan.FromHours(7);
        if (!_rows.TryGetValue("utc_offset", out Row? row))
        {
            return usual;
        }
        string text = row.Text("value");
        if (text.Length == 6 && text[0] is '+' or '-'
            && TimeSpan.TryParseExact(text.AsSpan(1), "hh\\:mm", CultureInfo.InvariantCulture, out TimeSpan offset)
            && offset <= TimeSpan.FromHours(14))
        {
            return text[0] == '-' ? -offset : offset;
        }
        row.Report("value", MistakeList.Quote(text), "an offset from UTC as +07:00, from -14:00 to +14:00");
        return usual;
    }

    private OfficeWeek Week()
    {
        var days = ImmutableArray.CreateBuilder<ImmutableArray<OfficeHours>>(7);
        bool wrong = false;
        for (int i = 0; i < 7; i++)
        {
            ImmutableArray<OfficeHours> hours = OfficeWeek.Usual[(DayOfWeek)((i + 1) % 7)];
            if (_rows.TryGetValue("hours_" + Days[i], out Row? row))
            {
                hours = Hours(row);
                wrong |= row.IsWrong;
            }
            days.Add(hours);
        }
        if (wrong)
        {
            return OfficeWeek.Usual;
        }
        if (days.All(d => d.IsEmpty))
        {
            _rows["hours_monday"].Report("value", "a week without office hours", "office hours on one day at least");
            return OfficeWeek.Usual;
        }
        return new OfficeWeek(days.MoveToImmutable());
    }

    private static ImmutableArray<OfficeHours> Hours(Row row)
    {
        string text = row.Text("value");
        if (text == "closed")
        {
            return [];
        }
        ImmutableArray<OfficeHours> hours = [.. row.Words("value").Select(w => Stretch(w.Text)).OfType<OfficeHours>()];
        if (hours.Length == row.Words("value").Count && OfficeWeek.IsDay(hours) && !hours.IsEmpty)
        {
            return hours;
        }
        row.Report("value", MistakeList.Quote(text), "'closed', or up to 8 stretches in order as 07:30-11:30 13:30-17:00");
        return [];
    }

    private static OfficeHours? Stretch(string text)
    {
        string[] ends = text.Split('-');
        return ends.Length == 2
            && TimeOnly.TryParseExact(ends[0], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly opens)
            && TimeOnly.TryParseExact(ends[1], "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly closes)
            ? new OfficeHours(opens, closes)
            : null;
    }
}
