namespace CityTwin.Grains;

/// <summary>One measured value. A sensor, a measure and a time name it: the same again is a repeat.</summary>
/// <param name="Sensor">Who measured.</param>
/// <param name="Measure">What, and in which unit.</param>
/// <param name="AtMs">When by the sensor's own clock, ms since 1970 UTC.</param>
/// <param name="Value">The value as the instrument gave it, before calibration.</param>
public readonly record struct Reading(TwinId Sensor, Measure Measure, long AtMs, double Value)
{
    /// <summary>When by the sensor's own clock, UTC.</summary>
    public DateTimeOffset At => DateTimeOffset.FromUnixTimeMilliseconds(AtMs);
}
