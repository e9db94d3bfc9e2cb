using CityTwin.Ml.Classification;
using CityTwin.Ml.Duplicates;
using CityTwin.Ml.Learning;
using CityTwin.Ml.Seed;

namespace CityTwin.ClientApi.Feedback;

/// <summary>How citizens' reports are read.</summary>
internal sealed record FeedbackOptions
{
    /// <summary>The model to begin with. Default: the bundled seed model.</summary>
    public FeedbackModel Model { get; init; } = SeedModel.Load();

    /// <summary>What models learn from beside corrections. Default: the bundled messages.</summary>
    public Func<IReadOnlyList<Example>> Texts { get; init; } = SeedTexts.Train;

    /// <summary>Labelled texts that no model learns from, to compare models by. Default: the bundled test messages.</summary>
    public Func<IReadOnlyList<Example>> HeldBack { get; init; } = SeedTexts.Test;

    /// <summary>Labelled texts that only say how sure a model may be. Default: the bundled ones; none for texts of one's own.</summary>
    public Func<IReadOnlyList<Example>> Calibration { get; init; } = SeedTexts.Calibration;

    /// <summary>When two reports are taken for one.</summary>
    public DuplicateOptions Duplicates { get; init; } = new();

    /// <summary>When drift is called.</summary>
    public DriftOptions Drift { get; init; } = new();

    /// <summary>Model versions kept, the running one included; 2 to 100, default 10.</summary>
    public int VersionsMax { get; init; } = 10;
}
