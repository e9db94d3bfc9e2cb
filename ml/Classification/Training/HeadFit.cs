namespace CityTwin.Ml.Classification.Training;

/// <summary>How one head is fitted.</summary>
/// <param name="Balance">The power of a label's rarity in an example's weight: 0 counts examples alike, 1 labels alike.</param>
/// <param name="Strength">One over the penalty, a text: the larger, the freer the weights.</param>
/// <param name="Blend">How much of the naive Bayes weights is added to the trained ones.</param>
/// <param name="Smoothing">The count added to every n-gram in the naive Bayes weights.</param>
internal readonly record struct HeadFit(double Balance, double Strength, double Blend, double Smoothing)
{
    // Of a text as written, restored and bare.
    private static readonly float[] Importances = [1, 0.5f, 0.25f];
    private const int IterationsMax = 60;
    private const double Tolerance = 5e-3;

    /// <summary>From the strongest penalty to the weakest, each fit starting where the one before ended.</summary>
    internal static IReadOnlyList<double> Strengths { get; } = [1, 4, 16, 64];

    internal static IReadOnlyList<double> Balances { get; } = [0, 0.3, 0.5];

    internal static IReadOnlyList<double> Blends { get; } = [0, 0.03, 0.1, 0.3, 1];

    internal static IReadOnlyList<double> Smoothings { get; } = [0.01, 0.03];

    /// <summary>Learns from the examples of <paramref name="chosen"/>; yields the weights after each strength.</summary>
    internal static IEnumerable<(double Strength, float[] Weights, SoftmaxObjective Objective)> Path(
        LabelledTexts texts, FeatureMatrix matrix, Head head, int headNumber, int[] chosen, double balance, double strengthMax)
    {
        (int[] ids, int[] labels) = AllForms(texts, head, headNumber, chosen);
        SoftmaxObjective objective = new(matrix, ids, labels, Importance(labels, head.Labels.Count, balance), head.Labels.Count);
        Lbfgs optimiser = new(objective);
        foreach (double strength in Strengths.TakeWhile(s => s <= strengthMax))
        {
            objective.Penalty = 1 / (strength * Math.Max(1, chosen.Length));
            optimiser.Minimise(IterationsMax, Tolerance);
            yield return (strength, optimiser.Weights, objective);
        }
    }

    /// <summary>The texts of the chosen examples, as written, restored and bare, with their labels.</summary>
    internal static (int[] Ids, int[] Labels) AllForms(LabelledTexts texts, Head head, int headNumber, int[] chosen)
    {
        int[] labels = [.. chosen.Select(i => head.IndexOf(texts.Examples[i].LabelOf(headNumber)))];
        return ([.. chosen.Select(i => texts.Written[i]), .. chosen.Select(i => texts.Restored[i]), .. chosen.Select(i => texts.Bare[i])],
            [.. labels, .. labels, .. labels]);
    }

    private static float[] Importance(int[] labels, int classes, double balance)
    {
        double[] counts = new double[classes];
        foreach (int label in labels)
        {
            counts[label]++;
        }
        return [.. labels.Select((l, i) => Importances[i / (labels.Length / Importances.Length)]
            * (float)Math.Pow(labels.Length / (classes * counts[l]), balance))];
    }
}
