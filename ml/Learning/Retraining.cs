using CityTwin.Ml.Classification;

namespace CityTwin.Ml.Learning;

/// <summary>What came of a retraining.</summary>
/// <param name="Candidate">The new model, whether it takes over or not.</param>
/// <param name="Decision">Whether it does, and why.</param>
/// <param name="Learnt">How many corrections it learnt from.</param>
/// <param name="HeldBack">How many corrections it was judged by.</param>
public sealed record RetrainingResult(FeedbackModel Candidate, PromotionDecision Decision, int Learnt, int HeldBack);

/// <summary>Learns again from the texts that the running model began with and from what people have corrected since.</summary>
/// <remarks>Three corrections in four are learnt from, the fourth only judges (<see cref="CorrectionFile.IsHeldBack"/>): the split is by text, so that
/// no later model has learnt from what any earlier one was judged by. One core; deterministic.</remarks>
public static class Retraining
{
    /// <summary>Trains a candidate and holds it against the running model.</summary>
    /// <param name="running">The running model; its n-gram settings and number of networks are taken over, only their weights are learnt anew.</param>
    /// <param name="texts">What models learn from beside corrections.</param>
    /// <param name="heldBack">Labelled texts that neither learns from.</param>
    /// <param name="corrections">What people corrected, one a text.</param>
    /// <param name="calibration">Labelled texts that only probabilities and abstaining are set by; empty: by what is held back across folds.</param>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="progress">Told after each step; may throw to stop the run.</param>
    /// <exception cref="ArgumentException">There is nothing to learn from, or nothing to judge by.</exception>
    public static RetrainingResult Run(
        FeedbackModel running, IReadOnlyList<Example> texts, IReadOnlyList<Example> heldBack, IReadOnlyList<Example> corrections,
        IReadOnlyList<Example> calibration, ulong seed, Action<TrainingProgress>? progress = null)
    {
        // A model of fewer heads is not asked to learn what only corrections tell.
        Example[] told = [.. corrections.Select(c => c with { Labels = [.. c.Labels.Take(running.Heads.Count)] })];
        Example[] learnt = [.. told.Where(c => !CorrectionFile.IsHeldBack(c))];
        Example[] judged = [.. told.Where(CorrectionFile.IsHeldBack)];

        // What a person corrected stands against the same text among the older ones.
        HashSet<string> corrected = [.. corrections.Select(c => c.Text)];
        Example[] all = [.. texts.Where(t => !corrected.Contains(t.Text)), .. learnt];
        TrainingOptions options = new() { Seed = seed, Candidates = [running.Card.Settings], Calibration = calibration };
        options = options with { PhraseNetworks = running.Scorer.Phrases?.Weights.Nets.Count ?? 0 };
        FeedbackModel candidate = FeedbackTrainer.Train(all, [], options, progress);
        PromotionDecision decision = Promotion.Decide(running, candidate, [.. heldBack.Where(t => !corrected.Contains(t.Text)), .. judged]);
        return new(candidate, decision, learnt.Length, judged.Length);
    }
}
