using System.Runtime.InteropServices;

namespace CityTwin.Ml.Classification.Restoring;

/// <summary>Says what words typed without diacritics most likely were: of the ways in which the texts learnt from write the same letters, those
/// that follow each other best (a hidden Markov model over neighbouring words, decoded by Viterbi).</summary>
/// <remarks>It needs no labels and no dictionary, only properly typed texts. Reading is thread-safe once <see cref="Learn"/> is over.</remarks>
internal sealed class Restorer
{
    /// <summary>The most words decided at once.</summary>
    internal const int SegmentMax = 32;

    private const int WaysMax = 8;

    // How many neighbours seen weigh as much as a word's own frequency; between 3 and 10 it makes little difference.
    private const float Smoothing = 8;

    // A text with less than a third of the marks that its like carry was typed without them; a name pasted in does not change that.
    private const float BarePart = 1 / 3f;

    // Pairs of small numbers would share a few hashes among them; an odd factor spreads them, and its inverse brings them back.
    private const ulong Spread = 0x9E3779B97F4A7C15UL;
    private const ulong Gather = 0xF1DE83E19937733DUL;

    private readonly Dictionary<ulong, int> numberOf = [];
    private readonly Dictionary<ulong, List<int>> waysOf = [];
    private readonly Dictionary<ulong, int> pairs = [];
    private readonly List<ulong> hashes = [];
    private readonly List<ulong> plainHashes = [];
    private readonly List<int> counts = [];
    private int total;
    private int marked;

    /// <summary>The part of the words learnt that carry a diacritic, 0 to 1.</summary>
    internal float MarkedShare => total == 0 ? 0 : marked / (float)total;

    /// <summary>Whether a text of so many words, so many of them with a diacritic, was typed without.</summary>
    internal bool IsBare(int words, int wordsMarked) => wordsMarked == 0 || wordsMarked < words * MarkedShare * BarePart;

    /// <summary>Counts a properly typed text, or takes it back.</summary>
    /// <param name="words">Each word's hash, as written and without diacritics.</param>
    /// <param name="times">1, or −1 for a text that was counted before.</param>
    internal void Learn(IReadOnlyList<(ulong Hash, ulong Plain)> words, int times)
    {
        int before = -1;
        foreach ((ulong hash, ulong plain) in words)
        {
            int word = NumberOf(hash, plain);
            counts[word] += times;
            total += times;
            marked += hash == plain ? 0 : times;
            if (before >= 0)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(pairs, Pair(before, word), out _) += times;
            }
            before = word;
        }
    }

    /// <summary>Puts each word's ways of writing in order, the most frequent first. Only so many are ever tried.</summary>
    internal void Order()
    {
        foreach (List<int> ways in waysOf.Values)
        {
            ways.Sort((a, b) => counts[a] != counts[b] ? counts[b].CompareTo(counts[a]) : a.CompareTo(b));
            ways.RemoveRange(Math.Min(ways.Count, WaysMax), Math.Max(0, ways.Count - WaysMax));
        }
    }

    /// <summary>Whether a word can be written in one way only, so that what comes before it no longer matters for what comes after.</summary>
    internal bool IsSure(ulong hash, ulong plain) => hash != plain || !waysOf.TryGetValue(plain, out List<int>? ways) || ways.Count == 1;

    /// <summary>The number by which a word stands as the one before; −1 for one never seen.</summary>
    internal int Find(ulong hash) => numberOf.GetValueOrDefault(hash, -1);

    /// <summary>Decides a segment: writes the hash that each word has as most likely written; its own where it carries a diacritic or is unknown.</summary>
    /// <param name="before">The number of the word before the segment, −1 for none.</param>
    /// <param name="words">The words' hashes, at most <see cref="SegmentMax"/>.</param>
    /// <param name="plain">The words' hashes without diacritics.</param>
    /// <param name="restored">Receives as many hashes.</param>
    internal void Restore(int before, ReadOnlySpan<ulong> words, ReadOnlySpan<ulong> plain, Span<ulong> restored)
    {
        Span<int> numbers = stackalloc int[SegmentMax * WaysMax];
        Span<byte> from = stackalloc byte[SegmentMax * WaysMax];
        Span<int> ways = stackalloc int[SegmentMax + 1];
        Span<float> odds = stackalloc float[WaysMax];
        Span<float> next = stackalloc float[WaysMax];
        Span<int> last = [before];
        odds[0] = 1;
        for (int i = 0; i < words.Length; i++)
        {
            Span<int> column = numbers.Slice(i * WaysMax, WaysMax);
            ways[i] = WaysOf(words[i], plain[i], column);
            Step(last, odds, column[..ways[i]], next, from.Slice(i * WaysMax, WaysMax));
            next[..ways[i]].CopyTo(odds);
            last = column[..ways[i]];
        }
        int at = 0;
        for (int w = 1; w < last.Length; w++)
        {
            at = odds[w] > odds[at] ? w : at;
        }
        for (int i = words.Length - 1; i >= 0; i--)
        {
            int number = numbers[(i * WaysMax) + at];
            restored[i] = number < 0 ? words[i] : hashes[number];
            at = from[(i * WaysMax) + at];
        }
    }

    /// <summary>What a model file keeps.</summary>
    internal RestorerTables ToTables()
    {
        // What stands beside words that can be written in one way only decides nothing.
        bool Decides(int word) => waysOf[plainHashes[word]].Count > 1;
        ulong[] kept = [.. pairs.Where(p => p.Value > 0).Select(p => unchecked(p.Key * Gather))
            .Where(p => Decides((int)(p >> 32)) || Decides((int)(p & uint.MaxValue))).Order()];
        return new([.. hashes], [.. plainHashes], [.. counts], kept, [.. kept.Select(k => pairs[unchecked(k * Spread)])]);
    }

    /// <summary>Takes up what a model file kept.</summary>
    /// <exception cref="InvalidDataException">The tables do not fit each other.</exception>
    internal static Restorer Of(RestorerTables tables)
    {
        tables.Check();
        Restorer restorer = new();
        for (int w = 0; w < tables.Hashes.Length; w++)
        {
            restorer.NumberOf(tables.Hashes[w], tables.PlainHashes[w]);
            restorer.counts[w] = tables.Counts[w];
            restorer.total += tables.Counts[w];
            restorer.marked += tables.Hashes[w] == tables.PlainHashes[w] ? 0 : tables.Counts[w];
        }
        for (int p = 0; p < tables.Pairs.Length; p++)
        {
            restorer.pairs[unchecked(tables.Pairs[p] * Spread)] = tables.PairCounts[p];
        }
        restorer.Order();
        return restorer;
    }

    private static ulong Pair(int first, int second) => unchecked((((ulong)(uint)first << 32) | (uint)second) * Spread);

    private int NumberOf(ulong hash, ulong plain)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numberOf, hash, out bool known);
        if (!known)
        {
            number = hashes.Count;
            hashes.Add(hash);
            plainHashes.Add(plain);
            counts.Add(0);
            (CollectionsMarshal.GetValueRefOrAddDefault(waysOf, plain, out _) ??= []).Add(number);
        }
        return number;
    }

    private int WaysOf(ulong hash, ulong plain, Span<int> numbers)
    {
        int count = 0;
        if (hash == plain && waysOf.TryGetValue(plain, out List<int>? ways))
        {
            foreach (int way in CollectionsMarshal.AsSpan(ways))
            {
                if (counts[way] > 0 && count < numbers.Length)
                {
                    numbers[count++] = way;
                }
            }
        }
        if (count == 0)
        {
            numbers[count++] = Find(hash);
        }
        return count;
    }

    private void Step(ReadOnlySpan<int> last, ReadOnlySpan<float> odds, ReadOnlySpan<int> column, Span<float> next, Span<byte> from)
    {
        if (column.Length == 1 && last.Length == 1)
        {
            (next[0], from[0]) = (1, 0);
            return;
        }
        float most = 0;
        for (int w = 0; w < column.Length; w++)
        {
            int word = column[w];
            float own = word < 0 || counts[word] <= 0 ? 1f / Math.Max(1, total) : counts[word] / (float)total;
            next[w] = -1;
            for (int b = 0; b < last.Length; b++)
            {
                int before = last[b];
                int together = before < 0 || word < 0 ? 0 : pairs.GetValueOrDefault(Pair(before, word));
                int seen = before < 0 ? 0 : Math.Max(0, counts[before]);
                float reached = odds[b] * (together + (Smoothing * own)) / (seen + Smoothing);
                (next[w], from[w]) = reached > next[w] ? (reached, (byte)b) : (next[w], from[w]);
            }
            most = Math.Max(most, next[w]);
        }
        for (int w = 0; w < column.Length && most > 0; w++)
        {
            next[w] /= most;
        }
    }
}
