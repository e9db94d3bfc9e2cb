using System.Numerics.Tensors;
using CityTwin.Ml.Classification.Evaluation;

namespace CityTwin.Ml.Classification.Training;

/// <summary>Finds how to fit one head, by what was held back.</summary>
internal sealed class HeadSearch
{
    private const double BareShare = 0.25;
    private const double LossShare = 0.1;
    private readonly LabelledTexts texts;
    private readonly FeatureMatrix matrix;
    private readonly Head head;
    private readonly int headNumber;
    private readonly int[] judged;
    private readonly int[] truth;
    private readonly int stride;

    internal HeadSearch(LabelledTexts texts, FeatureMatrix matrix, Head head, int headNumber)
    {
        (this.texts, this.matrix, this.head, this.headNumber) = (texts, matrix, head, headNumber);
        judged = [.. Enumerable.Range(0, texts.FoldOf.Length).Where(i => texts.FoldOf[i] >= 0 && LabelOf(i) >= 0)];
        truth = [.. judged.Select(LabelOf)];
        stride = (head.Labels.Count + 3) & ~3;
    }

    /// <summary>The best fit found, its merit, and the scores it gave to texts that it had not learnt from.</summary>
    /// <param name="Fit">How to fit.</param>
    /// <param name="Merit">Mean of accuracy and macro-F1 less a tenth of the log loss at the best temperature, texts without diacritics counted a
    /// quarter; higher is better.</param>
    /// <param name="Scores">Scores, one row of <paramref name="Stride"/> a judged text.</param>
    /// <param name="Bare">The same of the texts without diacritics.</param>
    /// <param name="Truth">The labels of the judged texts.</param>
    /// <param name="Stride">Floats a row.</param>
    internal sealed record Found(HeadFit Fit, double Merit, float[] Scores, float[] Bare, int[] Truth, int Stride);

    /// <summary>The examples that judge.</summary>
    internal int[] Judged => judged;

    /// <summary>How many labels the head has.</summary>
    internal int Labels => head.Labels.Count;

    /// <summary>Tries the balances given with every strength and blend.</summary>
    internal Found Search(IReadOnlyList<double> balances)
    {
        Found? best = null;
        Judgement[] generative = [.. HeadFit.Smoothings.Select(GenerativeScores)];
        foreach (double balance in balances)
        {
            Judgement[] trained = TrainedScores(balance);
            for (int s = 0; s < trained.Length; s++)
            {
                foreach ((int g, double blend) in Blends())
                {
                    float[] written = Mix(trained[s].Written, generative[g].Written, blend);
                    float[] bare = Mix(trained[s].Bare, generative[g].Bare, blend);
                    double merit = (MeritOf(written) + (BareShare * MeritOf(bare))) / (1 + BareShare);
                    if (best is null || merit > best.Merit + 1e-9)
                    {
                        HeadFit fit = new(balance, HeadFit.Strengths[s], blend, HeadFit.Smoothings[g]);
                        best = new(fit, merit, written, bare, truth, stride);
                    }
                }
            }
        }
        return best!;
    }

    private static IEnumerable<(int Smoothing, double Blend)> Blends() =>
        from g in Enumerable.Range(0, HeadFit.Smoothings.Count)
        from b in HeadFit.Blends
        where b > 0 || g == 0
        select (g, b);

    private static float[] Mix(float[] trained, float[] generative, double blend)
    {
        float[] mixed = new float[trained.Length];
        TensorPrimitives.MultiplyAdd(generative, (float)blend, trained, mixed);
        return mixed;
    }

    private int LabelOf(int example) => head.IndexOf(texts.Examples[example].LabelOf(headNumber));

    /// <summary>The merit of scores of the judged texts in one form.</summary>
    internal double MeritOf(float[] scores)
    {
        Confusion confusion = Confusion.Of(scores, stride, truth, head.Labels.Count);
        float temperature = Temperature.Fit(scores, stride, truth, head.Labels.Count);
        double loss = Temperature.LogLoss(scores, stride, truth, head.Labels.Count, temperature) / Math.Max(1, truth.Length);
        return ((confusion.Accuracy + confusion.MacroF1) / 2) - (LossShare * loss);
    }

    private Judgement[] TrainedScores(double balance)
    {
        Judgement[] all = [.. HeadFit.Strengths.Select(_ => new Judgement(judged.Length * stride))];
        for (int fold = 0; fold < texts.Folds; fold++)
        {
            (int[] learnt, int[] places) = Split(fold);
            int strength = 0;
            foreach ((_, float[] weights, SoftmaxObjective objective) in
                HeadFit.Path(texts, matrix, head, headNumber, learnt, balance, double.MaxValue))
            {
                Judge(objective, weights, places, all[strength++]);
            }
        }
        return all;
    }

    private Judgement GenerativeScores(double smoothing)
    {
        Judgement all = new(judged.Length * stride);
        for (int fold = 0; fold < texts.Folds; fold++)
        {
            (int[] learnt, int[] places) = Split(fold);
            (int[] ids, int[] labels) = HeadFit.AllForms(texts, head, headNumber, learnt);
            float[] weights = GenerativeWeights.Of(matrix, ids, labels, head.Labels.Count, stride, smoothing);
            Judge(new SoftmaxObjective(matrix, [], [], [], head.Labels.Count), weights, places, all);
        }
        return all;
    }

    private (int[] Learnt, int[] Places) Split(int fold) =>
        ([.. Enumerable.Range(0, texts.FoldOf.Length).Where(i => texts.FoldOf[i] != fold && LabelOf(i) >= 0)],
         [.. Enumerable.Range(0, judged.Length).Where(p => texts.FoldOf[judged[p]] == fold)]);

    private void Judge(SoftmaxObjective objective, float[] weights, int[] places, Judgement into)
    {
        float[] written = objective.ScoresOf(weights, [.. places.Select(p => texts.Written[judged[p]])]);
        float[] bare = objective.ScoresOf(weights, [.. places.Select(p => texts.Restored[judged[p]])]);
        for (int i = 0; i < places.Length; i++)
        {
            written.AsSpan(i * stride, stride).CopyTo(into.Written.AsSpan(places[i] * stride));
            bare.AsSpan(i * stride, stride).CopyTo(into.Bare.AsSpan(places[i] * stride));
        }
    }

    private sealed class Judgement(int size)
    {
        internal float[] Written { get; } = new float[size];

        internal float[] Bare { get; } = new float[size];
    }
}
