namespace CityTwin.Benchmarks.Figures;

/// <summary>One measured figure beside its target.</summary>
/// <param name="Area">One of <c>grains runtime journal cluster query simulation ml ingest pages</c>.</param>
/// <param name="Name">What was measured, in a few words; stable between runs.</param>
/// <param name="Value">The measured value, in <paramref name="Unit"/>.</param>
/// <param name="Unit">The unit, as <c>commands/s</c>, <c>ms</c>, <c>B</c>.</param>
/// <param name="Target">The value to reach, or null where the figure is for information.</param>
/// <param name="Better">Which way is better.</param>
/// <param name="Baseline">What was measured as comparison in the same run, in the same unit, or null.</param>
/// <param name="Conditions">What a reader needs to know to repeat it: sizes, callers, durability.</param>
public sealed record Figure(
    string Area,
    string Name,
    double Value,
    string Unit,
    double? Target,
    Better Better,
    double? Baseline,
    string Conditions)
{
    /// <summary>Whether the target is reached; null where there is none.</summary>
    public bool? Met => Target is not { } target ? null : Better == Better.Higher ? Value >= target : Value <= target;

    /// <summary>Value over baseline; null where there is no baseline.</summary>
    public double? Ratio => Baseline is { } baseline && baseline != 0 ? Value / baseline : null;
}

/// <summary>The direction in which a figure improves.</summary>
public enum Better
{
    /// <summary>More is better, as of a rate.</summary>
    Higher,

    /// <summary>Less is better, as of a duration or a size.</summary>
    Lower,
}
