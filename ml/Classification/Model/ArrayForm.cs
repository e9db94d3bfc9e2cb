using System.Runtime.InteropServices;

namespace CityTwin.Ml.Classification.Model;

/// <summary>How arrays lie in a model file: their length, then their values as they are in memory, little-endian.</summary>
internal static class ArrayForm
{
    private const int LengthMax = 64 * 1024 * 1024;

    internal static void Put<T>(BinaryWriter writer, T[] values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes<T>(values));
    }

    /// <exception cref="InvalidDataException">The length is out of range.</exception>
    internal static T[] Take<T>(BinaryReader reader)
        where T : unmanaged
    {
        int length = reader.ReadInt32();
        if (length is < 0 or > LengthMax)
        {
            throw new InvalidDataException($"A model table of {length} values; at most {LengthMax} are read.");
        }
        T[] values = new T[length];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
