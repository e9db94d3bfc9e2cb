namespace CityTwin.Ml.Classification;

/// <summary>How to train.</summary>
public sealed record TrainingOptions
{
    /// <summary>The seed of everything drawn; default 1. Equal data, options and seed give the same file on the same kind of machine.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The share of wrong answers allowed among those not left to a person, above 0 and below 1; default 0.05.</summary>
    public double RiskTarget { get; init; } = 0.05;

    /// <summary>The probability allowed of missing the risk target by the draw of the validation texts, above 0 and at most 0.5; default 0.1. Half of
    /// it where validation is across folds, twice as much by <see cref="Calibration"/> texts: few can be had, and a smaller doubt would leave
    /// nearly all to people.</summary>
    public double Doubt { get; init; } = 0.1;

    /// <summary>Texts that only temperatures and thresholds are found by, in place of those held back; default none. A head with labels on
    /// fewer than 50 of them is calibrated by what was held back.</summary>
    public IReadOnlyList<Example> Calibration { get; init; } = [];

    /// <summary>Phrase networks whose scores are averaged, 0 to 8; default 3. 0 trains none.</summary>
    public int PhraseNetworks { get; init; } = 3;

    /// <summary>Which n-grams may count; the best by validation is taken. At least one.</summary>
    public IReadOnlyList<FeatureSettings> Candidates { get; init; } = FeatureSettings.Candidates;

    internal void Validate()
    {
        if (RiskTarget is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(RiskTarget), RiskTarget, "The risk target lies between 0 and 1.");
        }
        if (Doubt is not (> 0 and <= 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(Doubt), Doubt, "The doubt is above 0 and at most 0.5.");
        }
        ArgumentOutOfRangeException.ThrowIfNegative(PhraseNetworks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(PhraseNetworks, 8);
        ArgumentOutOfRangeException.ThrowIfZero(Candidates.Count, nameof(Candidates));
    }
}

/// <summary>A word on how far a training run is.</summary>
/// <param name="Done">Steps done.</param>
/// <param name="Of">Steps in all.</param>
/// <param name="Step">What was just done.</param>
public readonly record struct TrainingProgress(int Done, int Of, string Step);
