using System.Buffers;
using System.Text.Json;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Operations;

/// <summary>Rows as lines of JSON, one array each: numbers, texts, bytes in base64, null.</summary>
internal static class BackupRows
{
    private const int FlushBytes = 1 << 16;

    /// <summary>Writes rows; returns how many.</summary>
    public static long Write(Stream output, JournalTable table, IEnumerable<object?[]> rows, Action written)
    {
        ArrayBufferWriter<byte> line = new(FlushBytes);
        using Utf8JsonWriter json = new(line);
        long count = 0;
        foreach (object?[] row in rows)
        {
            json.Reset();
            json.WriteStartArray();
            for (int i = 0; i < row.Length; i++)
            {
                Write(json, row[i], table.Columns[i].Kind);
            }
            json.WriteEndArray();
            json.Flush();
            line.Write("\n"u8);
            if (line.WrittenCount > FlushBytes)
            {
                output.Write(line.WrittenSpan);
                line.ResetWrittenCount();
            }
            count++;
            written();
        }
        output.Write(line.WrittenSpan);
        return count;
    }

    /// <summary>Reads rows.</summary>
    /// <exception cref="JournalException">A line is not such a row.</exception>
    public static IEnumerable<object?[]> Read(Stream input, JournalTable table)
    {
        using StreamReader lines = new(input);
        for (long number = 1; lines.ReadLine() is { } line; number++)
        {
            if (line.Length > 0)
            {
                yield return Row(line, table, number);
            }
        }
    }

    private static object?[] Row(string line, JournalTable table, long number)
    {
        try
        {
            using JsonDocument parsed = JsonDocument.Parse(line);
            JsonElement row = parsed.RootElement;
            object?[] values = new object?[table.Columns.Length];
            for (int i = 0; i < values.Length; i++)
            {
                JsonElement value = row[i];
                values[i] = value.ValueKind switch
                {
                    JsonValueKind.Null => null,
                    JsonValueKind.Number when table.Columns[i].Kind == ColumnKind.Real => value.GetDouble(),
                    JsonValueKind.Number => value.GetInt64(),
                    _ when table.Columns[i].Kind is ColumnKind.Bytes or ColumnKind.Command => value.GetBytesFromBase64(),
                    _ => value.GetString(),
                };
            }
            return values;
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or IndexOutOfRangeException)
        {
            throw new JournalException($"line {number} of '{table.Name}' cannot be read: {e.Message}", e);
        }
    }

    private static void Write(Utf8JsonWriter json, object? value, ColumnKind kind)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case double number:
                json.WriteNumberValue(number);
                break;
            case byte[] bytes:
                json.WriteBase64StringValue(bytes);
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            default:
                throw new JournalException($"a value of {value.GetType().Name} does not fit a column of kind {kind}");
        }
    }
}
