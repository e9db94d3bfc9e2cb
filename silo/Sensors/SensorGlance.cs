using CityTwin.Grains;

namespace CityTwin.Silo.Sensors;

/// <summary>What a sensor's readings say.</summary>
/// <param name="Latest">The latest believed value of the primary measure, calibrated; NaN before the first.</param>
/// <param name="LatestAtMs">When it was taken, ms since 1970; 0 before the first.</param>
/// <param name="Watched">The number held against the thresholds; NaN before there is one.</param>
/// <param name="Hour">Statistics of the primary measure over the hour of the latest reading.</param>
/// <param name="Day">The same over 24 hours.</param>
/// <param name="Taken">Readings followed since the start.</param>
/// <param name="Repeated">Readings that came again since the start.</param>
public readonly record struct SensorGlance(
    double Latest, long LatestAtMs, double Watched, RollingStatistics Hour, RollingStatistics Day, long Taken, long Repeated);
