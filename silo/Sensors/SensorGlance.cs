using System.Collections.Immutable;
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
/// <param name="Measures">The latest reading of each measure, as the instrument gave it.</param>
public readonly record struct SensorGlance(
    double Latest, long LatestAtMs, double Watched, RollingStatistics Hour, RollingStatistics Day, long Taken, long Repeated, ImmutableArray<LatestMeasure> Measures)
{
    /// <summary>The latest reading of a measure, or null.</summary>
    public LatestMeasure? Of(Measure measure)
    {
        foreach (LatestMeasure latest in Measures)
        {
            if (latest.Measure == measure)
            {
                return latest;
            }
        }
        return null;
    }

    /// <summary>What a watch says.</summary>
    internal static SensorGlance Of(SensorWatch watch) =>
        new(watch.Latest, watch.LatestAtMs, watch.Watched, watch.Over(1), watch.Over(24), watch.Taken, watch.Repeated, watch.Measures);
}
