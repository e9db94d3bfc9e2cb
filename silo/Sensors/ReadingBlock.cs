using System.Buffers.Binary;
using CityTwin.Grains;

namespace CityTwin.Silo.Sensors;

/// <summary>The form in which one commit's readings are stored until they are sorted into chunks: quick to write, 25 bytes each.</summary>
internal static class ReadingBlock
{
    private const int BytesEach = 25;

    public static int Write(ReadOnlySpan<Reading> readings, ref byte[] to)
    {
        int length = readings.Length * BytesEach;
        if (to.Length < length)
        {
            to = new byte[Math.Max(length, 2 * to.Length)];
        }
        Span<byte> rest = to;
        foreach (ref readonly Reading reading in readings)
        {
            BinaryPrimitives.WriteInt64LittleEndian(rest, reading.Sensor.Value);
            rest[8] = (byte)reading.Measure;
            BinaryPrimitives.WriteInt64LittleEndian(rest[9..], reading.AtMs);
            BinaryPrimitives.WriteDoubleLittleEndian(rest[17..], reading.Value);
            rest = rest[BytesEach..];
        }
        return length;
    }

    public static Reading[] Read(ReadOnlySpan<byte> block)
    {
        Reading[] readings = new Reading[block.Length / BytesEach];
        for (int i = 0; i < readings.Length; i++)
        {
            ReadOnlySpan<byte> one = block[(i * BytesEach)..];
            readings[i] = new Reading(
                TwinId.FromValue(BinaryPrimitives.ReadInt64LittleEndian(one)), (Measure)one[8],
                BinaryPrimitives.ReadInt64LittleEndian(one[9..]), BinaryPrimitives.ReadDoubleLittleEndian(one[17..]));
        }
        return readings;
    }
}
