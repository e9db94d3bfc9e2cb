using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CityTwin.Grains;

namespace CityTwin.Silo.Journal.Postgres;

/// <summary>Rows of events in PostgreSQL's binary COPY format, made in one reused buffer: nothing is allocated for a row or a field.</summary>
/// <remarks>Source of the format: PostgreSQL documentation, COPY, "Binary Format". Used by one thread.</remarks>
internal sealed class CopyRows : IDisposable
{
    /// <summary>The statement that takes the rows.</summary>
    public const string Statement = "COPY events (position, twin, previous, at, command, version, type, data) FROM STDIN (FORMAT BINARY)";

    private const int Columns = 8;
    private const byte JsonbVersion = 1;

    // PostgreSQL counts microseconds from 1 January 2000.
    private static readonly long Epoch = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    private readonly ArrayBufferWriter<byte> _rows = new(1 << 20);
    private readonly ArrayBufferWriter<byte> _text = new(4_096);
    private readonly Utf8JsonWriter _json;
    private readonly Dictionary<Type, byte[]> _names = [];

    /// <summary>An empty buffer.</summary>
    public CopyRows() =>
        _json = new Utf8JsonWriter(_text, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>What was written since <see cref="Begin"/>.</summary>
    public ReadOnlySpan<byte> Written => _rows.WrittenSpan;

    /// <summary>Begins anew, with the header.</summary>
    public void Begin()
    {
        _rows.ResetWrittenCount();
        _rows.Write("PGCOPY\n"u8);
        _rows.Write<byte>([0xFF, 0x0D, 0x0A, 0x00, 0, 0, 0, 0, 0, 0, 0, 0]);
    }

    /// <summary>Adds an event.</summary>
    public void Add(in RecordedEvent recorded)
    {
        Span<byte> row = _rows.GetSpan(128);
        BinaryPrimitives.WriteInt16BigEndian(row, Columns);
        int used = 2;
        Number(row, ref used, recorded.Position);
        Number(row, ref used, recorded.Twin.Value);
        Number(row, ref used, recorded.Previous);
        Number(row, ref used, (recorded.At.UtcTicks - Epoch) / TimeSpan.TicksPerMicrosecond);
        if (recorded.Command.IsNone)
        {
            BinaryPrimitives.WriteInt32BigEndian(row[used..], -1);
            used += 4;
        }
        else
        {
            BinaryPrimitives.WriteInt32BigEndian(row[used..], 16);
            BinaryPrimitives.WriteUInt128BigEndian(row[(used + 4)..], recorded.Command.Value);
            used += 20;
        }
        BinaryPrimitives.WriteInt32BigEndian(row[used..], 4);
        BinaryPrimitives.WriteInt32BigEndian(row[(used + 4)..], recorded.Version);
        _rows.Advance(used + 8);
        Text(Name(recorded.Event.GetType()), jsonb: false);
        Text(Json(recorded.Event), jsonb: true);
    }

    /// <summary>Ends with the trailer.</summary>
    public void End() => _rows.Write<byte>([0xFF, 0xFF]);

    /// <summary>Writes a value as JSON; valid until the next call.</summary>
    public ReadOnlySpan<byte> Json(object value)
    {
        _text.ResetWrittenCount();
        _json.Reset(_text);
        JournalJson.Write(_json, value);
        _json.Flush();
        Span<byte> written = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_text.WrittenMemory).Span;
        ReplaceNul(written);
        return written;
    }

    /// <summary>jsonb has no U+0000: it becomes the replacement character, for one odd byte must not stop a city's journal.</summary>
    internal static void ReplaceNul(Span<byte> json)
    {
        for (int at = json.IndexOf("\\u0000"u8); at >= 0; at = json.IndexOf("\\u0000"u8))
        {
            int backslashes = 1;
            while (at - backslashes >= 0 && json[at - backslashes] == (byte)'\\')
            {
                backslashes++;
            }
            if (backslashes % 2 == 1)
            {
                "\\uFFFD"u8.CopyTo(json[at..]);
            }
            json = json[(at + 1)..];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _json.Dispose();

    private static void Number(Span<byte> row, ref int used, long value)
    {
        BinaryPrimitives.WriteInt32BigEndian(row[used..], 8);
        BinaryPrimitives.WriteInt64BigEndian(row[(used + 4)..], value);
        used += 12;
    }

    private void Text(ReadOnlySpan<byte> text, bool jsonb)
    {
        int extra = jsonb ? 1 : 0;
        Span<byte> field = _rows.GetSpan(4 + extra + text.Length);
        BinaryPrimitives.WriteInt32BigEndian(field, text.Length + extra);
        if (jsonb)
        {
            field[4] = JsonbVersion;
        }
        text.CopyTo(field[(4 + extra)..]);
        _rows.Advance(4 + extra + text.Length);
    }

    private byte[] Name(Type type)
    {
        if (!_names.TryGetValue(type, out byte[]? name))
        {
            name = Encoding.UTF8.GetBytes(JournalJson.NameOf(type));
            _names.Add(type, name);
        }
        return name;
    }
}
