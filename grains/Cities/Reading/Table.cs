namespace CityTwin.Grains.Cities;

/// <summary>The columns of one file of a city folder.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Required">Columns that must be there.</param>
/// <param name="Optional">Columns that may be there.</param>
internal sealed record TableLayout(string File, string[] Required, string[] Optional);

/// <summary>One file, split and matched with its layout.</summary>
internal sealed class Table
{
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly Cell[] _header;

    private Table(TableLayout layout, Cell[] header, MistakeList mistakes)
    {
        Layout = layout;
        Mistakes = mistakes;
        _header = header;
        MatchHeader();
    }

    public TableLayout Layout { get; }

    public MistakeList Mistakes { get; }

    public List<Row> Rows { get; } = [];

    /// <summary>Whether the file was there with all its required columns and every record had as many cells as the header.</summary>
    public bool IsWhole { get; private set; } = true;

    /// <summary>Whether the file was there with all its required columns.</summary>
    public bool HasAllColumns { get; private set; } = true;

    /// <summary>Reads a file; a file that is missing or empty gives a table without rows, and a mistake.</summary>
    public static Table Read(IReadOnlyDictionary<string, string> files, TableLayout layout, MistakeList mistakes)
    {
        string columns = string.Join(',', layout.Required);
        if (!files.TryGetValue(layout.File, out string? text))
        {
            mistakes.Add(layout.File, 1, 1, "no such file", $"a file with the columns {columns}");
            return new Table(layout, [], mistakes) { IsWhole = false, HasAllColumns = false };
        }
        int before = mistakes.Count;
        List<Cell[]> records = Csv.Split(layout.File, text, mistakes);
        if (records.Count == 0)
        {
            if (mistakes.Count == before)
            {
                mistakes.Add(layout.File, 1, 1, "an empty file", $"a header with the columns {columns}");
            }
            return new Table(layout, [], mistakes) { IsWhole = false, HasAllColumns = false };
        }
        var table = new Table(layout, records[0], mistakes);
        table.IsWhole &= mistakes.Count == before;
        foreach (Cell[] record in records.Skip(1))
        {
            table.AddRow(record);
        }
        return table;
    }

    public bool TryIndex(string column, out int index) => _columns.TryGetValue(column, out index);

    /// <summary>Reports a mistake that concerns a column as a whole, at its heading.</summary>
    public void ReportColumn(string column, string found, string expected)
    {
        Cell place = _columns.TryGetValue(column, out int index) ? _header[index] : new Cell("", 1, 1);
        Mistakes.Add(Layout.File, place.Line, place.Column, found, expected);
    }

    private void AddRow(Cell[] record)
    {
        if (record.Length == _header.Length)
        {
            Rows.Add(new Row(this, record));
            return;
        }
        IsWhole = false;
        Cell place = record.Length > _header.Length ? record[_header.Length] : record[0];
        Mistakes.Add(Layout.File, place.Line, place.Column, $"{record.Length} cells", $"{_header.Length}, as the header has");
    }

    private void MatchHeader()
    {
        string[] known = [.. Layout.Required, .. Layout.Optional];
        for (int i = 0; i < _header.Length; i++)
        {
            Cell cell = _header[i];
            string name = cell.Text.Trim();
            if (!known.Contains(name, StringComparer.Ordinal))
            {
                Mistakes.Add(Layout.File, cell.Line, cell.Column, $"the column {MistakeList.Quote(name)}",
                    $"one of {string.Join(", ", known)}{Mistakes.Hint(name, known)}");
            }
            else if (!_columns.TryAdd(name, i))
            {
                Mistakes.Add(Layout.File, cell.Line, cell.Column, $"the column '{name}' again", "each column once");
            }
        }
        foreach (string name in _header.Length == 0 ? [] : Layout.Required.Where(c => !_columns.ContainsKey(c)))
        {
            IsWhole = HasAllColumns = false;
            Mistakes.Add(Layout.File, 1, 1, $"no column '{name}'", $"the columns {string.Join(',', Layout.Required)}");
        }
    }
}
