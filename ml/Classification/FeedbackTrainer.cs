using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using CityTwin.Ml.Classification.Evaluation;
using CityTwin.Ml.Classification.Model;
using CityTwin.Ml.Classification.Phrases;
using CityTwin.Ml.Classification.Training;

namespace CityTwin.Ml.Classification;

/// <summary>Trains a <see cref="FeedbackModel"/>: chooses n-grams and penalties by validation, calibrates, sets when to abstain,
/// and learns from all examples at last.</summary>
/// <remarks>Single-threaded and deterministic. Some 11,000 short texts take well under a minute of one core.</remarks>
public static class FeedbackTrainer
{
    // Goes up when equal texts begin to make other models.
    private const int Method = 3;

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
        int steps = options.Candidates.Count + heads.Count + 2;
        int done = 0;
        void Tell(string step) => progress?.Invoke(new(++done, steps, step));

        (FeatureMatrix matrix, double merit) = (null!, double.NegativeInfinity);
        foreach (FeatureSettings settings in options.Candidates)
        {
            FeatureMatrix tried = new(texts.Corpus, [.. texts.Written, .. texts.Restored, .. texts.Bare], settings);
            HeadSearch.Found found = new HeadSearch(texts, tried, heads[0], 0).Search([HeadFit.Balances[1]]);
            Tell($"n-grams {settings.GramMin} to {settings.GramMax}: {found.Merit:P1}");
            (matrix, merit) = found.Merit > merit ? (tried, found.Merit) : (matrix, merit);
        }
        PhraseJudgement phrases = PhraseJudgement.Of(texts, heads, options);
        Tell("phrases");
        List<TrainedHead> trained = [];
        for (int h = 0; h < heads.Count; h++)
        {
            trained.Add(Fit(texts, matrix, heads, h, phrases, options));
            Tell($"{heads[h].Name}: {trained[h].Summary.Accuracy:P1} of what was held back");
        }
        PhraseWeights? weights = FinalPhrases(texts, trained, options);
        FeedbackModel model = new(CardOf(texts, matrix, trained, options), Compiler.Compile(matrix, trained, weights, texts.Restorer));
        if (options.Calibration.Count > 0)
        {
            model = new(model.Card with { Calibrations = Recalibration.Of(model, options.Calibration, options) }, model.Scorer);
        }
        Tell("compiled");
        return model;
    }

    private static TrainedHead Fit(
        LabelledTexts texts, FeatureMatrix matrix, IReadOnlyList<Head> heads, int number, PhraseJudgement phrases, TrainingOptions options)
    {
        Head head = heads[number];
        HeadSearch search = new(texts, matrix, head, number);
        HeadSearch.Found found = search.Search(HeadFit.Balances);
        (float[] phrasesWritten, float[] phrasesBare) = phrases.ScoresOf(
            search.Judged, heads.Take(number).Sum(h => h.Labels.Count), head.Labels.Count, found.Stride);
        Calibrated written = Calibrate(texts, search, found, PhraseBlend.Choose(search, found, found.Scores, phrasesWritten), options);
        Calibrated bare = Calibrate(texts, search, found, PhraseBlend.Choose(search, found, found.Bare, phrasesBare), options);
        HeadSummary summary = HeadEvaluation.Of(head, [.. written.Judged.Select(j => j with { Abstains = j.Probability < written.As.Threshold })]).Summary;
        int[] all = [.. Enumerable.Range(0, texts.Examples.Length).Where(i => head.IndexOf(texts.Examples[i].LabelOf(number)) >= 0)];
        (float[] weights, int stride) = FinalWeights(texts, matrix, head, number, all, found.Fit);
        HeadCalibration calibration = new(
            written.As.Temperature, written.As.Threshold, options.RiskTarget, written.Doubt, written.As.PhraseShare, bare.As);
        return new(head, weights, stride, calibration, summary);
    }

    private readonly record struct Calibrated(BareCalibration As, double Doubt, Judged[] Judged);

    private static Calibrated Calibrate(LabelledTexts texts, HeadSearch search, HeadSearch.Found found, PhraseBlend blend, TrainingOptions options)
    {
        Judged[] judged = [.. found.Truth.Select((t, i) =>
        {
            Span<float> row = blend.Scores.AsSpan(i * found.Stride, search.Labels);
            Temperature.Apply(row, blend.Temperature);
            int best = TensorPrimitives.IndexOfMax<float>(row);
            return new Judged(t, best, row[best], false);
        })];
        // Scores across folds come from other models than the one that runs in the end, and are fewer: less doubt makes up for what that may hide.
        double doubt = texts.Crossed ? options.Doubt / 2 : options.Doubt;
        float threshold = RiskControl.Threshold(judged.Select(j => (j.Probability, j.Right)), options.RiskTarget, doubt);
        // What learns from every text in the end is surer of itself than what learnt from a fold less.
        float surer = texts.Crossed ? texts.Folds / (texts.Folds - 1f) : 1;
        return new(new(blend.Temperature * surer, threshold, blend.Share), doubt, judged);
    }

    private static PhraseWeights? FinalPhrases(LabelledTexts texts, List<TrainedHead> trained, TrainingOptions options)
    {
        if (trained.TrueForAll(t => t.Calibration is { PhraseShare: 0, Bare: null or { PhraseShare: 0 } }))
        {
            return null;
        }
        int[] all = [.. Enumerable.Range(0, texts.Examples.Length)];
        (PhraseVocabulary vocabulary, PhraseNet[] nets) = PhraseJudgement.Learn(texts, [.. trained.Select(t => t.Head)], all, options);
        return PhraseWeights.Of(vocabulary, nets);
    }

    private static (float[] Weights, int Stride) FinalWeights(
        LabelledTexts texts, FeatureMatrix matrix, Head head, int number, int[] all, HeadFit fit)
    {
        (_, float[] weights, SoftmaxObjective objective) = HeadFit.Path(texts, matrix, head, number, all, fit.Balance, fit.Strength).Last();
        if (fit.Blend > 0)
        {
            (int[] ids, int[] labels) = HeadFit.AllForms(texts, head, number, all);
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
            NameOf(fingerprint, options),
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

    /// <summary>The version's name: of the way of learning, the texts learnt from and calibrated by, and the seed.</summary>
    internal static string NameOf(string fingerprint, TrainingOptions options)
    {
        byte[] told = Encoding.UTF8.GetBytes($"{Method} {fingerprint} {Fingerprint(options.Calibration)} {options.RiskTarget:R} {options.Doubt:R}");
        return $"feedback-{Convert.ToHexStringLower(SHA256.HashData(told))[..8]}-{options.Seed}";
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
