using System.Buffers;

namespace CityTwin.Silo.Mqtt;

/// <summary>Cuts control packets out of a byte stream (MQTT 5, section 2.1).</summary>
internal static class Frame
{
    /// <summary>The largest remaining length that four bytes can say.</summary>
    public const int LengthMax = 268_435_455;

    /// <summary>
    /// Takes one packet off the front of <paramref name="buffer"/> when all of it has come. A packet that is too long is
    /// refused as soon as its length is known, before its body is waited for.
    /// </summary>
    /// <param name="buffer">What has come; moved past the packet when true.</param>
    /// <param name="packetBytesMax">The largest packet taken, bytes, header included.</param>
    /// <param name="first">The first byte: kind and flags.</param>
    /// <param name="body">What follows the fixed header.</param>
    /// <exception cref="MqttProtocolException">The length is malformed or too large.</exception>
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, int packetBytesMax, out byte first, out ReadOnlySequence<byte> body)
    {
        first = 0;
        body = default;
        Span<byte> head = stackalloc byte[5];
        int had = (int)Math.Min(buffer.Length, head.Length);
        if (had < 2)
        {
            return false;
        }
        if (buffer.FirstSpan.Length >= had)
        {
            buffer.FirstSpan[..had].CopyTo(head);
        }
        else
        {
            buffer.Slice(0, had).CopyTo(head);
        }
        if (!TryReadLength(head[1..had], out int length, out int lengthBytes))
        {
            return false;
        }
        int total = 1 + lengthBytes + length;
        if (total > packetBytesMax)
        {
            throw new MqttProtocolException(MqttReason.PacketTooLarge, $"a packet of {total} bytes; the limit is {packetBytesMax}");
        }
        if (buffer.Length < total)
        {
            return false;
        }
        first = head[0];
        body = buffer.Slice(1 + lengthBytes, length);
        buffer = buffer.Slice(total);
        return true;
    }

    /// <summary>How many bytes a variable byte integer takes, 1 to 4.</summary>
    public static int LengthBytes(int value) => value switch { < 128 => 1, < 16_384 => 2, < 2_097_152 => 3, _ => 4 };

    private static bool TryReadLength(ReadOnlySpan<byte> bytes, out int length, out int used)
    {
        length = 0;
        for (used = 0; used < bytes.Length && used < 4;)
        {
            byte b = bytes[used];
            length |= (b & 0x7F) << (7 * used);
            used++;
            if (b < 0x80)
            {
                return true;
            }
        }
        return used < 4 ? false : throw MqttProtocolException.Malformed("a length of more than four bytes");
    }
}
