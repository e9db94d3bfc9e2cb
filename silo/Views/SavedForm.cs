using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace CityTwin.Silo.Views;

/// <summary>Writes the saved form of a view: little-endian 64-bit numbers, texts in UTF-8 and raw bytes, each with its length.</summary>
internal sealed class SavedWriter(IBufferWriter<byte> output)
{
    /// <summary>Writes a number.</summary>
    public void Number(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    /// <summary>Writes a text; null as empty.</summary>
    public void Text(string? value) => Bytes(Encoding.UTF8.GetBytes(value ?? ""));

    /// <summary>Writes bytes with their length.</summary>
    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        Number(bytes.Length);
        output.Write(bytes);
    }
}

/// <summary>The frame of a view's saved form: which format it has, and the position and moment that it is of.</summary>
internal static class SavedFrame
{
    /// <summary>Reads what is in the frame.</summary>
    public delegate void Loader(ref SavedReader reader, long position);

    /// <summary>Writes a frame and what is in it.</summary>
    public static void Save(IBufferWriter<byte> output, long format, long position, long atTicks, Action<SavedWriter> content)
    {
        var writer = new SavedWriter(output);
        writer.Number(format);
        writer.Number(position);
        writer.Number(atTicks);
        content(writer);
    }

    /// <summary>Reads a frame and what is in it; null when it is of another format, cut short or damaged: the journal has everything, and the view is rebuilt from it.</summary>
    public static (long Position, long AtTicks)? Load(ReadOnlySpan<byte> saved, long format, Loader content)
    {
        try
        {
            var reader = new SavedReader(saved);
            if (reader.Number() != format)
            {
                return null;
            }
            (long position, long atTicks) = (reader.Number(), reader.Number());
            content(ref reader, position);
            return (position, atTicks);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException or System.Text.Json.JsonException)
        {
            return null;
        }
    }
}

/// <summary>Reads what <see cref="SavedWriter"/> wrote.</summary>
internal ref struct SavedReader(ReadOnlySpan<byte> saved)
{
    private ReadOnlySpan<byte> _rest = saved;

    /// <summary>Reads a number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Nothing is left.</exception>
    public long Number()
    {
        long value = BinaryPrimitives.ReadInt64LittleEndian(_rest);
        _rest = _rest[sizeof(long)..];
        return value;
    }

    /// <summary>Reads a text.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>Reads bytes.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        int length = checked((int)Number());
        ReadOnlySpan<byte> bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }
}
