using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace CityTwin.Ml.Classification.Training;

/// <summary>The mean weighted log loss of a linear softmax model over chosen texts, plus an L2 penalty, and its gradient.</summary>
/// <remarks>Not thread-safe: it owns its buffers. Weights lie feature after feature, <see cref="Stride"/> a feature, biases last.</remarks>
internal sealed class SoftmaxObjective
{
    private readonly FeatureMatrix matrix;
    private readonly int[] texts;
    private readonly int[] labels;
    private readonly float[] importance;
    private readonly float[] inverseLength;
    private readonly float[] unitScores;
    private readonly float[] unitGradient;
    private readonly int classes;
    private readonly double importanceSum;

    /// <summary>Prepares a loss over <paramref name="texts"/> of the corpus.</summary>
    /// <param name="matrix">The units' features.</param>
    /// <param name="texts">The texts to learn from.</param>
    /// <param name="labels">The label of each of them.</param>
    /// <param name="importance">The weight of each of them.</param>
    /// <param name="classes">How many labels there are.</param>
    internal SoftmaxObjective(FeatureMatrix matrix, int[] texts, int[] labels, float[] importance, int classes)
    {
        (this.matrix, this.texts, this.labels, this.importance, this.classes) = (matrix, texts, labels, importance, classes);
        Stride = (classes + 3) & ~3;
        unitScores = new float[(matrix.UnitStart.Length - 1) * Stride];
        unitGradient = new float[unitScores.Length];
        inverseLength = TextScales(matrix);
        importanceSum = importance.Sum(i => (double)i);
    }

    /// <summary>Floats a feature: the labels, rounded up to whole vectors.</summary>
    internal int Stride { get; }

    /// <summary>How many floats the weights are.</summary>
    internal int WeightCount => (matrix.FeatureValue.Length + 1) * Stride;

    /// <summary>The penalty on squared weights; biases go free.</summary>
    internal double Penalty { get; set; }

    /// <summary>One over the length of each text of the corpus.</summary>
    internal static float[] TextScales(FeatureMatrix matrix)
    {
        float[] squares = new float[matrix.UnitStart.Length - 1];
        for (int u = 0; u < squares.Length; u++)
        {
            squares[u] = matrix.Square(u);
        }
        return [.. matrix.Corpus.Texts.Select(t => t.Sum(u => squares[u]) is > 0 and var s ? 1 / MathF.Sqrt(s) : 0)];
    }

    /// <summary>The loss at <paramref name="weights"/>; writes its gradient.</summary>
    internal double Evaluate(ReadOnlySpan<float> weights, Span<float> gradient)
    {
        ScoreUnits(weights);
        Array.Clear(unitGradient);
        gradient.Clear();
        Span<float> biasGradient = gradient[^Stride..];
        Span<float> scores = stackalloc float[Stride];
        double loss = 0;
        for (int i = 0; i < texts.Length; i++)
        {
            float scale = inverseLength[texts[i]];
            Score(texts[i], weights, scores);
            float factor = (float)(importance[i] / importanceSum);
            loss += factor * LogLoss(scores[..classes], labels[i]);
            TensorPrimitives.Multiply(scores, factor, scores);
            TensorPrimitives.Add(biasGradient, scores, biasGradient);
            foreach (int unit in matrix.Corpus.Texts[texts[i]])
            {
                AddScaled(scores, scale, unitGradient.AsSpan(unit * Stride, Stride));
            }
        }
        for (int unit = 0; unit + 1 < matrix.UnitStart.Length; unit++)
        {
            ReadOnlySpan<float> from = unitGradient.AsSpan(unit * Stride, Stride);
            for (int i = matrix.UnitStart[unit]; i < matrix.UnitStart[unit + 1]; i++)
            {
                AddScaled(from, matrix.Value[i], gradient.Slice(matrix.Feature[i] * Stride, Stride));
            }
        }
        return loss + AddPenalty(weights[..^Stride], gradient[..^Stride]);
    }

    /// <summary>Scores of texts of the corpus, <see cref="Stride"/> floats a text, under given weights.</summary>
    internal float[] ScoresOf(ReadOnlySpan<float> weights, IReadOnlyList<int> asked)
    {
        ScoreUnits(weights);
        float[] scores = new float[asked.Count * Stride];
        for (int i = 0; i < asked.Count; i++)
        {
            Score(asked[i], weights, scores.AsSpan(i * Stride, Stride));
        }
        return scores;
    }

    private void Score(int text, ReadOnlySpan<float> weights, Span<float> scores)
    {
        float scale = inverseLength[text];
        weights[^Stride..].CopyTo(scores);
        foreach (int unit in matrix.Corpus.Texts[text])
        {
            AddScaled(unitScores.AsSpan(unit * Stride, Stride), scale, scores);
        }
    }

    private void ScoreUnits(ReadOnlySpan<float> weights)
    {
        Array.Clear(unitScores);
        for (int unit = 0; unit + 1 < matrix.UnitStart.Length; unit++)
        {
            Span<float> to = unitScores.AsSpan(unit * Stride, Stride);
            for (int i = matrix.UnitStart[unit]; i < matrix.UnitStart[unit + 1]; i++)
            {
                AddScaled(weights.Slice(matrix.Feature[i] * Stride, Stride), matrix.Value[i], to);
            }
        }
    }

    /// <summary>Turns scores into the gradient of the loss by them; returns the loss.</summary>
    private static double LogLoss(Span<float> scores, int label)
    {
        float score = scores[label];
        float top = TensorPrimitives.Max<float>(scores);
        double sum = 0;
        for (int c = 0; c < scores.Length; c++)
        {
            scores[c] = MathF.Exp(scores[c] - top);
            sum += scores[c];
        }
        for (int c = 0; c < scores.Length; c++)
        {
            scores[c] = (float)(scores[c] / sum);
        }
        scores[label] -= 1;
        return Math.Log(sum) + top - score;
    }

    private double AddPenalty(ReadOnlySpan<float> weights, Span<float> gradient)
    {
        TensorPrimitives.MultiplyAdd(weights, (float)Penalty, gradient, gradient);
        return 0.5 * Penalty * TensorPrimitives.SumOfSquares(weights);
    }

    private static void AddScaled(ReadOnlySpan<float> from, float scale, Span<float> to)
    {
        for (int i = 0; i + 4 <= from.Length; i += 4)
        {
            (Vector128.Create(to[i..]) + (Vector128.Create(from[i..]) * scale)).CopyTo(to[i..]);
        }
    }
}
