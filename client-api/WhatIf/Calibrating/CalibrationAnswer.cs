using CityTwin.Grains;
using CityTwin.Simulation.Calibration;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>How far to trust the model, by the latest calibration from the journal.</summary>
/// <param name="Run">The calibration that is told; null: none is done yet.</param>
/// <param name="Pending">A later one that waits or runs; null: there is none.</param>
/// <param name="Calibration">What it found; null as <paramref name="Run"/>.</param>
internal sealed record CalibrationAnswer(RunReading? Run, RunReading? Pending, CalibrationReading? Calibration);

/// <summary>What a calibration found: a fit of the journal, and how well a fit of its first part foretold the rest.</summary>
/// <param name="From">The first case's arrival.</param>
/// <param name="SplitAt">Where the journal was cut.</param>
/// <param name="To">The last case's arrival.</param>
/// <param name="FittedCases">Cases that ended before the cut.</param>
/// <param name="ComparedCases">Cases that came after it.</param>
/// <param name="CasesPerWeek">Mean cases a week.</param>
/// <param name="HourOfWeek">Weights of the 168 hours of a week, Monday's first; 1 on average.</param>
/// <param name="ArrivalDistanceHours">Earth mover's distance of arrival times.</param>
/// <param name="CycleDistanceHours">Earth mover's distance of the times from first to last event.</param>
/// <param name="CircadianDistanceHours">Earth mover's distance of the hours of the day on which events happen.</param>
/// <param name="ArrivalCoverage">The share of days whose arrivals lay within the middle 90 % of the replications, 0 to 1.</param>
/// <param name="EndCoverage">The same of cases that ended.</param>
/// <param name="Offices">By office, the most cases first.</param>
/// <param name="Handling">Fits of the handling times, by activity.</param>
/// <param name="Routing">What follows what, the commonest first; at most 60.</param>
internal sealed record CalibrationReading(
    DateTimeOffset From, DateTimeOffset SplitAt, DateTimeOffset To, int FittedCases, int ComparedCases, double CasesPerWeek, IReadOnlyList<double> HourOfWeek,
    double? ArrivalDistanceHours, double? CycleDistanceHours, double? CircadianDistanceHours, double ArrivalCoverage, double EndCoverage,
    IReadOnlyList<OfficeCalibration> Offices, IReadOnlyList<HandlingFit> Handling, IReadOnlyList<RoutingShare> Routing);

/// <summary>How far to trust the model of an office.</summary>
/// <param name="Office">The office; null where the journal has one that the city has not.</param>
/// <param name="Name">Its name.</param>
/// <param name="Trust">good, fair, poor, or why nothing can be said.</param>
/// <param name="Cases">Decided cases in the journal.</param>
/// <param name="ComparedCases">Those that the backtest compared with.</param>
/// <param name="Staff">People who did something in a week, on average.</param>
/// <param name="HandedOn">The share of cases that more than one person worked on, 0 to 1.</param>
/// <param name="Fit">The days from filing to decision: the best fit by BIC; null for fewer than 20 cases.</param>
/// <param name="OtherFits">The other fits, by BIC.</param>
/// <param name="Days">Mean calendar days in the compared part, as they were; null where nothing was compared.</param>
/// <param name="DaysSimulated">As simulated, with the middle 90 % of the replications.</param>
/// <param name="DaysError">The relative error, 0: none.</param>
/// <param name="DaysHeld">Whether the days that were lie in the band.</param>
/// <param name="OnTime">The share on time in the compared part, 0 to 1.</param>
/// <param name="OnTimeSimulated">As simulated, with the middle 90 % of the replications.</param>
/// <param name="OnTimeError">The relative error.</param>
/// <param name="OnTimeHeld">Whether the share that was lies in the band.</param>
/// <param name="CycleDistanceHours">Earth mover's distance of the times from first to last event.</param>
/// <param name="CircadianDistanceHours">Earth mover's distance of the hours of the day on which events happen.</param>
/// <param name="EndCoverage">The share of days whose number of ended cases lay within the middle 90 % of the replications.</param>
internal sealed record OfficeCalibration(
    TwinId? Office, string Name, TrustLevel Trust, int Cases, int ComparedCases, double Staff, double HandedOn, FitReading? Fit, IReadOnlyList<FitReading> OtherFits,
    double? Days, EstimateReading? DaysSimulated, double? DaysError, bool? DaysHeld, double? OnTime, EstimateReading? OnTimeSimulated, double? OnTimeError,
    bool? OnTimeHeld, double? CycleDistanceHours, double? CircadianDistanceHours, double? EndCoverage);

/// <summary>A distribution that was fitted.</summary>
/// <param name="Words">As "lognormal, median 3.1, σ 0.8".</param>
/// <param name="Bic">Bayes' information criterion: smaller is better.</param>
/// <param name="KsDistance">The largest distance of the two distribution functions (Kolmogorov and Smirnov), 0 to 1.</param>
/// <param name="KsPValue">The share of samples of the fit itself that lie farther off; below 0.05 the shape is rejected.</param>
internal sealed record FitReading(string Words, double Bic, double KsDistance, double KsPValue);

/// <summary>How long an activity takes, from its beginning to its end.</summary>
/// <param name="Activity">As handled.</param>
/// <param name="Count">How many were seen.</param>
/// <param name="Fit">Hours.</param>
internal sealed record HandlingFit(string Activity, int Count, FitReading Fit);

/// <summary>What follows an activity.</summary>
/// <param name="From">The activity, or (arrival).</param>
/// <param name="To">What follows, or (end).</param>
/// <param name="Share">Its share of what follows, 0 to 1.</param>
internal sealed record RoutingShare(string From, string To, double Share);
