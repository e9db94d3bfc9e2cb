using CityTwin.Ml.Classification.Training;

namespace CityTwin.Ml.Classification.Phrases;

/// <summary>What phrase networks say of examples that they had not learnt from.</summary>
internal sealed class PhraseJudgement
{
    private readonly float[][] written;
    private readonly float[][] bare;

    private PhraseJudgement(int examples) => (written, bare) = (new float[examples][], new float[examples][]);

    /// <summary>Learns from all folds but one, for each fold, and judges the examples of that one.</summary>
    internal static PhraseJudgement Of(LabelledTexts texts, IReadOnlyList<Head> heads, TrainingOptions options)
    {
        PhraseJudgement judgement = new(texts.Examples.Length);
        int labels = heads.Sum(h => h.Labels.Count);
        for (int fold = 0; fold < texts.Folds; fold++)
        {
            int[] learnt = [.. Enumerable.Range(0, texts.FoldOf.Length).Where(i => texts.FoldOf[i] != fold)];
            (PhraseVocabulary vocabulary, PhraseNet[] nets) = Learn(texts, heads, learnt, options);
            foreach (int i in Enumerable.Range(0, texts.FoldOf.Length).Where(i => texts.FoldOf[i] == fold))
            {
                judgement.written[i] = ScoresOf(nets, vocabulary.RowsOf(texts.Written[i], PhraseNet.WordsMax), labels);
                judgement.bare[i] = ScoresOf(nets, vocabulary.RowsOf(texts.Restored[i], PhraseNet.WordsMax), labels);
            }
        }
        return judgement;
    }

    /// <summary>Trains the networks whose scores are averaged: they differ in what they began with.</summary>
    internal static (PhraseVocabulary Vocabulary, PhraseNet[] Nets) Learn(
        LabelledTexts texts, IReadOnlyList<Head> heads, int[] learnt, TrainingOptions options)
    {
        PhraseVocabulary vocabulary = new(texts.Corpus, learnt.SelectMany(i => new[] { texts.Written[i], texts.Restored[i] }));
        return (vocabulary, [.. Enumerable.Range(0, options.PhraseNetworks).Select(m =>
            PhraseTraining.Run(texts, vocabulary, heads, learnt, (int)((options.Seed + ((ulong)m * 7919)) & int.MaxValue)))]);
    }

    /// <summary>The scores of some labels of the judged examples, <paramref name="stride"/> floats an example.</summary>
    internal (float[] Written, float[] Bare) ScoresOf(int[] judged, int firstLabel, int labels, int stride)
    {
        float[] Take(float[][] from)
        {
            float[] taken = new float[judged.Length * stride];
            for (int i = 0; i < judged.Length; i++)
            {
                from[judged[i]].AsSpan(firstLabel, labels).CopyTo(taken.AsSpan(i * stride));
            }
            return taken;
        }

        return (Take(written), Take(bare));
    }

    private static float[] ScoresOf(PhraseNet[] nets, int[] words, int labels)
    {
        float[] all = [.. Enumerable.Repeat(1f, PhraseNet.FilterCount)];
        float[] sum = new float[labels];
        float[] scores = new float[labels];
        PhraseNet.Room room = new();
        foreach (PhraseNet net in nets)
        {
            net.Read(words, room);
            net.Score(room, all, scores);
            for (int c = 0; c < sum.Length; c++)
            {
                sum[c] += scores[c] / nets.Length;
            }
        }
        return sum;
    }
}
