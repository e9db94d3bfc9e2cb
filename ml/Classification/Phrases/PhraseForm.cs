using System.Runtime.InteropServices;

namespace CityTwin.Ml.Classification.Phrases;

/// <summary>How phrase networks lie in a model file: how many, their words' hashes, then each one's rows, filters and outputs.</summary>
internal static class PhraseForm
{
    private const int NetsMax = 16;
    private const int LengthMax = 64 * 1024 * 1024;

    /// <summary>Writes them; null as none.</summary>
    internal static void Write(BinaryWriter writer, PhraseWeights? weights)
    {
        writer.Write(weights?.Nets.Count ?? 0);
        if (weights is null)
        {
            return;
        }
        Put(writer, weights.Written);
        Put(writer, weights.PlainOfWritten);
        Put(writer, weights.Plain);
        foreach (PhraseWeights.Net net in weights.Nets)
        {
            Put(writer, net.Rows);
            Put(writer, net.Filters);
            Put(writer, net.FilterBiases);
            Put(writer, net.Outputs);
            Put(writer, net.OutputBiases);
        }
    }

    /// <summary>Reads them; null where there are none.</summary>
    /// <exception cref="InvalidDataException">A length is out of range.</exception>
    internal static PhraseWeights? Read(BinaryReader reader)
    {
        int nets = reader.ReadInt32();
        if (nets is < 0 or > NetsMax)
        {
            throw new InvalidDataException($"A model of {nets} phrase networks; at most {NetsMax} are read.");
        }
        if (nets == 0)
        {
            return null;
        }
        (ulong[] written, ulong[] plainOf, ulong[] plain) = (Take<ulong>(reader), Take<ulong>(reader), Take<ulong>(reader));
        return new(written, plainOf, plain, [.. Enumerable.Range(0, nets).Select(_ =>
            new PhraseWeights.Net(Take<Half>(reader), Take<float>(reader), Take<float>(reader), Take<float>(reader), Take<float>(reader)))]);
    }

    private static void Put<T>(BinaryWriter writer, T[] values)
        where T : unmanaged
    {
        writer.Write(values.Length);
        writer.Write(MemoryMarshal.AsBytes<T>(values));
    }

    private static T[] Take<T>(BinaryReader reader)
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
