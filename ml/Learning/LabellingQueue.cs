using CityTwin.Ml.Classification;
using CityTwin.Ml.Duplicates;

namespace CityTwin.Ml.Learning;

/// <summary>A message worth a person's label.</summary>
/// <param name="Case">The case it belongs to.</param>
/// <param name="Text">The message; masked before it came here.</param>
/// <param name="Usefulness">How much its label would teach, 0 to 2: how undecided the model is, and how strange its words are.</param>
public sealed record LabellingCandidate(string Case, string Text, double Usefulness);

/// <summary>The messages most useful to label next (active learning): those the model is undecided on or reads strange words
/// in, and none that is nearly the same as another in the queue.</summary>
/// <remarks>Bounded: a more useful message drives out the least useful. Thread-safe by one lock.</remarks>
/// <param name="capacity">The most messages kept, 1 to 10,000.</param>
public sealed class LabellingQueue(int capacity)
{
    private const float TooAlike = 0.5f;
    private readonly int capacity = capacity is >= 1 and <= 10_000
        ? capacity
        : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "A labelling queue keeps 1 to 10,000 messages.");

    private readonly Lock access = new();
    private readonly List<(LabellingCandidate Candidate, TextSignature Signature)> kept = [];

    /// <summary>How many messages wait.</summary>
    public int Count
    {
        get
        {
            lock (access)
            {
                return kept.Count;
            }
        }
    }

    /// <summary>Offers a message; whether it was kept.</summary>
    public bool Offer(string caseId, string text, Prediction prediction)
    {
        LabellingCandidate offered = new(caseId, text, UsefulnessOf(prediction));
        TextSignature signature = TextSignature.Of(text);
        lock (access)
        {
            int alike = kept.FindIndex(k => k.Signature.Similarity(signature) >= TooAlike);
            if (alike >= 0)
            {
                if (kept[alike].Candidate.Usefulness >= offered.Usefulness)
                {
                    return false;
                }
                kept.RemoveAt(alike);
            }
            int place = kept.FindIndex(k => k.Candidate.Usefulness < offered.Usefulness);
            kept.Insert(place < 0 ? kept.Count : place, (offered, signature));
            if (kept.Count <= capacity)
            {
                return true;
            }
            bool outlived = kept[^1].Candidate != offered;
            kept.RemoveAt(kept.Count - 1);
            return outlived;
        }
    }

    /// <summary>Takes the most useful messages out, the best first.</summary>
    public IReadOnlyList<LabellingCandidate> Take(int count)
    {
        lock (access)
        {
            LabellingCandidate[] taken = [.. kept.Take(count).Select(k => k.Candidate)];
            kept.RemoveRange(0, taken.Length);
            return taken;
        }
    }

    private static double UsefulnessOf(Prediction prediction)
    {
        double undecided = 0;
        foreach (Prediction.Answer answer in prediction.Answers)
        {
            float second = 0;
            for (int c = 0; c < answer.Probabilities.Length; c++)
            {
                second = c == answer.LabelNumber ? second : Math.Max(second, answer.Probabilities[c]);
            }
            undecided = Math.Max(undecided, 1 - (answer.Probability - second));
        }
        double strange = prediction.WordsRead == 0 ? 0 : 1 - (prediction.WordsKnown / (double)prediction.WordsRead);
        return undecided + strange;
    }
}
