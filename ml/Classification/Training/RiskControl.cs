using MathNet.Numerics;

namespace CityTwin.Ml.Classification.Training;

/// <summary>The confidence below which a model leaves the answer to a person, so that the answers it does give are wrong
/// no more often than asked.</summary>
/// <remarks>
/// Conformal risk control by fixed-sequence testing (Angelopoulos et al., Learn then Test, 2021): beginning with the most confident
/// fifth and going down in steps, a threshold is kept as long as the exact binomial test rejects that the risk among the answered is
/// above the target. With probability of at least 1 − <c>doubt</c> over the texts used, the risk is then below the target. Among few
/// texts a single early mistake ends a sequence, so one that begins with a fifth fares better; only where that fails at once is it begun
/// from the top, and there the first threshold that passes is sought: a little more is risked than the doubt says.
/// </remarks>
internal static class RiskControl
{
    private const int StartShare = 5;
    private const int StepMin = 10;
    private const int StepsMax = 150;

    /// <summary>The lowest confidence to answer at, or more than 1 where no threshold keeps to the target.</summary>
    /// <param name="judged">Confidence and rightness of texts that the model had not learnt from.</param>
    /// <param name="risk">The share of wrong answers allowed among those given, 0 to 1.</param>
    /// <param name="doubt">The probability allowed of missing it by the draw of the texts, 0 to 1.</param>
    internal static float Threshold(IEnumerable<(float Confidence, bool Right)> judged, double risk, double doubt)
    {
        (float Confidence, bool Right)[] ordered = [.. judged.OrderByDescending(j => j.Confidence)];
        int step = Math.Max(StepMin, ordered.Length / StepsMax);
        int fewest = (int)Math.Ceiling(Math.Log(doubt) / Math.Log(1 - risk));
        float threshold = Down(ordered, Math.Max(fewest, ordered.Length / StartShare), step, risk, doubt, seeks: false);
        return threshold <= 1 ? threshold : Down(ordered, fewest, step, risk, doubt, seeks: true);
    }

    /// <summary>From the first <paramref name="answered"/> texts on, as long as the test passes; more than 1 where it never does.</summary>
    private static float Down((float Confidence, bool Right)[] ordered, int answered, int step, double risk, double doubt, bool seeks)
    {
        float threshold = 1.01f;
        int counted = 0;
        int wrong = 0;
        for (int next = answered; next <= ordered.Length; next += step)
        {
            for (; counted < ordered.Length && (counted < next || ordered[counted].Confidence == ordered[counted - 1].Confidence); counted++)
            {
                wrong += ordered[counted].Right ? 0 : 1;
            }
            if (ProbabilityOfAtMost(wrong, counted, risk) <= doubt)
            {
                threshold = ordered[counted - 1].Confidence;
            }
            else if (threshold <= 1 || !seeks)
            {
                break;
            }
        }
        return threshold;
    }

    /// <summary>P(Binomial(n, p) ≤ k).</summary>
    private static double ProbabilityOfAtMost(int k, int n, double p) => k >= n ? 1 : SpecialFunctions.BetaRegularized(n - k, k + 1, 1 - p);
}
