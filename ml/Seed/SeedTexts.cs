using CityTwin.Ml.Classification;

namespace CityTwin.Ml.Seed;

/// <summary>The bundled Vietnamese messages with category, level and urgency. How they were written: docs/ml/labelling.md.</summary>
public static class SeedTexts
{
    /// <summary>What the seed model learns from.</summary>
    public static IReadOnlyList<Example> Train() => Read("train.tsv");

    /// <summary>Messages written apart, one by one, to judge the seed model by.</summary>
    public static IReadOnlyList<Example> Test() => Read("test.tsv");

    /// <summary>Messages written apart, one by one, that only say how sure the seed model may be.</summary>
    public static IReadOnlyList<Example> Calibration() => Read("calibration.tsv");

    private static IReadOnlyList<Example> Read(string name)
    {
        using StreamReader reader = new(SeedModel.Resource(name));
        return LabelledTextFile.Read(reader, name);
    }
}
