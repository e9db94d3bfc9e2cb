using CityTwin.Ml.Classification;
using CityTwin.Ml.Classification.Evaluation;
using MathNet.Numerics.Distributions;

namespace CityTwin.Ml.Learning;

/// <summary>Whether a new model takes over.</summary>
/// <param name="Promote">Whether it does.</param>
/// <param name="Reason">Why, for people.</param>
/// <param name="Doubt">The probability of the candidate doing this much better by chance (exact McNemar test, one-sided).</param>
/// <param name="Running">How the running model did on the held-back texts, one a head.</param>
/// <param name="Candidate">How the candidate did.</param>
public sealed record PromotionDecision(
    bool Promote, string Reason, double Doubt, IReadOnlyList<HeadSummary> Running, IReadOnlyList<HeadSummary> Candidate);

/// <summary>A new model runs only if it beats the running one on texts that neither learnt from.</summary>
public static class Promotion
{
    private const double CalibrationSlack = 0.02;

    /// <summary>Decides.</summary>
    /// <param name="running">The running model.</param>
    /// <param name="candidate">The model that would take over; answers the same first head.</param>
    /// <param name="heldBack">Labelled texts that neither learnt from, at least one.</param>
    /// <param name="doubtMax">The doubt allowed, 0 to 1; default 0.1.</param>
    /// <exception cref="ArgumentException">No held-back text has a label of the first head.</exception>
    public static PromotionDecision Decide(
        FeedbackModel running, FeedbackModel candidate, IReadOnlyList<Example> heldBack, double doubtMax = 0.1)
    {
        (int better, int worse, int judged) = (0, 0, 0);
        foreach (Example example in heldBack.Where(e => e.Labels[0] is not null))
        {
            bool old = running.Predict(example.Text).Answers[0].Label == example.Labels[0];
            bool fresh = candidate.Predict(example.Text).Answers[0].Label == example.Labels[0];
            (better, worse, judged) = (better + (fresh && !old ? 1 : 0), worse + (old && !fresh ? 1 : 0), judged + 1);
        }
        if (judged == 0)
        {
            throw new ArgumentException("No held-back text has a label to judge by.", nameof(heldBack));
        }
        HeadSummary[] before = [.. HeadEvaluation.Of(running, heldBack).Select(e => e.Summary)];
        HeadSummary[] after = [.. HeadEvaluation.Of(candidate, heldBack).Select(e => e.Summary)];
        double doubt = better + worse == 0 ? 1 : 1 - new Binomial(0.5, better + worse).CumulativeDistribution(better - 1);
        string counts = $"right where the running model is wrong on {better} of {judged} texts, the other way on {worse}";
        return (better > worse, doubt <= doubtMax, after[0].CalibrationError <= before[0].CalibrationError + CalibrationSlack) switch
        {
            (false, _, _) => new(false, $"Not better: {counts}.", doubt, before, after),
            (_, false, _) => new(false, $"Better, but it may be chance: {counts} (doubt {doubt:P0}).", doubt, before, after),
            (_, _, false) => new(false, $"Better, but its probabilities are less true: {counts}.", doubt, before, after),
            _ => new(true, $"Better: {counts} (doubt {doubt:P1}).", doubt, before, after),
        };
    }
}
