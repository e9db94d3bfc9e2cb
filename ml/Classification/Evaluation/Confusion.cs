namespace CityTwin.Ml.Classification.Evaluation;

/// <summary>How often each label was taken for each, and what follows from that.</summary>
/// <param name="Counts">Texts by true label and then by answered label.</param>
public sealed record Confusion(IReadOnlyList<IReadOnlyList<int>> Counts)
{
    /// <summary>How many texts were judged.</summary>
    public int Total => Counts.Sum(r => r.Sum());

    /// <summary>The share answered rightly, 0 to 1; 0 of no texts.</summary>
    public double Accuracy => Total == 0 ? 0 : Enumerable.Range(0, Counts.Count).Sum(c => Counts[c][c]) / (double)Total;

    /// <summary>The mean of the labels' F1, 0 to 1, over labels that occur or were answered.</summary>
    public double MacroF1
    {
        get
        {
            double[] f1 = [.. Enumerable.Range(0, Counts.Count).Where(c => Support(c) + Answered(c) > 0).Select(F1)];
            return f1.Length == 0 ? 0 : f1.Average();
        }
    }

    /// <summary>How many texts have the label.</summary>
    public int Support(int label) => Counts[label].Sum();

    /// <summary>How many texts were given the label.</summary>
    public int Answered(int label) => Counts.Sum(r => r[label]);

    /// <summary>Of those given the label, the share that have it; 0 of none.</summary>
    public double Precision(int label) => Answered(label) == 0 ? 0 : Counts[label][label] / (double)Answered(label);

    /// <summary>Of those that have the label, the share given it; 0 of none.</summary>
    public double Recall(int label) => Support(label) == 0 ? 0 : Counts[label][label] / (double)Support(label);

    /// <summary>The harmonic mean of precision and recall.</summary>
    public double F1(int label)
    {
        int both = Support(label) + Answered(label);
        return both == 0 ? 0 : 2.0 * Counts[label][label] / both;
    }

    /// <summary>Counts the highest score of each row against the truth.</summary>
    internal static Confusion Of(ReadOnlySpan<float> scores, int stride, ReadOnlySpan<int> truth, int labels)
    {
        int[][] counts = [.. Enumerable.Range(0, labels).Select(_ => new int[labels])];
        for (int i = 0; i < truth.Length; i++)
        {
            ReadOnlySpan<float> row = scores.Slice(i * stride, labels);
            counts[truth[i]][System.Numerics.Tensors.TensorPrimitives.IndexOfMax(row)]++;
        }
        return new(counts);
    }
}
