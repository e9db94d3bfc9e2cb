using CityTwin.Ml.Classification.Model;

namespace CityTwin.Ml.Classification.Phrases;

/// <summary>How phrase networks lie in a model file: how many, their words' hashes, then each one's rows, filters and outputs.</summary>
internal static class PhraseForm
{
    private const int NetsMax = 16;

    /// <summary>Writes them; null as none.</summary>
    internal static void Write(BinaryWriter writer, PhraseWeights? weights)
    {
        writer.Write(weights?.Nets.Count ?? 0);
        if (weights is null)
        {
            return;
        }
        ArrayForm.Put(writer, weights.Written);
        ArrayForm.Put(writer, weights.PlainOfWritten);
        ArrayForm.Put(writer, weights.Plain);
        foreach (PhraseWeights.Net net in weights.Nets)
        {
            ArrayForm.Put(writer, net.Rows);
            ArrayForm.Put(writer, net.Filters);
            ArrayForm.Put(writer, net.FilterBiases);
            ArrayForm.Put(writer, net.Outputs);
            ArrayForm.Put(writer, net.OutputBiases);
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
        (ulong[] written, ulong[] plainOf, ulong[] plain) = (ArrayForm.Take<ulong>(reader), ArrayForm.Take<ulong>(reader), ArrayForm.Take<ulong>(reader));
        return new(written, plainOf, plain, [.. Enumerable.Range(0, nets).Select(_ =>
            new PhraseWeights.Net(ArrayForm.Take<Half>(reader), ArrayForm.Take<float>(reader), ArrayForm.Take<float>(reader), ArrayForm.Take<float>(reader), ArrayForm.Take<float>(reader)))]);
    }
}
