namespace CityTwin.Ml.Classification.Training;

/// <summary>The weights of a naive Bayes model with complement counts (Rennie et al., ICML 2003) over the same features.</summary>
/// <remarks>Few examples a label favour it, many favour the trained weights; a sum of both is again one linear model.</remarks>
internal static class GenerativeWeights
{
    /// <summary>Log ratios, laid out as the weights of <see cref="SoftmaxObjective"/>, centred over the labels.</summary>
    internal static float[] Of(FeatureMatrix matrix, int[] texts, int[] labels, int classes, int stride, double smoothing)
    {
        int features = matrix.FeatureValue.Length;
        double[] counts = Count(matrix, texts, labels, classes);
        double[] totals = new double[classes];
        for (int i = 0; i < counts.Length; i++)
        {
            totals[i % classes] += counts[i];
        }
        double total = totals.Sum();
        double spread = smoothing * features;
        float[] weights = new float[(features + 1) * stride];
        for (int f = 0; f < features; f++)
        {
            ReadOnlySpan<double> own = counts.AsSpan(f * classes, classes);
            double sum = 0;
            foreach (double c in own)
            {
                sum += c;
            }
            Span<float> row = weights.AsSpan(f * stride, classes);
            float mean = 0;
            for (int c = 0; c < classes; c++)
            {
                double within = Math.Log((own[c] + smoothing) / (totals[c] + spread));
                double without = Math.Log((sum - own[c] + smoothing) / (total - totals[c] + spread));
                row[c] = (float)(within - without);
                mean += row[c] / classes;
            }
            for (int c = 0; c < classes; c++)
            {
                row[c] -= mean;
            }
        }
        return weights;
    }

    private static double[] Count(FeatureMatrix matrix, int[] texts, int[] labels, int classes)
    {
        double[] counts = new double[matrix.FeatureValue.Length * classes];
        float[] scales = SoftmaxObjective.TextScales(matrix);
        for (int t = 0; t < texts.Length; t++)
        {
            foreach (int unit in matrix.Corpus.Texts[texts[t]])
            {
                for (int i = matrix.UnitStart[unit]; i < matrix.UnitStart[unit + 1]; i++)
                {
                    counts[(matrix.Feature[i] * classes) + labels[t]] += matrix.Value[i] * scales[texts[t]];
                }
            }
        }
        return counts;
    }
}
