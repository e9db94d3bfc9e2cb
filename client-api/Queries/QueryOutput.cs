using System.Text.Json;
using CityTwin.ClientApi.Wire;
using Spectre.Console;

namespace CityTwin.ClientApi.Queries;

/// <summary>Shows pages of an answer on standard output.</summary>
internal abstract class QueryOutput
{
    /// <summary>The output of a name; null for no such name.</summary>
    public static QueryOutput? Of(string format) => format switch
    {
        "table" => new Tabular(),
        "csv" => new Csv(),
        "json" => new Lines(),
        _ => null,
    };

    /// <summary>Shows a page.</summary>
    public abstract void Add(QueryReading page);

    /// <summary>Shows what is left.</summary>
    public virtual void End()
    {
    }

    private static string Text(QueryReading page, int row, string column) =>
        page.Items[row].TryGetValue(column, out JsonElement value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()
            : "";

    private sealed class Tabular : QueryOutput
    {
        private const int Frame = 3;

        private readonly List<string[]> _rows = [];
        private QueryReading? _last;

        public override void Add(QueryReading page)
        {
            _last = page;
            for (int i = 0; i < page.Items.Count; i++)
            {
                _rows.Add([.. page.Columns.Select(c => Text(page, i, c))]);
            }
        }

        public override void End()
        {
            string[] columns = [.. _last!.Columns];
            int width = columns.Select((c, i) => _rows.Select(r => r[i].Length).Append(c.Length).Max() + Frame).Sum() + 1;
            if (width <= (Console.IsOutputRedirected ? int.MaxValue : Console.WindowWidth))
            {
                ShowTable(columns, width);
            }
            else
            {
                ShowBlocks(columns);
            }
            string more = _last.Next is null ? "" : ", and there are more";
            string count = _rows.Count == 1 ? "1 row" : $"{_rows.Count:N0} rows";
            Console.WriteLine($"{count}{more}; position {_last.Position}, {_last.Now:yyyy-MM-dd HH:mm:ss}Z; cost {_last.Cost:N0}");
        }

        private void ShowTable(string[] columns, int width)
        {
            Table table = new() { Border = TableBorder.Minimal };
            table.AddColumns([.. columns.Select(Markup.Escape)]);
            _rows.ForEach(r => table.AddRow([.. r.Select(Markup.Escape)]));
            IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(Console.Out) });
            console.Profile.Width = Math.Max(width, console.Profile.Width);
            console.Write(table);
        }

        // What does not fit beside each other stands below each other; what has no value is left out.
        private void ShowBlocks(string[] columns)
        {
            int widest = columns.Max(c => c.Length);
            foreach (string[] row in _rows)
            {
                foreach ((string column, string value) in columns.Zip(row).Where(cell => cell.Second.Length > 0))
                {
                    Console.WriteLine($"{column.PadRight(widest)}  {value}");
                }
                Console.WriteLine();
            }
        }
    }

    private sealed class Csv : QueryOutput
    {
        private bool _hasHeader;

        public override void Add(QueryReading page)
        {
            if (!_hasHeader)
            {
                Console.WriteLine(string.Join(',', page.Columns.Select(Quote)));
                _hasHeader = true;
            }
            for (int i = 0; i < page.Items.Count; i++)
            {
                Console.WriteLine(string.Join(',', page.Columns.Select(c => Quote(Text(page, i, c)))));
            }
        }

        // RFC 4180; a text that a spreadsheet would take for a formula is kept a text.
        private static string Quote(string text)
        {
            string safe = text.Length > 0 && text[0] is '=' or '@' ? "'" + text : text;
            return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
        }
    }

    // A JSON object a line: what jq and most tools read.
    private sealed class Lines : QueryOutput
    {
        public override void Add(QueryReading page)
        {
            foreach (IReadOnlyDictionary<string, JsonElement> item in page.Items)
            {
                Console.WriteLine(JsonSerializer.Serialize(item, ApiJson.Default.IReadOnlyDictionaryStringJsonElement));
            }
        }
    }
}
