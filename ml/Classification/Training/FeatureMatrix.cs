using System.Runtime.InteropServices;

namespace CityTwin.Ml.Classification.Training;

/// <summary>Which features each unit of a corpus has, weighted by how rare they are.</summary>
/// <remarks>
/// A text's features are the sum of its units' features, so a linear model need only be applied to each distinct unit
/// once a pass: some ten times less work than text by feature.
/// </remarks>
internal sealed class FeatureMatrix
{
    private readonly Dictionary<ulong, int> indexOf = [];

    /// <summary>Builds the matrix. <paramref name="counted"/> are the texts that say how rare a feature is.</summary>
    internal FeatureMatrix(Corpus corpus, IReadOnlyList<int> counted, FeatureSettings settings)
    {
        Corpus = corpus;
        Settings = settings;
        List<ulong> keys = [];
        List<int> start = [0];
        List<float> scales = [];
        Span<ulong> buffer = new ulong[UnitFeatures.CountMax];
        foreach (Corpus.Unit unit in corpus.Units)
        {
            AddUnit(unit, buffer, keys, scales);
            start.Add(keys.Count);
        }
        int[] all = new int[keys.Count];
        for (int i = 0; i < all.Length; i++)
        {
            ref int index = ref CollectionsMarshal.GetValueRefOrAddDefault(indexOf, keys[i], out bool known);
            index = known ? index : indexOf.Count - 1;
            all[i] = index;
        }
        int[] texts = CountTexts(corpus, counted, [.. start], all, indexOf.Count);
        (UnitStart, Feature, Value, FeatureValue) = Keep([.. start], all, [.. scales], texts, counted.Count, settings);
    }

    /// <summary>The corpus whose units these are.</summary>
    internal Corpus Corpus { get; }

    /// <summary>How features were made.</summary>
    internal FeatureSettings Settings { get; }

    /// <summary>Where each unit's features begin in <see cref="Feature"/>; one longer than there are units.</summary>
    internal int[] UnitStart { get; }

    /// <summary>Feature numbers, unit after unit.</summary>
    internal int[] Feature { get; }

    /// <summary>The value of each of <see cref="Feature"/>.</summary>
    internal float[] Value { get; }

    /// <summary>The value of a feature wherever it occurs; 0 where it is too rare to count.</summary>
    internal float[] FeatureValue { get; }

    /// <summary>Features by hash.</summary>
    internal IReadOnlyDictionary<ulong, int> IndexOf => indexOf;

    /// <summary>The square of a unit's length.</summary>
    internal float Square(int unit)
    {
        float square = 0;
        for (int i = UnitStart[unit]; i < UnitStart[unit + 1]; i++)
        {
            square += Value[i] * Value[i];
        }
        return square;
    }

    private void AddUnit(Corpus.Unit unit, Span<ulong> buffer, List<ulong> keys, List<float> scales)
    {
        if (unit.Letters is null)
        {
            if (Settings.PairScale > 0)
            {
                Corpus.Unit first = Corpus.Units[unit.First];
                Corpus.Unit second = Corpus.Units[unit.Second];
                (ulong written, ulong plain) = UnitFeatures.OfPair(first.Hash, second.Hash, first.PlainHash, second.PlainHash);
                keys.AddRange([written, plain]);
                scales.AddRange([Settings.PairScale, Settings.PairScale]);
            }
            return;
        }
        int count = UnitFeatures.OfWord(unit.Letters, unit.Hash, unit.PlainHash, Settings, buffer, out int grams);
        for (int i = 0; i < count; i++)
        {
            keys.Add(buffer[i]);
            scales.Add(i < count - grams ? 1f : Settings.GramScale);
        }
    }

    private static int[] CountTexts(Corpus corpus, IReadOnlyList<int> counted, int[] start, int[] all, int features)
    {
        int[] texts = new int[features];
        int[] seenIn = new int[features];
        Array.Fill(seenIn, -1);
        foreach (int text in counted)
        {
            foreach (int unit in corpus.Texts[text])
            {
                for (int i = start[unit]; i < start[unit + 1]; i++)
                {
                    if (seenIn[all[i]] != text)
                    {
                        seenIn[all[i]] = text;
                        texts[all[i]]++;
                    }
                }
            }
        }
        return texts;
    }

    private static (int[] Start, int[] Feature, float[] Value, float[] FeatureValue) Keep(
        int[] start, int[] all, float[] scales, int[] texts, int counted, FeatureSettings settings)
    {
        float[] featureValue = new float[texts.Length];
        List<int> feature = [];
        List<float> value = [];
        int[] kept = new int[start.Length];
        for (int unit = 0; unit + 1 < start.Length; unit++)
        {
            for (int i = start[unit]; i < start[unit + 1]; i++)
            {
                if (texts[all[i]] >= Math.Max(1, settings.CountMin))
                {
                    // Texts are scaled to length 1 later, so only ratios count; at most 1 keeps rows within 16-bit floats.
                    float rarity = (1 + MathF.Log((1f + counted) / (1f + texts[all[i]]))) / (1 + MathF.Log((1f + counted) / 2));
                    float v = scales[i] * MathF.Pow(rarity, settings.RarityPower);
                    featureValue[all[i]] = v;
                    feature.Add(all[i]);
                    value.Add(v);
                }
            }
            kept[unit + 1] = feature.Count;
        }
        return (kept, [.. feature], [.. value], featureValue);
    }
}
