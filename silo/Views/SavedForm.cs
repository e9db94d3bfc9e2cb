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
