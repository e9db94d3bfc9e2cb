namespace CityTwin.Simulation.City;

/// <summary>What a city folder does not say and a simulation needs. Every value can be set in a scenario; sources: docs/simulation.md.</summary>
public sealed record CityAssumptions
{
    /// <summary>Dossiers filed per working day in the whole city; null: 11.4 per 1,000 residents a month of 21 working days.</summary>
    public double? DossiersPerDay { get; init; }

    /// <summary>Feedback reports per dossier. Default 0.037: 1022 hotline to dossiers of Ho Chi Minh City's first fortnight.</summary>
    public double FeedbackPerDossier { get; init; } = 0.037;

    /// <summary>How a commune's volume grows with its population: population to this power. Default 0.92 (communes of Phú Thọ).</summary>
    public double VolumeExponent { get; init; } = 0.92;

    /// <summary>The median of the working days in which nobody handles a case, as a share of the limit, for limits of a day or more. 0: none.</summary>
    public double ProcessShare { get; init; } = 0.5;

    /// <summary>Standard deviation of the logarithm of those days.</summary>
    public double ProcessSigma { get; init; } = 0.55;

    /// <summary>The chance that documents are missing at receipt.</summary>
    public double MissingChance { get; init; } = 0.05;

    /// <summary>The chance that an official must ask the citizen.</summary>
    public double AskChance { get; init; } = 0.04;

    /// <summary>The chance that a commune passes a dossier of a limit of two days or more up to a department.</summary>
    public double EscalateChance { get; init; } = 0.06;

    /// <summary>The chance that a department returns such a dossier.</summary>
    public double SendBackChance { get; init; } = 0.1;

    /// <summary>The chance that a citizen objects to a result.</summary>
    public double ReopenChance { get; init; } = 0.01;

    /// <summary>The chance that a result turns the citizen down.</summary>
    public double RejectChance { get; init; } = 0.02;

    /// <summary>The share of officers absent on any one day.</summary>
    public double AbsenceShare { get; init; } = 0.03;

    /// <summary>How much days differ beyond chance: standard deviation of the logarithm of a day's own factor.</summary>
    public double DaySigma { get; init; } = 0.1;
}
