using CityTwin.Ml.Text;

namespace CityTwin.Ml.Classification;

/// <summary>The hashed n-grams of a word or of two neighbouring words: as written and without diacritics.</summary>
internal static class UnitFeatures
{
    /// <summary>The families, so that equal letters in different roles stay apart. A storage format.</summary>
    internal const uint Word = 1, PlainWord = 2, Gram = 3, PlainGram = 4, Pair = 5, PlainPair = 6;

    /// <summary>The most n-grams a word can give, for n of at most 8.</summary>
    internal const int CountMax = 2 + (2 * 8 * (TokenReader.WordLengthMax + 2));

    /// <summary>Writes the features of a word; returns how many.</summary>
    /// <param name="word">The normalised word.</param>
    /// <param name="hash">The word's hash.</param>
    /// <param name="plainHash">The hash of the word without diacritics.</param>
    /// <param name="settings">Which n-grams count.</param>
    /// <param name="keys">Receives the hashes; at least <see cref="CountMax"/> long.</param>
    /// <param name="grams">How many of the last keys are character n-grams.</param>
    internal static int OfWord(
        ReadOnlySpan<char> word, ulong hash, ulong plainHash, FeatureSettings settings, Span<ulong> keys, out int grams)
    {
        keys[0] = TextHash.Tagged(hash, Word);
        keys[1] = TextHash.Tagged(plainHash, PlainWord);
        int count = 2;
        if (settings.GramScale > 0)
        {
            Span<char> bounded = stackalloc char[TokenReader.WordLengthMax + 2];
            bounded = bounded[..(word.Length + 2)];
            bounded[0] = '<';
            bounded[^1] = '>';
            word.CopyTo(bounded[1..]);
            count = AddGrams(bounded, Gram, settings, keys, count);
            for (int i = 1; i < bounded.Length - 1; i++)
            {
                bounded[i] = Letters.Plain(bounded[i]);
            }
            count = AddGrams(bounded, PlainGram, settings, keys, count);
        }
        grams = count - 2;
        return count;
    }

    /// <summary>The two features of neighbouring words: as written, and without diacritics.</summary>
    internal static (ulong Written, ulong Plain) OfPair(ulong first, ulong second, ulong firstPlain, ulong secondPlain) =>
        (TextHash.Tagged(TextHash.Pair(first, second), Pair), TextHash.Tagged(TextHash.Pair(firstPlain, secondPlain), PlainPair));

    private static int AddGrams(ReadOnlySpan<char> bounded, uint family, FeatureSettings settings, Span<ulong> keys, int count)
    {
        for (int begin = 0; begin < bounded.Length; begin++)
        {
            ulong hash = TextHash.Start;
            int last = Math.Min(settings.GramMax, bounded.Length - begin);
            for (int n = 1; n <= last; n++)
            {
                hash = TextHash.Add(hash, bounded[begin + n - 1]);
                // A whole word is a feature already; its boundary alone says nothing.
                if (n >= settings.GramMin && n < bounded.Length)
                {
                    keys[count++] = TextHash.Tagged(TextHash.Finish(hash), family);
                }
            }
        }
        return count;
    }
}
