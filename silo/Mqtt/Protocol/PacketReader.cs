using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace CityTwin.Silo.Mqtt;

/// <summary>Reads the fields of one packet's body in order; every read past the end is a malformed packet.</summary>
internal ref struct PacketReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>True when all is read.</summary>
    public readonly bool IsEmpty => _rest.IsEmpty;

    public byte ReadByte() => Take(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    /// <summary>A variable byte integer (section 1.5.5), 0 to 268,435,455, at most four bytes.</summary>
    public int ReadVariable()
    {
        int value = 0;
        for (int i = 0; i < 4; i++)
        {
            byte b = ReadByte();
            value |= (b & 0x7F) << (7 * i);
            if (b < 0x80)
            {
                return i > 0 && b == 0 ? throw MqttProtocolException.Malformed("a variable byte integer with a needless byte") : value;
            }
        }
        throw MqttProtocolException.Malformed("a variable byte integer of more than four bytes");
    }

    /// <summary>Bytes behind a two-byte length.</summary>
    public ReadOnlySpan<byte> ReadBinary() => Take(ReadUInt16());

    /// <summary>A UTF-8 string behind a two-byte length: well formed and without U+0000 (section 1.5.4).</summary>
    public ReadOnlySpan<byte> ReadUtf8()
    {
        ReadOnlySpan<byte> text = ReadBinary();
        return Utf8.IsValid(text) && !text.Contains((byte)0)
            ? text
            : throw MqttProtocolException.Malformed("text that is not UTF-8, or with a NUL");
    }

    public string ReadString() => Encoding.UTF8.GetString(ReadUtf8());

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw MqttProtocolException.Malformed($"{count} bytes expected, {_rest.Length} left");
        }
        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    /// <summary>A packet identifier, which is never 0.</summary>
    public ushort ReadPacketId()
    {
        ushort id = ReadUInt16();
        return id != 0 ? id : throw MqttProtocolException.Broken("packet identifier 0");
    }

    /// <summary>Refuses bytes behind the last field.</summary>
    public readonly void ExpectEnd()
    {
        if (!_rest.IsEmpty)
        {
            throw MqttProtocolException.Malformed($"{_rest.Length} bytes too many");
        }
    }
}
