using System.Numerics.Tensors;
using CityTwin.Ml.Classification.Training;

namespace CityTwin.Ml.Classification.Phrases;

/// <summary>Teaches a <see cref="PhraseNet"/> all heads at once, by small batches.</summary>
/// <remarks>Settings were chosen once, by validation on texts of several kinds, and are not searched for in a run. Deterministic for a seed.</remarks>
internal sealed class PhraseTraining
{
    private const int Batch = 32;
    private const int TextsToRead = 200_000;
    private const int EpochsMin = 8;
    private const int EpochsMax = 25;
    private const float Rate = 0.003f;
    private const float Decay = 0.02f;
    private const float WordsLeftOut = 0.25f;
    private const float FiltersLeftOut = 0.4f;
    private const float Smoothing = 0.05f;
    private const float RestoredImportance = 0.5f;
    private const float BareShare = 0.3f;
    private const double Balance = 0.2;

    private readonly PhraseNet net;
    private readonly Random random;
    private readonly int[] headSizes;
    private readonly PhraseNet.Room room = new();
    private readonly float[] shares = new float[PhraseNet.FilterCount];
    private readonly float[] slopes;
    private readonly int[] words = new int[PhraseNet.WordsMax * 2];
    private readonly HashSet<int> touched = [];
    private int steps;

    private PhraseTraining(PhraseNet net, IReadOnlyList<Head> heads, Random random)
    {
        (this.net, this.random) = (net, random);
        headSizes = [.. heads.Select(h => h.Labels.Count)];
        slopes = new float[net.Labels];
    }

    /// <summary>A text, now and then in its other form, with the label and the importance of each head; −1: nobody said.</summary>
    private readonly record struct Lesson(int[] Words, int[] Other, int[] Labels, float[] Importance);

    /// <summary>Learns from the chosen examples, each as written and, at half the weight, restored or bare.</summary>
    internal static PhraseNet Run(LabelledTexts texts, PhraseVocabulary vocabulary, IReadOnlyList<Head> heads, int[] chosen, int seed)
    {
        Random random = new(seed);
        PhraseNet net = new(vocabulary.Count, heads.Sum(h => h.Labels.Count), random);
        Lesson[] lessons = Lessons(texts, vocabulary, heads, chosen);
        PhraseTraining training = new(net, heads, random);
        int epochs = Math.Clamp(TextsToRead / Math.Max(1, lessons.Length), EpochsMin, EpochsMax);
        for (int epoch = 0; epoch < epochs; epoch++)
        {
            random.Shuffle(lessons);
            float rate = Rate * (0.02f + (0.5f * (1 + MathF.Cos(MathF.PI * epoch / epochs))));
            for (int begin = 0; begin < lessons.Length; begin += Batch)
            {
                training.Learn(lessons.AsSpan(begin, Math.Min(Batch, lessons.Length - begin)), rate);
            }
        }
        return net;
    }

    private static Lesson[] Lessons(LabelledTexts texts, PhraseVocabulary vocabulary, IReadOnlyList<Head> heads, int[] chosen)
    {
        int[][] labels = [.. chosen.Select(i => heads.Select((h, n) => h.IndexOf(texts.Examples[i].LabelOf(n))).ToArray())];
        float[][] importance = [.. heads.Select((head, n) =>
        {
            double[] counts = new double[head.Labels.Count];
            foreach (int[] told in labels.Where(l => l[n] >= 0))
            {
                counts[told[n]]++;
            }
            return counts.Select(c => (float)Math.Pow(counts.Sum() / (counts.Length * Math.Max(1, c)), Balance)).ToArray();
        })];
        float[] Weights(int place, float form) => [.. labels[place].Select((l, n) => l < 0 ? 0 : form * importance[n][l])];
        int[] Rows(int text) => vocabulary.RowsOf(text, PhraseNet.WordsMax);
        return [.. chosen.SelectMany((example, place) => new Lesson[]
        {
            new(Rows(texts.Written[example]), [], labels[place], Weights(place, 1)),
            new(Rows(texts.Restored[example]), Rows(texts.Bare[example]), labels[place], Weights(place, RestoredImportance)),
        })];
    }

    private void Learn(ReadOnlySpan<Lesson> batch, float rate)
    {
        foreach (Lesson lesson in batch)
        {
            int[] form = lesson.Other.Length > 0 && random.NextSingle() < BareShare ? lesson.Other : lesson.Words;
            Span<int> seen = words.AsSpan(0, form.Length);
            form.CopyTo(seen);
            for (int i = 0; i < seen.Length; i += 2)
            {
                if (random.NextSingle() < WordsLeftOut)
                {
                    (seen[i], seen[i + 1]) = (-1, -1);
                }
            }
            for (int f = 0; f < shares.Length; f++)
            {
                shares[f] = random.NextSingle() < FiltersLeftOut ? 0 : 1 / (1 - FiltersLeftOut);
            }
            net.Read(seen, room);
            net.Score(room, shares, slopes);
            SlopeOfLoss(lesson);
            Descend(seen);
        }
        float now = AdamParameter.RateAt(rate, ++steps);
        net.Filters.Step(now, Decay);
        net.FilterBiases.Step(now, 0);
        net.Outputs.Step(now, Decay);
        net.OutputBiases.Step(now, 0);
        foreach (int row in touched)
        {
            net.Rows.Step(row * PhraseNet.Dimension, PhraseNet.Dimension, now, Decay);
        }
        touched.Clear();
    }

    /// <summary>Turns scores into the slope of the log loss by them, labels smoothed, head after head.</summary>
    private void SlopeOfLoss(Lesson lesson)
    {
        int first = 0;
        for (int h = 0; h < headSizes.Length; h++)
        {
            Span<float> scores = slopes.AsSpan(first, headSizes[h]);
            first += scores.Length;
            TensorPrimitives.SoftMax<float>(scores, scores);
            float weight = lesson.Importance[h] / Batch;
            for (int c = 0; c < scores.Length; c++)
            {
                float wanted = (c == lesson.Labels[h] ? 1 - Smoothing : 0) + (Smoothing / scores.Length);
                scores[c] = (scores[c] - wanted) * weight;
            }
        }
    }

    private void Descend(ReadOnlySpan<int> seen)
    {
        TensorPrimitives.Add(net.OutputBiases.Gradient, slopes, net.OutputBiases.Gradient);
        for (int f = 0; f < PhraseNet.FilterCount; f++)
        {
            if (shares[f] == 0 || room.Place[f] < 0)
            {
                continue;
            }
            Span<float> outputs = net.Outputs.Gradient.AsSpan(f * net.Labels, net.Labels);
            TensorPrimitives.MultiplyAdd(slopes, room.Excitement[f] * shares[f], outputs, outputs);
            float slope = shares[f] * TensorPrimitives.Dot<float>(slopes, net.Outputs.Values.AsSpan(f * net.Labels, net.Labels));
            net.FilterBiases.Gradient[f] += slope;
            for (int j = 0; j < PhraseNet.Width; j++)
            {
                int word = room.Place[f] + j - 1;
                if (word >= 0 && word * 2 < seen.Length && (seen[word * 2] >= 0 || seen[(word * 2) + 1] >= 0))
                {
                    DescendWord(f, j, slope, room.Words.AsSpan((word + 1) * PhraseNet.Dimension, PhraseNet.Dimension), seen[word * 2], seen[(word * 2) + 1]);
                }
            }
        }
    }

    private void DescendWord(int filter, int place, float slope, ReadOnlySpan<float> row, int written, int plain)
    {
        Span<float> back = stackalloc float[PhraseNet.Dimension];
        float[] weights = net.Filters.Values, gradient = net.Filters.Gradient;
        for (int d = 0, at = (place * PhraseNet.Dimension * PhraseNet.FilterCount) + filter; d < back.Length; d++, at += PhraseNet.FilterCount)
        {
            gradient[at] += slope * row[d];
            back[d] = slope * weights[at];
        }
        AddRow(written, back);
        AddRow(plain, back);
    }

    private void AddRow(int row, ReadOnlySpan<float> slope)
    {
        if (row >= 0)
        {
            Span<float> to = net.Rows.Gradient.AsSpan(row * PhraseNet.Dimension, PhraseNet.Dimension);
            TensorPrimitives.Add(to, slope, to);
            touched.Add(row);
        }
    }
}
