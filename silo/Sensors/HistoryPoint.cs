using CityTwin.Grains;

namespace CityTwin.Silo.Sensors;

/// <summary>How fine a history is.</summary>
public enum Resolution
{
    /// <summary>As measured.</summary>
    Raw,

    /// <summary>By the minute.</summary>
    Minute,

    /// <summary>By the hour.</summary>
    Hour,
}

/// <summary>One value of a history: a reading, or what a minute or an hour had.</summary>
/// <param name="Sensor">Whose.</param>
/// <param name="Measure">What.</param>
/// <param name="At">When, or when the minute or hour begins, UTC.</param>
/// <param name="Count">Readings.</param>
/// <param name="Min">The least.</param>
/// <param name="Mean">The mean.</param>
/// <param name="Max">The greatest.</param>
public readonly record struct HistoryPoint(TwinId Sensor, Measure Measure, DateTimeOffset At, long Count, double Min, double Mean, double Max);
