using CityTwin.Ml.Text;

namespace CityTwin.Ml.Classification.Training;

/// <summary>The texts a model learns from and is chosen by, each as written and without diacritics, in one corpus.</summary>
internal sealed class LabelledTexts
{
    private const int SmallSet = 3000;
    private const int FoldCount = 5;

    /// <summary>Reads both sets. With few texts, or none to validate on, all serve both ways by cross-validation.</summary>
    internal LabelledTexts(IReadOnlyList<Example> train, IReadOnlyList<Example> validation, ulong seed)
    {
        Examples = [.. train, .. validation];
        Written = [.. Examples.Select(e => Corpus.Add(e.Text))];
        Bare = [.. Examples.Select(e => Corpus.Add(Diacritics.Strip(e.Text)))];
        Crossed = validation.Count == 0 || Examples.Length < SmallSet;
        // A text is put in a fold by its group or by what it says, so that what repeats is never learnt from and judged by at once.
        FoldOf = [.. Examples.Select((e, i) => Crossed
            ? (int)(TextHash.Pair(TextHash.Of(e.Group ?? Diacritics.Strip(e.Text)), seed) % FoldCount)
            : i < train.Count ? -1 : 0)];
        Folds = Crossed ? FoldCount : 1;
    }

    /// <summary>All examples, those to validate on last.</summary>
    internal Example[] Examples { get; }

    /// <summary>Their units.</summary>
    internal Corpus Corpus { get; } = new();

    /// <summary>The corpus number of each example as written.</summary>
    internal int[] Written { get; }

    /// <summary>The corpus number of each example without diacritics.</summary>
    internal int[] Bare { get; }

    /// <summary>Whether validation is by cross-validation.</summary>
    internal bool Crossed { get; }

    /// <summary>The fold that judges by each example; −1 for one that is only learnt from.</summary>
    internal int[] FoldOf { get; }

    /// <summary>How many folds there are.</summary>
    internal int Folds { get; }
}
