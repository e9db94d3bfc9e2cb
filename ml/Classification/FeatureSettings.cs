namespace CityTwin.Ml.Classification;

/// <summary>Which n-grams count, and how much.</summary>
/// <param name="GramMin">The shortest character n-gram, word boundaries included.</param>
/// <param name="GramMax">The longest character n-gram.</param>
/// <param name="GramScale">The weight of a character n-gram beside a word's 1.</param>
/// <param name="PairScale">The weight of two neighbouring words beside a word's 1.</param>
/// <param name="RarityPower">The power of an n-gram's inverse document frequency; 1 is the usual TF-IDF.</param>
/// <param name="CountMin">How many texts an n-gram must occur in to count.</param>
public sealed record FeatureSettings(int GramMin, int GramMax, float GramScale, float PairScale, float RarityPower, int CountMin)
{
    /// <summary>What a training run chooses from by validation.</summary>
    /// <remarks>Short texts want neighbouring words, long words want long character n-grams: no single setting is best everywhere.</remarks>
    public static IReadOnlyList<FeatureSettings> Candidates { get; } =
    [
        new(2, 4, 0.3f, 1f, 1f, 1),
        new(2, 4, 0.3f, 1.5f, 1f, 1),
        new(2, 5, 1f, 1.5f, 1.5f, 1),
        new(3, 6, 1f, 1f, 1.5f, 1),
        new(3, 5, 0.7f, 1f, 1.5f, 1),
    ];
}
