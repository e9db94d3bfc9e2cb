using MathNet.Numerics;

namespace CityTwin.Ml.Classification.Training;

/// <summary>The confidence below which a model leaves the answer to a person, so that the answers it does give are wrong
/// no more often than asked.</summary>
/// <remarks>
/// Conformal risk control by fixed-sequence testing (Angelopoulos et al., Learn then Test, 2021): going from the most
/// confident text down, a threshold is kept while the exact binomial test rejects that the risk among the answered is
/// above the target. With probability of at least 1 − <c>doubt</c> over the texts used, the risk is then below the target.
/// </remarks>
internal static class RiskControl
{
    private const int AnsweredMin = 20;

    /// <summary>The lowest confidence to answer at, or more than 1 where no threshold keeps to the target.</summary>
    /// <param name="judged">Confidence and rightness of texts that the model had not learnt from.</param>
    /// <param name="risk">The share of wrong answers allowed among those given, 0 to 1.</param>
    /// <param name="doubt">The probability allowed of missing it by the draw of the texts, 0 to 1.</param>
    internal static float Threshold(IEnumerable<(float Confidence, bool Right)> judged, double risk, double doubt)
    {
        (float Confidence, bool Right)[] ordered = [.. judged.OrderByDescending(j => j.Confidence)];
        float threshold = 1.01f;
        int wrong = 0;
        for (int i = 0; i < ordered.Length; i++)
        {
            wrong += ordered[i].Right ? 0 : 1;
            bool tied = i + 1 < ordered.Length && ordered[i + 1].Confidence == ordered[i].Confidence;
            if (i + 1 < AnsweredMin || tied)
            {
                continue;
            }
            if (ProbabilityOfAtMost(wrong, i + 1, risk) <= doubt)
            {
                threshold = ordered[i].Confidence;
            }
            else if (threshold <= 1)
            {
                break;
            }
        }
        return threshold;
    }

    /// <summary>P(Binomial(n, p) ≤ k).</summary>
    private static double ProbabilityOfAtMost(int k, int n, double p) => k >= n ? 1 : SpecialFunctions.BetaRegularized(n - k, k + 1, 1 - p);
}
