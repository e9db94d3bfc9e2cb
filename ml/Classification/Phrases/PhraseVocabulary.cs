using System.Runtime.InteropServices;
using CityTwin.Ml.Classification.Training;

namespace CityTwin.Ml.Classification.Phrases;

/// <summary>The words that a phrase network has rows for: as written, and without diacritics.</summary>
internal sealed class PhraseVocabulary
{
    private const int CountMin = 3;
    private readonly Dictionary<ulong, int> written;
    private readonly Dictionary<ulong, int> plain;
    private readonly Corpus corpus;

    /// <summary>Takes up every word that the texts to learn from, as written and bare together, hold at least three times.</summary>
    internal PhraseVocabulary(Corpus corpus, IEnumerable<int> learnt)
    {
        this.corpus = corpus;
        Dictionary<ulong, int> writtenCounts = [], plainCounts = [];
        Dictionary<ulong, ulong> plainOf = [];
        foreach (int unit in learnt.SelectMany(t => corpus.Texts[t]).Where(u => corpus.Units[u].Letters is not null))
        {
            Corpus.Unit word = corpus.Units[unit];
            CollectionsMarshal.GetValueRefOrAddDefault(writtenCounts, word.Hash, out _)++;
            CollectionsMarshal.GetValueRefOrAddDefault(plainCounts, word.PlainHash, out _)++;
            plainOf[word.Hash] = word.PlainHash;
        }
        Written = [.. writtenCounts.Where(c => c.Value >= CountMin).Select(c => c.Key)];
        PlainOfWritten = [.. Written.Select(w => plainOf[w])];
        Plain = [.. plainCounts.Where(c => c.Value >= CountMin).Select(c => c.Key)];
        written = Written.Select((hash, i) => (hash, i)).ToDictionary(p => p.hash, p => p.i);
        plain = Plain.Select((hash, i) => (hash, i)).ToDictionary(p => p.hash, p => p.i + Written.Length);
    }

    /// <summary>Hashes of words as written; the first rows.</summary>
    internal ulong[] Written { get; }

    /// <summary>For each of <see cref="Written"/> the hash of the word without diacritics.</summary>
    internal ulong[] PlainOfWritten { get; }

    /// <summary>Hashes of words without diacritics; the rows after those of <see cref="Written"/>.</summary>
    internal ulong[] Plain { get; }

    /// <summary>How many rows there are.</summary>
    internal int Count => Written.Length + Plain.Length;

    /// <summary>The words of a text of the corpus, at most <paramref name="most"/>: two row numbers a word, −1 for none.</summary>
    internal int[] RowsOf(int text, int most)
    {
        List<int> rows = [];
        foreach (int unit in corpus.Texts[text].Where(u => corpus.Units[u].Letters is not null).Take(most))
        {
            rows.Add(written.GetValueOrDefault(corpus.Units[unit].Hash, -1));
            rows.Add(plain.GetValueOrDefault(corpus.Units[unit].PlainHash, -1));
        }
        return [.. rows];
    }
}
