using System.Numerics.Tensors;
using CityTwin.Ml.Classification.Evaluation;
using CityTwin.Ml.Classification.Phrases;
using CityTwin.Ml.Classification.Restoring;
using CityTwin.Ml.Classification.Training;

namespace CityTwin.Ml.Classification.Model;

/// <summary>The weights learnt for one head.</summary>
internal sealed record TrainedHead(Head Head, float[] Weights, int Stride, HeadCalibration Calibration, HeadSummary Summary);

/// <summary>Sums features' weights into one row a word and a pair, so that a known word costs one look-up.</summary>
internal static class Compiler
{
    internal static Scorer Compile(FeatureMatrix matrix, IReadOnlyList<TrainedHead> heads, PhraseWeights? phrases, Restorer? restorer)
    {
        int stride = (heads.Sum(h => h.Head.Labels.Count) + 1 + 7) & ~7;
        Gathered words = new(), pairs = new(), features = new();
        float[] row = new float[stride];
        for (int u = 0; u < matrix.Corpus.Units.Count; u++)
        {
            Array.Clear(row);
            for (int i = matrix.UnitStart[u]; i < matrix.UnitStart[u + 1]; i++)
            {
                AddFeature(heads, matrix.Feature[i], matrix.Value[i], row);
            }
            Corpus.Unit unit = matrix.Corpus.Units[u];
            if (row[^1] > 0)
            {
                (unit.Letters is null ? pairs : words).Add(unit.Hash, row);
            }
        }
        foreach ((ulong key, int feature) in matrix.IndexOf)
        {
            if (matrix.FeatureValue[feature] > 0)
            {
                Array.Clear(row);
                AddFeature(heads, feature, matrix.FeatureValue[feature], row);
                features.Add(key, row);
            }
        }
        PhraseScorer? scorer = phrases is null ? null : new(phrases, heads.Sum(h => h.Head.Labels.Count), stride);
        return new(words.Table(stride), pairs.Table(stride), features.Table(stride), matrix.Settings, scorer, restorer);
    }

    private static void AddFeature(IReadOnlyList<TrainedHead> heads, int feature, float value, Span<float> row)
    {
        int first = 0;
        foreach (TrainedHead head in heads)
        {
            Span<float> to = row.Slice(first, head.Head.Labels.Count);
            TensorPrimitives.MultiplyAdd(head.Weights.AsSpan(feature * head.Stride, to.Length), value, to, to);
            first += to.Length;
        }
        row[^1] += value * value;
    }

    private sealed class Gathered
    {
        private readonly List<ulong> hashes = [];
        private readonly List<float> rows = [];

        internal void Add(ulong hash, float[] row)
        {
            hashes.Add(hash);
            rows.AddRange(row);
        }

        // Rows are kept as 16-bit floats in the file; rounding here makes a model answer alike before and after storage.
        internal RowTable Table(int stride) => new([.. hashes], [.. rows.Select(r => (float)(Half)r)], stride);
    }
}
