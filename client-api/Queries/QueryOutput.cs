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
        page.Items[row].TryGetValue(column, out JsonElement value) ? value.ToString() : "";

    private sealed class Tabular : QueryOutput
    {
        private Table? _table;
        private QueryReading? _last;
        private int _rows;

        public override void Add(QueryReading page)
        {
            _last = page;
            if (_table is null)
            {
                _table = new Table { Border = TableBorder.Minimal };
                foreach (string column in page.Columns)
                {
                    _table.AddColumn(Markup.Escape(column));
                }
            }
            for (int i = 0; i < page.Items.Count; i++)
            {
                _table.AddRow([.. page.Columns.Select(c => Markup.Escape(Text(page, i, c)))]);
                _rows++;
            }
        }

        public override void End()
        {
            AnsiConsole.Write(_table!);
            string more = _last!.Next is null ? "" : ", and there are more";
            AnsiConsole.WriteLine($"{_rows:N0} rows{more}; position {_last.Position}, {_last.Now:yyyy-MM-dd HH:mm:ss}Z; cost {_last.Cost:N0}");
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
