using CityTwin.Simulation.WhatIf;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>The figures of each replication of a run, kept so that runs can be compared pair by pair.</summary>
/// <param name="Confidence">The level of the run's intervals.</param>
/// <param name="Base">Without the changes: by figure, then by replication. Figures are in the order of <see cref="Metric.All"/>.</param>
/// <param name="Changed">With them (of a sweep: the last combination); null where the scenario changes nothing.</param>
internal sealed record PairedFigures(double Confidence, double[][] Base, double[][]? Changed)
{
    /// <summary>The file's name.</summary>
    public const string FileName = "pairs.json";

    /// <summary>Of a result.</summary>
    public static PairedFigures Of(WhatIfResult result) => new(
        result.Run.Confidence, Figures(result.Variants[0]), result.Variants.Length > 1 ? Figures(result.Variants[^1]) : null);

    // JSON has no word for what is not a number, as the mean rating of nobody.
    private static double[][] Figures(VariantResult variant) =>
        [.. Enumerable.Range(0, Metric.All.Length).Select(m => variant.Metric(m).Select(v => double.IsFinite(v) ? v : 0).ToArray())];
}
