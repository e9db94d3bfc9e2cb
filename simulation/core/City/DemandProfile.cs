using System.Collections.Immutable;

namespace CityTwin.Simulation.City;

/// <summary>When in the week and in the day citizens file, at the counter and online.</summary>
/// <remarks>Weights are relative: a week of five ordinary working days brings five times a working day's mean.</remarks>
public sealed record DemandProfile
{
    /// <summary>Weights of the 24 hours of a working day at the counter; who comes during the break waits.</summary>
    public required ImmutableArray<double> CounterHours { get; init; }

    /// <summary>Weights of the 24 hours of a day online.</summary>
    public required ImmutableArray<double> OnlineHours { get; init; }

    /// <summary>Weights of Monday to Sunday at the counter; only working days count.</summary>
    public required ImmutableArray<double> CounterWeekdays { get; init; }

    /// <summary>Weights of Monday to Sunday online.</summary>
    public required ImmutableArray<double> OnlineWeekdays { get; init; }

    /// <summary>The online weight of a public holiday against that of its weekday, 0 to 1.</summary>
    public double HolidayOnline { get; init; } = 0.25;

    /// <summary>The share of a holiday's counter visits that come later, half of them on each working day after it, 0 to 1.</summary>
    public double HolidayCatchUp { get; init; } = 0.5;

    /// <summary>Standard deviation of the logarithm of a day's own factor: how much days differ beyond chance. 0 or more.</summary>
    public double DaySigma { get; init; }

    /// <summary>Mornings heavier than afternoons, Mondays heavier than Fridays; online into the evening. An assumption until calibrated.</summary>
    public static DemandProfile Usual { get; } = new()
    {
        CounterHours = [0, 0, 0, 0, 0, 0, 0, 0.6, 1.4, 1.5, 1.2, 0.4, 0, 0.5, 1.2, 1.1, 0.7, 0, 0, 0, 0, 0, 0, 0],
        OnlineHours = [0.2, 0.1, 0.05, 0.05, 0.05, 0.1, 0.3, 0.8, 1.5, 1.7, 1.5, 1.0, 0.7, 0.9, 1.4, 1.4, 1.2, 0.7, 0.6, 0.9, 1.1, 1.0, 0.7, 0.4],
        CounterWeekdays = [1.2, 1.05, 1, 0.9, 0.85, 0.5, 0],
        OnlineWeekdays = [1.2, 1.1, 1.05, 1, 0.9, 0.35, 0.3],
    };

    /// <summary>The same rate at every moment of every day, at the counter as online.</summary>
    public static DemandProfile Even { get; } = new()
    {
        CounterHours = [.. Enumerable.Repeat(1.0, 24)],
        OnlineHours = [.. Enumerable.Repeat(1.0, 24)],
        CounterWeekdays = [.. Enumerable.Repeat(1.0, 7)],
        OnlineWeekdays = [.. Enumerable.Repeat(1.0, 7)],
        HolidayCatchUp = 0,
        HolidayOnline = 1,
    };
}
