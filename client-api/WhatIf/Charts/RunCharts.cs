using CityTwin.Grains;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>What a run showed, in the form that charts, maps and tables are drawn from.</summary>
/// <param name="City">The base city's short name, or live.</param>
/// <param name="Start">The first day simulated.</param>
/// <param name="Days">How many days.</param>
/// <param name="WarmUpDays">How many of them were not counted.</param>
/// <param name="Replications">Paired replications.</param>
/// <param name="Confidence">The level of all intervals, 0 to 1.</param>
/// <param name="Seed">The seed of all chance.</param>
/// <param name="LiveAt">With live: the moment of the live state, UTC.</param>
/// <param name="LiveCases">With live: the open cases it began with.</param>
/// <param name="WorkingDays">The days of the backlog lines.</param>
/// <param name="Sweep">The lever along which the variants lie, where exactly one was swept.</param>
/// <param name="Variants">The base first, then what it was changed to.</param>
/// <param name="Named">The offices that the changes name.</param>
/// <param name="Sensitivities">What each assumption does to the share on time, the largest first; empty unless asked for.</param>
/// <param name="Savings">Working days that simplified procedures save.</param>
internal sealed record RunCharts(
    string City, DateOnly Start, int Days, int WarmUpDays, int Replications, double Confidence, long Seed, DateTimeOffset? LiveAt, int? LiveCases,
    IReadOnlyList<DateOnly> WorkingDays, SweptLever? Sweep, IReadOnlyList<VariantCharts> Variants, IReadOnlyList<TwinId> Named,
    IReadOnlyList<SensitivityReading> Sensitivities, IReadOnlyList<SavingReading> Savings)
{
    /// <summary>How the variants after the base stand among each other by their share on time, the likeliest best first; empty for fewer than two.</summary>
    public IReadOnlyList<RankReading> Ranking { get; init; } = [];

    /// <summary>The choice of the best variant; null unless asked for.</summary>
    public ChoiceReading? Choice { get; init; }

    /// <summary>The file's name.</summary>
    public const string FileName = "charts.json";
}

/// <summary>How a variant stands among those after the base.</summary>
/// <param name="Variant">Its place among the variants, from 1.</param>
/// <param name="OnTime">Its share on time, percent.</param>
/// <param name="BestProbability">How often it is the best when the replications are drawn anew from those that were run (bootstrap over pairs), 0 to 1.</param>
internal sealed record RankReading(int Variant, EstimateReading OnTime, double BestProbability);

/// <summary>The best variant by Kim and Nelson's procedure.</summary>
/// <param name="Variant">Its place among the variants, from 1.</param>
/// <param name="Decided">False: the limit on replications came first, and it looks best.</param>
/// <param name="IndifferencePoints">Differences on time of so many points do not matter.</param>
/// <param name="Confidence">The probability of the right choice, 0 to 1.</param>
/// <param name="Replications">How many replications each variant after the base was given: losers drop out early.</param>
internal sealed record ChoiceReading(int Variant, bool Decided, double IndifferencePoints, double Confidence, IReadOnlyList<int> Replications);

/// <summary>The lever of a sweep.</summary>
/// <param name="Lever">Its name in the scenario.</param>
/// <param name="Values">Its values, in the order of the variants after the base.</param>
internal sealed record SweptLever(string Lever, IReadOnlyList<double> Values);

/// <summary>One variant.</summary>
/// <param name="Name">Its name; the base's is base.</param>
/// <param name="Figures">Every figure: without the changes, with them, and the paired difference.</param>
/// <param name="Backlog">Open cases by working day; null for the middle variants of a long sweep.</param>
/// <param name="Offices">By office; empty for the middle variants of a long sweep.</param>
/// <param name="Desks">By kind of desk, the largest first; empty as before.</param>
internal sealed record VariantCharts(
    string Name, IReadOnlyList<FigureReading> Figures, BandReading? Backlog, IReadOnlyList<OfficeCharts> Offices, IReadOnlyList<DeskKindCharts> Desks);

/// <summary>A line with the middle 90 % of the replications around it.</summary>
/// <param name="Low">The 5 % quantile by day.</param>
/// <param name="Median">The median by day.</param>
/// <param name="High">The 95 % quantile by day.</param>
internal sealed record BandReading(IReadOnlyList<double> Low, IReadOnlyList<double> Median, IReadOnlyList<double> High);

/// <summary>An office of a variant.</summary>
/// <param name="Office">The office.</param>
/// <param name="Name">Its Vietnamese name.</param>
/// <param name="Results">Mean results over the days counted.</param>
/// <param name="OnTime">The share of results on time, percent; null where there was none.</param>
/// <param name="OnTimeDifference">Its paired difference from the base, points; null for the base and where there was no result.</param>
/// <param name="DaysMean">Mean working days to the result.</param>
internal sealed record OfficeCharts(
    TwinId Office, string Name, double Results, EstimateReading? OnTime, EstimateReading? OnTimeDifference, EstimateReading? DaysMean);

/// <summary>Desks of one kind at one level, taken together.</summary>
/// <param name="Level">commune or city.</param>
/// <param name="Name">The desks' English name.</param>
/// <param name="StaffHours">Mean hours of their officers over the days counted.</param>
/// <param name="BusyPercent">Of these: on cases.</param>
/// <param name="IdlePercent">No work.</param>
/// <param name="AbsentPercent">Absent.</param>
/// <param name="ShutPercent">The office was shut.</param>
/// <param name="WaitHoursMean">Mean wait for an officer, working hours.</param>
internal sealed record DeskKindCharts(
    Level Level, string Name, double StaffHours, double BusyPercent, double IdlePercent, double AbsentPercent, double ShutPercent, double WaitHoursMean);

/// <summary>What the share on time does when one assumption is a fifth less and more.</summary>
/// <param name="Name">The assumption.</param>
/// <param name="Less">The change with a fifth less, points.</param>
/// <param name="More">The change with a fifth more, points.</param>
internal sealed record SensitivityReading(string Name, EstimateReading Less, EstimateReading More);

/// <summary>What simplifying one procedure saves.</summary>
/// <param name="Service">Its English name.</param>
/// <param name="DaysOff">Working days taken off its limit.</param>
/// <param name="CasesPerYear">How often it is asked for in a year.</param>
/// <param name="DaysPerYear">Citizens' working days of waiting saved a year.</param>
internal sealed record SavingReading(string Service, double DaysOff, double CasesPerYear, double DaysPerYear);
