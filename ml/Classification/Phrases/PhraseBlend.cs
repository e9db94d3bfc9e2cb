using System.Numerics.Tensors;
using CityTwin.Ml.Classification.Training;

namespace CityTwin.Ml.Classification.Phrases;

/// <summary>How much of the phrase networks' scores is added to the linear model's, for one head and one form of the texts.</summary>
/// <param name="Share">What the networks' scores are multiplied by; 0: they are left out.</param>
/// <param name="Scores">Both scores added.</param>
/// <param name="Temperature">By which those come true.</param>
internal sealed record PhraseBlend(float Share, float[] Scores, float Temperature)
{
    // Of both scores divided by their own temperatures.
    private static readonly float[] Shares = [0, 0.25f, 0.43f, 0.67f, 1, 1.5f, 2.3f];

    /// <summary>The share with the highest merit on what was held back.</summary>
    internal static PhraseBlend Choose(HeadSearch search, HeadSearch.Found found, float[] linear, float[] phrases)
    {
        float ratio = Temperature(linear) / Temperature(phrases);
        PhraseBlend? best = null;
        double merit = double.NegativeInfinity;
        foreach (float share in Array.Exists(phrases, p => p != 0) ? Shares : [0])
        {
            float[] both = new float[linear.Length];
            TensorPrimitives.MultiplyAdd(phrases, share * ratio, linear, both);
            if (search.MeritOf(both) is var reached && reached > merit)
            {
                (best, merit) = (new(share * ratio, both, Temperature(both)), reached);
            }
        }
        return best!;

        float Temperature(float[] scores) => Training.Temperature.Fit(scores, found.Stride, found.Truth, search.Labels);
    }
}
