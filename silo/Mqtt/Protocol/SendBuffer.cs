using System.Buffers;
using System.Buffers.Binary;

namespace CityTwin.Silo.Mqtt;

/// <summary>A growing block of bytes to send, taken from the pool only while it holds something.</summary>
/// <remarks>Not thread-safe: its owner holds a lock.</remarks>
internal struct SendBuffer
{
    private const int FirstBytes = 256;

    private byte[]? _bytes;

    /// <summary>How many bytes wait.</summary>
    public int Count { get; private set; }

    /// <summary>The bytes that wait.</summary>
    public readonly ReadOnlySpan<byte> Waiting => _bytes.AsSpan(0, Count);

    /// <summary>Room for exactly <paramref name="size"/> bytes, counted as written.</summary>
    public Span<byte> Add(int size)
    {
        if (_bytes is null || _bytes.Length - Count < size)
        {
            Grow(size);
        }
        Span<byte> room = _bytes.AsSpan(Count, size);
        Count += size;
        return room;
    }

    /// <summary>Forgets what was sent and gives the block back.</summary>
    public void Clear()
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
        _bytes = null;
        Count = 0;
    }

    private void Grow(int size)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBytes, Math.Max(2 * Count, Count + size)));
        Waiting.CopyTo(larger);
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }
        _bytes = larger;
    }
}

/// <summary>Writes fields into a span of the right size, moving along it.</summary>
internal ref struct FieldWriter(Span<byte> room)
{
    private Span<byte> _rest = room;

    public void Byte(byte value)
    {
        _rest[0] = value;
        _rest = _rest[1..];
    }

    public void UInt16(int value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_rest, (ushort)value);
        _rest = _rest[2..];
    }

    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_rest, value);
        _rest = _rest[4..];
    }

    public void Variable(int value)
    {
        while (value >= 128)
        {
            Byte((byte)((value & 0x7F) | 0x80));
            value >>= 7;
        }
        Byte((byte)value);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_rest);
        _rest = _rest[bytes.Length..];
    }

    /// <summary>A two-byte length and the bytes.</summary>
    public void Block(ReadOnlySpan<byte> bytes)
    {
        UInt16(bytes.Length);
        Bytes(bytes);
    }
}
