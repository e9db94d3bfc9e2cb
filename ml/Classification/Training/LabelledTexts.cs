using CityTwin.Ml.Classification.Restoring;
using CityTwin.Ml.Text;

namespace CityTwin.Ml.Classification.Training;

/// <summary>The texts a model learns from and is chosen by, each as written, without diacritics, and restored from that, in one corpus.</summary>
internal sealed class LabelledTexts
{
    private const int SmallSet = 3000;
    private const int FoldCount = 5;

    /// <summary>Reads both sets. With few texts, or none to validate on, all serve both ways by cross-validation.</summary>
    internal LabelledTexts(IReadOnlyList<Example> train, IReadOnlyList<Example> validation, ulong seed)
    {
        Examples = [.. train, .. validation];
        // Texts of one situation, or that say the same, are of one kin: what repeats is never learnt from and judged by at once.
        string[] kin = [.. Examples.Select(e => e.Group ?? Diacritics.Strip(e.Text))];
        (Written, Bare, Restored) = (new int[Examples.Length], new int[Examples.Length], new int[Examples.Length]);
        Read(kin);
        Crossed = validation.Count == 0 || Examples.Length < SmallSet;
        FoldOf = [.. kin.Select((k, i) => Crossed
            ? (int)(TextHash.Pair(TextHash.Of(k), seed) % FoldCount)
            : i < train.Count ? -1 : 0)];
        Folds = Crossed ? FoldCount : 1;
    }

    /// <summary>All examples, those to validate on last.</summary>
    internal Example[] Examples { get; }

    /// <summary>Their units.</summary>
    internal Corpus Corpus { get; } = new();

    /// <summary>The corpus number of each example as written.</summary>
    internal int[] Written { get; }

    /// <summary>The corpus number of each example without diacritics: what a text of words never seen is like.</summary>
    internal int[] Bare { get; }

    /// <summary>The corpus number of each example as it is read when typed without diacritics: its words restored by the other texts.</summary>
    internal int[] Restored { get; }

    /// <summary>What words without diacritics may have been, learnt from all texts that have them.</summary>
    internal Restorer Restorer { get; } = new();

    /// <summary>Whether validation is by cross-validation.</summary>
    internal bool Crossed { get; }

    /// <summary>The fold that judges by each example; −1 for one that is only learnt from.</summary>
    internal int[] FoldOf { get; }

    /// <summary>How many folds there are.</summary>
    internal int Folds { get; }

    private void Read(string[] kin)
    {
        IReadOnlyList<(ulong Hash, ulong Plain)>[] words = new IReadOnlyList<(ulong, ulong)>[Examples.Length];
        for (int i = 0; i < Examples.Length; i++)
        {
            if (!Diacritics.AreAbsent(Examples[i].Text))
            {
                Written[i] = Corpus.Add(Examples[i].Text);
                words[i] = Corpus.WordsOf(Written[i]);
                Restorer.Learn(words[i], 1);
            }
        }
        Restorer.Order();
        // A text's own words, and its kin's, would restore it better than any text yet to come.
        foreach (int[] related in Enumerable.Range(0, kin.Length).GroupBy(i => kin[i]).Select(g => g.ToArray()))
        {
            int[] proper = [.. related.Where(i => words[i] is not null)];
            Array.ForEach(proper, i => Restorer.Learn(words[i], -1));
            foreach (int i in related)
            {
                string bare = Diacritics.Strip(Examples[i].Text);
                Bare[i] = Corpus.Add(bare);
                Restored[i] = Corpus.Add(bare, Restorer);
                (int count, int marked) = Diacritics.CountWords(Examples[i].Text);
                Written[i] = Restorer.IsBare(count, marked) ? Corpus.Add(Examples[i].Text, Restorer) : Written[i];
            }
            Array.ForEach(proper, i => Restorer.Learn(words[i], 1));
        }
    }
}
