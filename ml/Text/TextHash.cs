namespace CityTwin.Ml.Text;

/// <summary>The 64-bit hash under which words and n-grams are known to a model. A storage format: models hold these values.</summary>
internal static class TextHash
{
    /// <summary>The hash of no characters.</summary>
    internal const ulong Start = 14695981039346656037UL;

    /// <summary>The hash with one more character.</summary>
    internal static ulong Add(ulong hash, char c) => unchecked((hash ^ c) * 0x9E3779B97F4A7C15UL);

    /// <summary>Spreads the bits of a running hash over the whole word (the finaliser of SplitMix64).</summary>
    internal static ulong Finish(ulong hash)
    {
        unchecked
        {
            hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9UL;
            hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EBUL;
            return hash ^ (hash >> 31);
        }
    }

    /// <summary>The hash of two in this order.</summary>
    internal static ulong Pair(ulong first, ulong second) =>
        Finish(unchecked((first * 0xD6E8FEB86659FD93UL) + second));

    /// <summary>The hash within a family of features, so that a word and a character n-gram of the same letters differ.</summary>
    internal static ulong Tagged(ulong hash, uint tag) => Finish(unchecked(hash + (tag * 0xA0761D6478BD642FUL)));

    /// <summary>The finished hash of a text.</summary>
    internal static ulong Of(ReadOnlySpan<char> text)
    {
        ulong hash = Start;
        foreach (char c in text)
        {
            hash = Add(hash, c);
        }
        return Finish(hash);
    }
}
