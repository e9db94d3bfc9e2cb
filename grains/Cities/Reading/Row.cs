using System.Globalization;

namespace CityTwin.Grains.Cities;

/// <summary>One record, read cell by cell. A cell that is wrong is reported and read as its type's default; so reading goes on.</summary>
/// <remarks>A required column that the file lacks was reported once for the file and is not reported again for each record.</remarks>
internal sealed class Row(Table table, Cell[] cells)
{
    private const NumberStyles Decimals = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    private bool _wrong;

    public Table Table => table;

    public bool Has(string column) => Find(column) is { Text.Length: > 0 };

    /// <summary>Whether any cell of this record was wrong, or a column that it needs is not there.</summary>
    public bool IsWrong => _wrong || !table.HasAllColumns;

    public string Text(string column, int lengthMax = 200)
    {
        if (Find(column) is not { } cell)
        {
            return "";
        }
        if (cell.Text.Length == 0 || cell.Text.Length > lengthMax || cell.Text.Any(char.IsControl))
        {
            Report(cell, MistakeList.Quote(cell.Text), $"a {column} of 1 to {lengthMax} printable characters");
        }
        return cell.Text;
    }

    public string OptionalText(string column, int lengthMax = 200) => Has(column) ? Text(column, lengthMax) : "";

    /// <summary>Letters, digits, dot, hyphen, underscore: 1 to 40 characters.</summary>
    public string Code(string column) => Find(column) is { } cell ? CodeIn(cell, column) : "";

    /// <summary>Codes with spaces between them, each with its place; none for an empty cell.</summary>
    public List<Cell> Codes(string column, int countMax)
    {
        List<Cell> words = Words(column);
        foreach (Cell word in words)
        {
            CodeIn(word, column);
        }
        foreach (Cell again in words.GroupBy(w => w.Text).SelectMany(g => g.Skip(1)))
        {
            Report(again, $"{MistakeList.Quote(again.Text)} again", $"each of {column} once");
        }
        if (words.Count > countMax)
        {
            Report(words[countMax], $"{words.Count} {column}", $"at most {countMax}");
        }
        return words;
    }

    /// <summary>The words of a cell, each with its place.</summary>
    public List<Cell> Words(string column)
    {
        List<Cell> words = [];
        if (Find(column) is { } cell)
        {
            for (int at = 0; at < cell.Text.Length;)
            {
                int end = cell.Text.IndexOf(' ', at);
                end = end < 0 ? cell.Text.Length : end;
                if (end > at)
                {
                    words.Add(new Cell(cell.Text[at..end], cell.Line, cell.Column + at));
                }
                at = end + 1;
            }
        }
        return words;
    }

    public int Whole(string column, int min, int max, int? missing = null) =>
        (int)Number(column, min, max, missing, NumberStyles.AllowLeadingSign, "a whole number");

    public long? OptionalWhole(string column, long min, long max) =>
        Has(column) ? (long)Number(column, min, max, null, NumberStyles.AllowLeadingSign, "a whole number") : null;

    public decimal Number(string column, decimal min, decimal max, decimal? missing = null) =>
        Number(column, min, max, missing, Decimals, "a number");

    public DateOnly Date(string column)
    {
        if (Find(column) is not { } cell)
        {
            return default;
        }
        if (DateOnly.TryParseExact(cell.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            && WorkCalendar.CanHold(date))
        {
            return date;
        }
        Report(cell, MistakeList.Quote(cell.Text), "a date as 2026-02-17, from 1900 to 2199");
        return default;
    }

    public TimeOnly? OptionalTime(string column)
    {
        if (!Has(column) || Find(column) is not { } cell)
        {
            return null;
        }
        if (!TimeOnly.TryParseExact(cell.Text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly time))
        {
            Report(cell, MistakeList.Quote(cell.Text), "a time as 15:00");
        }
        return time;
    }

    /// <summary>One of a few words. An empty cell, or an absent column, is <paramref name="missing"/> where that is given.</summary>
    public T Choice<T>(string column, IReadOnlyDictionary<string, T> choices, T? missing = null)
        where T : struct
    {
        if (Find(column) is not { } cell)
        {
            return missing ?? default;
        }
        if (missing is { } value && cell.Text.Length == 0)
        {
            return value;
        }
        if (choices.TryGetValue(cell.Text, out T choice))
        {
            return choice;
        }
        Report(cell, MistakeList.Quote(cell.Text), $"a {column}: {string.Join(", ", choices.Keys)}{table.Mistakes.Hint(cell.Text, choices.Keys)}");
        return default;
    }

    public void Report(string column, string found, string expected) =>
        Report(Find(column) ?? cells[0], found, expected);

    public void Report(Cell place, string found, string expected)
    {
        _wrong = true;
        table.Mistakes.Add(table.Layout.File, place.Line, place.Column, found, expected);
    }

    private decimal Number(string column, decimal min, decimal max, decimal? missing, NumberStyles style, string kind)
    {
        if (missing is { } value && !Has(column))
        {
            return value;
        }
        if (Find(column) is not { } cell)
        {
            return min;
        }
        if (decimal.TryParse(cell.Text, style, CultureInfo.InvariantCulture, out value) && value >= min && value <= max)
        {
            return value;
        }
        Report(cell, MistakeList.Quote(cell.Text), $"{kind} from {min} to {max}");
        return min;
    }

    private string CodeIn(Cell cell, string column)
    {
        if (cell.Text.Length is 0 or > 40 || cell.Text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('.' or '-' or '_')))
        {
            Report(cell, MistakeList.Quote(cell.Text), $"a {column}: 1 to 40 letters, digits, dots, hyphens or underscores");
        }
        return cell.Text;
    }

    private Cell? Find(string column) => table.TryIndex(column, out int index) ? cells[index] : null;
}
