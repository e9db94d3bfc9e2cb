using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Operations;

/// <summary>Events as newline-delimited JSON, gzipped: one line each, in order, between a header and an end line.</summary>
/// <remarks>Citizens' texts stay encrypted; their keys are in the file only if asked for. docs/backup.md describes the lines.</remarks>
public static class JournalExport
{
    private const int Version = 1;

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>Writes the events after a position, as of now; a city on the journal goes on.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="file">Where to; replaced when the export is whole.</param>
    /// <param name="withKeys">Whether citizens' keys are written too: whoever has the file can then read their texts.</param>
    /// <param name="after">Only events of higher positions.</param>
    /// <param name="progress">Is told events written and events in all.</param>
    /// <returns>The position of the last event.</returns>
    public static long Write(string journal, string file, bool withKeys = false, long after = 0, Action<long, long>? progress = null)
    {
        using JournalRows rows = JournalRows.Open(journal);
        string partial = file + ".partial";
        using (GZipStream packed = new(File.Create(partial), CompressionLevel.Fastest))
        using (StreamWriter lines = new(packed, new UTF8Encoding(false), 1 << 16) { NewLine = "\n" })
        {
            lines.WriteLine($$"""{"citytwin":"events","version":{{Version}},"after":{{after}}}""");
            if (withKeys)
            {
                foreach (object?[] key in rows.Read(JournalTable.Keys))
                {
                    lines.WriteLine($$"""{"subject":{{key[0]}},"key":"{{Convert.ToBase64String((byte[])key[1]!)}}"}""");
                }
            }
            long done = 0;
            foreach (object?[] row in rows.Read(JournalTable.Events, $"WHERE position > {after}"))
            {
                lines.WriteLine(EventLine(row));
                progress?.Invoke(++done, rows.Position - after);
            }
            foreach (object?[] row in rows.Read(JournalTable.Outbox))
            {
                lines.WriteLine(MessageLine(row));
            }
            lines.WriteLine($$"""{"end":{{rows.Position}}}""");
        }
        File.Move(partial, file, overwrite: true);
        return rows.Position;
    }

    private static string EventLine(object?[] row) => Line(json =>
    {
        json.WriteNumber("position", (long)row[0]!);
        json.WriteString("twin", TwinId.FromValue((long)row[1]!).ToString());
        json.WriteNumber("version", (long)row[2]!);
        json.WriteNumber("previous", (long)row[3]!);
        json.WriteString("at", DateTimeOffset.FromUnixTimeMilliseconds((long)row[4]!));
        if (row[5] is byte[] { Length: 16 } id)
        {
            json.WriteString("command", Convert.ToHexStringLower(id));
        }
        json.WriteString("type", (string)row[6]!);
        json.WritePropertyName("data");
        json.WriteRawValue((string)row[7]!, skipInputValidation: true);
    });

    private static string MessageLine(object?[] row) => Line(json =>
    {
        json.WriteNumber("message", (long)row[0]!);
        json.WriteString("target", TwinId.FromValue((long)row[1]!).ToString());
        json.WriteString("type", (string)row[2]!);
        json.WritePropertyName("data");
        json.WriteRawValue((string)row[3]!, skipInputValidation: true);
    });

    private static string Line(Action<Utf8JsonWriter> write)
    {
        using MemoryStream line = new(512);
        using (Utf8JsonWriter json = new(line, Relaxed))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length);
    }
}

/// <summary>Takes events from an export into a journal; repeated after an interruption, it goes on where it was.</summary>
public static class JournalImport
{
    private const int EventsPerCommit = 10_000;

    /// <summary>Imports a file.</summary>
    /// <param name="file">The export.</param>
    /// <param name="journal">The journal; no city may run on it. It is empty, or holds the beginning of the same history.</param>
    /// <param name="types">The kinds of twins.</param>
    /// <param name="progress">Is told the position reached.</param>
    /// <returns>The journal's position.</returns>
    /// <exception cref="JournalException">The file is damaged, or does not continue the journal; what was committed stands.</exception>
    public static long Read(string file, string journal, TwinTypes types, Action<long>? progress = null)
    {
        using JournalLoad target = JournalLoad.Open(journal, types);
        long position = target.Position, ended = -1, number = 0;
        List<object?[]> events = new(EventsPerCommit), messages = [], keys = [];
        try
        {
            using StreamReader lines = new(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            while (lines.ReadLine() is { } line)
            {
                number++;
                using JsonDocument parsed = JsonDocument.Parse(line);
                JsonElement row = parsed.RootElement;
                if (row.TryGetProperty("position", out JsonElement at))
                {
                    if (at.GetInt64() <= position)
                    {
                        continue;
                    }
                    events.Add(at.GetInt64() == position + 1 ? Event(row) : throw new JournalException($"'{file}', line {number}: position {at} does not follow {position}"));
                    position++;
                    if (events.Count == EventsPerCommit)
                    {
                        Flush();
                    }
                }
                else if (row.TryGetProperty("message", out JsonElement sequence))
                {
                    messages.Add([sequence.GetInt64(), Twin(row, "target"), row.GetProperty("type").GetString(), row.GetProperty("data").GetRawText()]);
                }
                else if (row.TryGetProperty("subject", out JsonElement subject))
                {
                    keys.Add([subject.GetInt64(), row.GetProperty("key").GetBytesFromBase64()]);
                }
                else if (row.TryGetProperty("end", out JsonElement end))
                {
                    ended = end.GetInt64();
                }
            }
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidDataException or IOException or InvalidOperationException)
        {
            Flush();
            throw new JournalException(number == 0 ? $"'{file}' is no export that can be read: {e.Message}" : $"'{file}', line {number}: {e.Message}", e);
        }
        Flush();
        if (ended != position)
        {
            throw new JournalException($"'{file}' is cut short: it ends at position {position}, without its end line; import again when it is whole");
        }
        target.Execute("DELETE FROM outbox");
        target.Add(JournalTable.Outbox, messages);
        target.Commit();
        return position;

        void Flush()
        {
            if (keys.Count > 0)
            {
                target.Execute($"DELETE FROM keys WHERE subject IN ({string.Join(',', keys.Select(k => k[0]))})");
                target.Add(JournalTable.Keys, keys);
                keys.Clear();
            }
            target.Add(JournalTable.Events, events);
            target.Commit();
            events.Clear();
            progress?.Invoke(position);
        }
    }

    private static object?[] Event(JsonElement row) =>
    [
        row.GetProperty("position").GetInt64(), Twin(row, "twin"), row.GetProperty("version").GetInt64(), row.GetProperty("previous").GetInt64(),
        row.GetProperty("at").GetDateTimeOffset().ToUnixTimeMilliseconds(),
        row.TryGetProperty("command", out JsonElement id) ? Convert.FromHexString(id.GetString()!) : null,
        row.GetProperty("type").GetString(), row.GetProperty("data").GetRawText(),
    ];

    private static long Twin(JsonElement row, string name) => TwinId.Parse(row.GetProperty(name).GetString()!, null).Value;
}
