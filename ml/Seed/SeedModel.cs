using CityTwin.Ml.Classification;

namespace CityTwin.Ml.Seed;

/// <summary>The model that a city without labels of its own starts from.</summary>
/// <remarks>Made by <c>ml train ml/Seed/train.tsv --calibration ml/Seed/calibration.tsv -o ml/Seed/seed.model</c>; what it can and can't do: docs/ml.md.</remarks>
public static class SeedModel
{
    private static readonly Lazy<FeedbackModel> Loaded = new(() =>
    {
        using Stream stream = Resource("seed.model");
        return FeedbackModel.Load(stream);
    });

    /// <summary>The model, read once.</summary>
    public static FeedbackModel Load() => Loaded.Value;

    internal static Stream Resource(string name) =>
        typeof(SeedModel).Assembly.GetManifestResourceStream($"CityTwin.Ml.Seed.{name}")
        ?? throw new InvalidOperationException($"The program was built without {name}.");
}
