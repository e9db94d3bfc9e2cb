namespace CityTwin.Ml.Classification.Training;

/// <summary>The number that scores are divided by so that probabilities come true (Guo et al., ICML 2017).</summary>
internal static class Temperature
{
    private const double GoldenRatio = 0.6180339887498949;

    /// <summary>The temperature with the least log loss over held-back scores, between 0.01 and 1,000.</summary>
    internal static float Fit(float[] scores, int stride, int[] truth, int labels)
    {
        (double low, double high) = (Math.Log(0.01), Math.Log(1000));
        for (int i = 0; i < 30; i++)
        {
            double inner = high - (GoldenRatio * (high - low));
            double outer = low + (GoldenRatio * (high - low));
            if (LogLoss(scores, stride, truth, labels, Math.Exp(inner)) < LogLoss(scores, stride, truth, labels, Math.Exp(outer)))
            {
                high = outer;
            }
            else
            {
                low = inner;
            }
        }
        return (float)Math.Exp((low + high) / 2);
    }

    /// <summary>Turns a row of scores into probabilities, in place.</summary>
    internal static void Apply(Span<float> scores, float temperature)
    {
        float top = scores[0];
        foreach (float s in scores)
        {
            top = Math.Max(top, s);
        }
        float sum = 0;
        for (int c = 0; c < scores.Length; c++)
        {
            scores[c] = MathF.Exp((scores[c] - top) / temperature);
            sum += scores[c];
        }
        for (int c = 0; c < scores.Length; c++)
        {
            scores[c] /= sum;
        }
    }

    /// <summary>The sum of the log losses at a temperature.</summary>
    internal static double LogLoss(float[] scores, int stride, int[] truth, int labels, double temperature)
    {
        double loss = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            ReadOnlySpan<float> row = scores.AsSpan(i * stride, labels);
            double top = double.NegativeInfinity;
            foreach (float s in row)
            {
                top = Math.Max(top, s);
            }
            double sum = 0;
            foreach (float s in row)
            {
                sum += Math.Exp((s - top) / temperature);
            }
            loss += Math.Log(sum) - ((row[truth[i]] - top) / temperature);
        }
        return loss;
    }
}
