using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using CityTwin.Ml.Classification.Evaluation;
using CityTwin.Ml.Classification.Model;
using CityTwin.Ml.Classification.Training;

namespace CityTwin.Ml.Classification;

/// <summary>Trains a <see cref="FeedbackModel"/>: chooses n-grams and penalties by validation, calibrates, sets when to abstain,
/// and learns from all examples at last.</summary>
/// <remarks>Single-threaded and deterministic. Some 11,000 short texts take well under a minute of one core.</remarks>
public static class FeedbackTrainer
{
    /// <summary>Trains.</summary>
    /// <param name="train">What to learn from.</param>
    /// <param name="validation">What to choose and calibrate by; may be empty. Below 3,000 texts in all, cross-validation is used.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after each step, or null.</param>
    /// <exception cref="ArgumentException">No head has two labels.</exception>
    public static FeedbackModel Train(
        IReadOnlyList<Example> train, IReadOnlyList<Example> validation, TrainingOptions options, Action<TrainingProgress>? progress = null)
    {
        options.Validate();
        IReadOnlyList<Head> heads = Head.Of(train);
        LabelledTexts texts = new(train, validation, options.Seed);
        int steps = options.Candidates.Count + heads.Count + 1;
        int done = 0;
        void Tell(string step) => progress?.Invoke(new(++done, steps, step));

        (FeatureMatrix matrix, double merit) = (null!, double.NegativeInfinity);
        foreach (FeatureSettings settings in options.Candidates)
        {
            FeatureMatrix tried = new(texts.Corpus, [.. texts.Written, .. texts.Bare], settings);
            HeadSearch.Found found = new HeadSearch(texts, tried, heads[0], 0).Search([HeadFit.Balances[1]]);
            Tell($"n-grams {settings.GramMin} to {settings.GramMax}: {found.Merit:P1}");
            (matrix, merit) = found.Merit > merit ? (tried, found.Merit) : (matrix, merit);
        }
        List<TrainedHead> trained = [];
        for (int h = 0; h < heads.Count; h++)
        {
            trained.Add(Fit(texts, matrix, heads[h], h, options));
            Tell($"{heads[h].Name}: {trained[h].Summary.Accuracy:P1} of what was held back");
        }
        FeedbackModel model = new(CardOf(texts, matrix, trained, options), Compiler.Compile(matrix, trained));
        Tell("compiled");
        return model;
    }

    private static TrainedHead Fit(LabelledTexts texts, FeatureMatrix matrix, Head head, int number, TrainingOptions options)
    {
        HeadSearch.Found found = new HeadSearch(texts, matrix, head, number).Search(HeadFit.Balances);
        float temperature = Temperature.Fit(found.Scores, found.Stride, found.Truth, head.Labels.Count);
        Judged[] judged = [.. found.Truth.Select((t, i) =>
        {
            Span<float> row = found.Scores.AsSpan(i * found.Stride, head.Labels.Count);
            Temperature.Apply(row, temperature);
            int best = TensorPrimitives.IndexOfMax<float>(row);
            return new Judged(t, best, row[best], false);
        })];
        float threshold = RiskControl.Threshold(judged.Select(j => (j.Probability, j.Right)), options.RiskTarget, options.Doubt);
        HeadSummary summary = HeadEvaluation.Of(head, [.. judged.Select(j => j with { Abstains = j.Probability < threshold })]).Summary;
        int[] all = [.. Enumerable.Range(0, texts.Examples.Length).Where(i => head.IndexOf(texts.Examples[i].LabelOf(number)) >= 0)];
        (float[] weights, int stride) = FinalWeights(texts, matrix, head, number, all, found.Fit);
        // What learns from every text in the end is surer of itself than what learnt from a fold less.
        float surer = texts.Crossed ? texts.Folds / (texts.Folds - 1f) : 1;
        return new(head, weights, stride, new(temperature * surer, threshold, options.RiskTarget, options.Doubt), summary);
    }

    private static (float[] Weights, int Stride) FinalWeights(
        LabelledTexts texts, FeatureMatrix matrix, Head head, int number, int[] all, HeadFit fit)
    {
        (_, float[] weights, SoftmaxObjective objective) = HeadFit.Path(texts, matrix, head, number, all, fit.Balance, fit.Strength).Last();
        if (fit.Blend > 0)
        {
            (int[] ids, int[] labels) = HeadFit.Both(texts, head, number, all);
            float[] generative = GenerativeWeights.Of(matrix, ids, labels, head.Labels.Count, objective.Stride, fit.Smoothing);
            TensorPrimitives.MultiplyAdd(generative, (float)fit.Blend, weights, weights);
        }
        return (weights, objective.Stride);
    }

    private static ModelCard CardOf(LabelledTexts texts, FeatureMatrix matrix, List<TrainedHead> trained, TrainingOptions options)
    {
        string fingerprint = Fingerprint(texts.Examples);
        List<float> shares = [];
        for (int h = 0; h < trained.Count; h++)
        {
            int[] labels = [.. texts.Examples.Select(e => trained[h].Head.IndexOf(e.LabelOf(h))).Where(l => l >= 0)];
            shares.AddRange(trained[h].Head.Labels.Select((_, c) => labels.Count(l => l == c) / (float)Math.Max(1, labels.Length)));
        }
        return new(
            $"feedback-{fingerprint[..8]}-{options.Seed}",
            [.. trained.Select(t => t.Head)],
            matrix.Settings,
            [.. trained.SelectMany(t => t.Weights[^t.Stride..].Take(t.Head.Labels.Count))],
            [.. trained.Select(t => t.Calibration)],
            fingerprint,
            texts.Examples.Length,
            options.Seed,
            [.. trained.Select(t => t.Summary)],
            shares);
    }

    private static string Fingerprint(IEnumerable<Example> examples)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Example example in examples)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{string.Join('\t', example.Labels)}\t{example.Text}\n"));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
