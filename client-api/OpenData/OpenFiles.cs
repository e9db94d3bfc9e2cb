using System.Globalization;
using System.Text;
using System.Text.Json;
using CityTwin.ClientApi.Wire;

namespace CityTwin.ClientApi.OpenData;

/// <summary>Rows as CSV (RFC 4180) and as JSON lines.</summary>
internal static class OpenFiles
{
    /// <summary>The content type of CSV.</summary>
    public const string Csv = "text/csv; charset=utf-8; header=present";

    /// <summary>The content type of JSON lines.</summary>
    public const string JsonLines = "application/jsonl; charset=utf-8";

    /// <summary>Writes CSV, with its header.</summary>
    public static async Task WriteCsvAsync(Stream to, OpenDataset dataset, IReadOnlyList<object?[]> rows)
    {
        await using StreamWriter text = new(to, new UTF8Encoding(false), 1 << 15, leaveOpen: true) { NewLine = "\r\n" };
        await text.WriteLineAsync(string.Join(',', dataset.Columns.Select(c => c.Name)));
        foreach (object?[] row in rows)
        {
            await text.WriteLineAsync(string.Join(',', row.Select(Cell)));
        }
    }

    /// <summary>Writes an object on each line; what has no value is left out.</summary>
    public static async Task WriteJsonLinesAsync(Stream to, OpenDataset dataset, IReadOnlyList<object?[]> rows)
    {
        using MemoryStream line = new();
        foreach (object?[] row in rows)
        {
            line.SetLength(0);
            await using (Utf8JsonWriter json = new(line, new JsonWriterOptions { Encoder = ApiJson.Encoder }))
            {
                json.WriteStartObject();
                for (int i = 0; i < row.Length; i++)
                {
                    WriteMember(json, dataset.Columns[i].Name, row[i]);
                }
                json.WriteEndObject();
            }
            line.WriteByte((byte)'\n');
            await to.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length));
        }
    }

    private static void WriteMember(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                break;
            case string text:
                json.WriteString(name, text);
                break;
            case int or long:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteNumber(name, (double)value);
                break;
        }
    }

    private static string Cell(object? value)
    {
        string text = value switch
        {
            null => "",
            string s => s,
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
        return text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
