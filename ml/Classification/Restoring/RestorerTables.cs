using CityTwin.Ml.Classification.Model;

namespace CityTwin.Ml.Classification.Restoring;

/// <summary>What a model file keeps of a <see cref="Restorer"/>.</summary>
/// <param name="Hashes">The words as written.</param>
/// <param name="PlainHashes">The same without diacritics.</param>
/// <param name="Counts">How often each was read.</param>
/// <param name="Pairs">Neighbours: the first one's place among the words in the upper 32 bits, the second one's in the lower; ascending.</param>
/// <param name="PairCounts">How often each pair was read.</param>
internal sealed record RestorerTables(ulong[] Hashes, ulong[] PlainHashes, int[] Counts, ulong[] Pairs, int[] PairCounts)
{
    /// <summary>Refuses tables that do not fit each other.</summary>
    /// <exception cref="InvalidDataException">They do not.</exception>
    internal void Check()
    {
        if (PlainHashes.Length != Hashes.Length || Counts.Length != Hashes.Length || PairCounts.Length != Pairs.Length
            || Hashes.Distinct().Count() != Hashes.Length || Array.Exists(Counts, c => c is < 0 or > 100_000_000)
            || Array.Exists(Pairs, p => (p >> 32) >= (ulong)Hashes.Length || (p & uint.MaxValue) >= (ulong)Hashes.Length))
        {
            throw new InvalidDataException("The model's tables of words without diacritics do not fit each other.");
        }
    }

    internal void Write(BinaryWriter writer)
    {
        ArrayForm.Put(writer, Hashes);
        ArrayForm.Put(writer, PlainHashes);
        ArrayForm.Put(writer, Counts);
        ArrayForm.Put(writer, Pairs);
        ArrayForm.Put(writer, PairCounts);
    }

    /// <exception cref="InvalidDataException">A length is out of range.</exception>
    internal static RestorerTables Read(BinaryReader reader) => new(
        ArrayForm.Take<ulong>(reader), ArrayForm.Take<ulong>(reader), ArrayForm.Take<int>(reader), ArrayForm.Take<ulong>(reader), ArrayForm.Take<int>(reader));
}
