using System.Buffers.Binary;

namespace CityTwin.Silo.Sensors;

/// <summary>One sensor's values of a measure over a quarter of an hour, packed: times as differences, values as differences of whole multiples of a decimal step where all are such.</summary>
/// <remarks>A typical reading takes 3 to 5 bytes. Times are unique and rising.</remarks>
internal static class ReadingChunk
{
    /// <summary>How long a chunk is, ms.</summary>
    public const long LengthMs = 900_000;

    private const byte RawScale = 255;

    private static readonly double[] Scales = [1, 10, 100, 1_000, 10_000];

    /// <summary>Where the chunk of a moment begins, ms since 1970.</summary>
    public static long StartOf(long atMs) => atMs - (atMs % LengthMs);

    public static byte[] Write(long startMs, IReadOnlyCollection<KeyValuePair<long, double>> values)
    {
        byte scale = ScaleOf(values);
        byte[] bytes = new byte[1 + (values.Count * 20)];
        bytes[0] = scale;
        int length = 1;
        long time = startMs;
        long last = 0;
        foreach ((long at, double value) in values)
        {
            WriteVarint(bytes, ref length, (ulong)(at - time));
            time = at;
            if (scale == RawScale)
            {
                BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(length), value);
                length += 8;
                continue;
            }
            long steps = (long)Math.Round(value * Scales[scale]);
            long difference = steps - last;
            WriteVarint(bytes, ref length, (ulong)((difference << 1) ^ (difference >> 63)));
            last = steps;
        }
        return bytes[..length];
    }

    /// <summary>Adds a chunk's values to <paramref name="to"/>; those already there stay.</summary>
    public static void Read(long startMs, ReadOnlySpan<byte> bytes, SortedList<long, double> to)
    {
        byte scale = bytes[0];
        int at = 1;
        long time = startMs;
        long last = 0;
        while (at < bytes.Length)
        {
            time += (long)ReadVarint(bytes, ref at);
            double value;
            if (scale == RawScale)
            {
                value = BinaryPrimitives.ReadDoubleLittleEndian(bytes[at..]);
                at += 8;
            }
            else
            {
                ulong zigzag = ReadVarint(bytes, ref at);
                last += (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
                value = last / Scales[scale];
            }
            to.TryAdd(time, value);
        }
    }

    private static byte ScaleOf(IReadOnlyCollection<KeyValuePair<long, double>> values)
    {
        for (byte scale = 0; scale < Scales.Length; scale++)
        {
            double step = Scales[scale];
            if (values.All(v => Math.Abs(v.Value) < 1e12 && Math.Round(v.Value * step) / step == v.Value))
            {
                return scale;
            }
        }
        return RawScale;
    }

    private static void WriteVarint(byte[] to, ref int length, ulong value)
    {
        while (value >= 128)
        {
            to[length++] = (byte)((value & 0x7F) | 0x80);
            value >>= 7;
        }
        to[length++] = (byte)value;
    }

    private static ulong ReadVarint(ReadOnlySpan<byte> from, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = from[at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 128)
            {
                return value;
            }
        }
    }
}
