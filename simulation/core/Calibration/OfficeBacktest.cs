namespace CityTwin.Simulation.Calibration;

/// <summary>How an office came out of a backtest.</summary>
/// <param name="Office">Its name in the log.</param>
/// <param name="Cases">Cases compared with.</param>
/// <param name="Days">The mean calendar days from first to last event, as it was.</param>
/// <param name="DaysSimulated">As simulated, with the middle 90 % of replications.</param>
/// <param name="OnTime">The share on time as it was; null without deadlines.</param>
/// <param name="OnTimeSimulated">As simulated; null without deadlines.</param>
public sealed record OfficeBacktest(string Office, int Cases, double Days, Interval DaysSimulated, double? OnTime, Interval? OnTimeSimulated)
{
    /// <summary>Fewer cases than this to compare with say nothing of an office.</summary>
    public const int CasesMin = 20;

    /// <summary>The earth mover's distance of its cycle times, hours; not a number where the simulation has none of its cases.</summary>
    public double CycleDistance { get; init; }

    /// <summary>That of the hours of the day on which its events happen, hours.</summary>
    public double CircadianDistance { get; init; }

    /// <summary>The share of days whose number of ended cases lay within the middle 90 % of the replications.</summary>
    public double EndCoverage { get; init; }

    /// <summary>The relative error of the mean days.</summary>
    public double DaysError => Math.Abs(DaysSimulated.Estimate - Days) / Math.Max(1e-9, Days);

    /// <summary>The relative error of the share on time; null without deadlines.</summary>
    public double? OnTimeError => OnTimeSimulated is { } s && OnTime is { } seen ? Math.Abs(s.Estimate - seen) / Math.Max(1e-9, seen) : null;

    /// <summary>Whether the mean days that were lie in the band that was simulated.</summary>
    public bool AreDaysHeld => DaysSimulated.Contains(Days);

    /// <summary>Whether the share on time that was lies in the band that was simulated; null without deadlines.</summary>
    public bool? IsOnTimeHeld => OnTimeSimulated is { } s && OnTime is { } seen ? s.Contains(seen) : null;

    /// <summary>How far to trust the model here: the worse of the two errors below a tenth, below a quarter, or above.</summary>
    public TrustLevel Level => Cases < CasesMin ? TrustLevel.FewCases : !double.IsFinite(DaysError) ? TrustLevel.NotFitted : Math.Max(DaysError, OnTimeError ?? 0) switch
    {
        < 0.1 => TrustLevel.Good,
        < 0.25 => TrustLevel.Fair,
        _ => TrustLevel.Poor,
    };

    /// <summary>The same in words.</summary>
    public string Trust => Level switch
    {
        TrustLevel.Good => "good",
        TrustLevel.Fair => "fair",
        TrustLevel.Poor => "poor",
        TrustLevel.FewCases => "too few cases",
        _ => "not in the fitted part",
    };
}

/// <summary>How far to trust the model of an office.</summary>
public enum TrustLevel
{
    /// <summary>Mean days and share on time within a tenth of what happened.</summary>
    Good,

    /// <summary>Within a quarter.</summary>
    Fair,

    /// <summary>Farther off.</summary>
    Poor,

    /// <summary>Fewer than 20 cases to compare with.</summary>
    FewCases,

    /// <summary>It had no cases in the part that was fitted.</summary>
    NotFitted,
}
