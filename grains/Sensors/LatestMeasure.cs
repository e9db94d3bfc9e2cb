using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>The latest reading of one measure.</summary>
/// <param name="Measure">What, and in which unit.</param>
/// <param name="AtMs">When by the sensor's own clock, ms since 1970.</param>
/// <param name="Value">The value as the instrument gave it.</param>
public readonly record struct LatestMeasure(Measure Measure, long AtMs, double Value)
{
    /// <summary>The latest readings after one more; one that is not newer changes nothing.</summary>
    public static ImmutableArray<LatestMeasure> After(ImmutableArray<LatestMeasure> before, in Reading reading)
    {
        for (int i = 0; i < before.Length; i++)
        {
            if (before[i].Measure == reading.Measure)
            {
                return before[i].AtMs >= reading.AtMs ? before : before.SetItem(i, new LatestMeasure(reading.Measure, reading.AtMs, reading.Value));
            }
        }
        return before.Add(new LatestMeasure(reading.Measure, reading.AtMs, reading.Value));
    }
}
