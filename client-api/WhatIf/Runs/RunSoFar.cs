using CityTwin.Simulation.WhatIf;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>What a run has shown so far. Intervals that are looked at again and again hold less often than their level says: the result's count.</summary>
/// <param name="Replications">The first so many paired replications.</param>
/// <param name="ReplicationsMax">How many there may be at most.</param>
/// <param name="Confidence">The level of the intervals, 0 to 1.</param>
/// <param name="HalfWidth">The widest half-width of the differences on time, points; of the base alone, of its share on time.</param>
/// <param name="HalfWidthWanted">The half-width at which the run stops; null: it has a number of replications.</param>
/// <param name="Figures">Every figure of the last variant beside the base.</param>
/// <param name="Variants">The share on time of the variants after the base, the first twelve.</param>
internal sealed record RunSoFar(
    int Replications, int ReplicationsMax, double Confidence, double HalfWidth, double? HalfWidthWanted, IReadOnlyList<FigureReading> Figures,
    IReadOnlyList<VariantSoFar> Variants)
{
    private const int VariantsMax = 12;

    /// <summary>Of what all variants have shown.</summary>
    public static RunSoFar Of(WhatIfResult known) => new(
        known.Variants[0].Replications.Length,
        known.Run.Precision is null ? known.Run.Replications : Math.Max(known.Run.Replications, known.Run.ReplicationMax),
        known.Run.Confidence,
        Math.Round(known.HalfWidth, 4),
        known.Run.Precision * 100,
        ChartsOfResult.Figures(known, known.Variants.Length - 1),
        [.. Enumerable.Range(1, known.Variants.Length - 1).Take(VariantsMax).Select(v => new VariantSoFar(
            known.Variants[v].Name, EstimateReading.Of(known.Of(v, 0)), EstimateReading.Of(known.Difference(v, 0))))]);
}

/// <summary>A variant's share on time so far.</summary>
/// <param name="Name">Its name.</param>
/// <param name="OnTime">Percent.</param>
/// <param name="Difference">The paired difference from the base, points.</param>
internal sealed record VariantSoFar(string Name, EstimateReading OnTime, EstimateReading Difference);
