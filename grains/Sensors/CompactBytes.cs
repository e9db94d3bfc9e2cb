using System.Buffers;
using System.Buffers.Binary;

namespace CityTwin.Grains;

/// <summary>Writes numbers in few bytes. Not thread-safe.</summary>
internal readonly struct CompactWriter(IBufferWriter<byte> output)
{
    /// <summary>A whole number, in 1 to 10 bytes: the nearer to 0 the fewer.</summary>
    public void Whole(long value)
    {
        ulong rest = unchecked((ulong)((value << 1) ^ (value >> 63)));
        Span<byte> bytes = output.GetSpan(10);
        int length = 0;
        while (rest >= 128)
        {
            bytes[length++] = (byte)((rest & 0x7F) | 0x80);
            rest >>= 7;
        }
        bytes[length++] = (byte)rest;
        output.Advance(length);
    }

    /// <summary>A number, every bit of it, in 8 bytes.</summary>
    public void Number(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(8), value);
        output.Advance(8);
    }

    /// <summary>Yes or no.</summary>
    public void Flag(bool value) => Whole(value ? 1 : 0);
}

/// <summary>Reads what a <see cref="CompactWriter"/> wrote, in the same order.</summary>
internal ref struct CompactReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>A whole number.</summary>
    public long Whole()
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = _bytes[_at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 128)
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }
    }

    /// <summary>A number.</summary>
    public double Number()
    {
        double value = BinaryPrimitives.ReadDoubleLittleEndian(_bytes[_at..]);
        _at += 8;
        return value;
    }

    /// <summary>Bytes as they are.</summary>
    public ReadOnlySpan<byte> Bytes(int count)
    {
        ReadOnlySpan<byte> bytes = _bytes.Slice(_at, count);
        _at += count;
        return bytes;
    }

    /// <summary>Yes or no.</summary>
    public bool Flag() => Whole() != 0;
}
