namespace CityTwin.Ml.Classification.Model;

/// <summary>Rows of floats by 64-bit hash, in an open-addressed table at most half full.</summary>
/// <remarks>Immutable after construction; any number of threads may read.</remarks>
internal sealed class RowTable
{
    private readonly ulong[] keys;
    private readonly int[] places;
    private readonly int mask;

    /// <summary>Builds the table. Row i of <paramref name="rows"/> belongs to hash i.</summary>
    /// <exception cref="InvalidDataException">A hash occurs twice, or the counts do not match.</exception>
    internal RowTable(ulong[] hashes, float[] rows, int stride)
    {
        if (rows.Length != hashes.Length * stride)
        {
            throw new InvalidDataException($"{hashes.Length} hashes but {rows.Length} floats at {stride} a row.");
        }
        (Hashes, Rows, Stride) = (hashes, rows, stride);
        int size = 16;
        while (size < hashes.Length * 2)
        {
            size *= 2;
        }
        (keys, places, mask) = (new ulong[size], new int[size], size - 1);
        Array.Fill(places, -1);
        for (int i = 0; i < hashes.Length; i++)
        {
            int slot = (int)(hashes[i] & (uint)mask);
            while (places[slot] >= 0)
            {
                if (keys[slot] == hashes[i])
                {
                    throw new InvalidDataException($"Hash {hashes[i]:x16} occurs twice.");
                }
                slot = (slot + 1) & mask;
            }
            (keys[slot], places[slot]) = (hashes[i], i);
        }
    }

    /// <summary>The hashes, in the order of the rows.</summary>
    internal ulong[] Hashes { get; }

    /// <summary>All rows, one after another.</summary>
    internal float[] Rows { get; }

    /// <summary>Floats a row.</summary>
    internal int Stride { get; }

    /// <summary>The row of a hash; empty where there is none.</summary>
    internal ReadOnlySpan<float> Find(ulong hash)
    {
        for (int slot = (int)(hash & (uint)mask); ; slot = (slot + 1) & mask)
        {
            int place = places[slot];
            if (place < 0)
            {
                return default;
            }
            if (keys[slot] == hash)
            {
                return Rows.AsSpan(place * Stride, Stride);
            }
        }
    }
}
