using CityTwin.Grains;

namespace CityTwin.Silo.Sensors;

/// <summary>Readings of one sensor and measure within one chunk's quarter of an hour, on their way into it.</summary>
internal sealed record ReadingGroup(TwinId Sensor, Measure Measure, long StartMs, Reading[] Readings)
{
    /// <summary>Where the hour that it lies in begins, s since 1970.</summary>
    public long HourStart => StartMs / 1000 / ReadingStore.HourSeconds * ReadingStore.HourSeconds;

    /// <summary>The chunk with the readings added, and the values of the minutes that changed; null when all of them were there.</summary>
    /// <param name="packed">The chunk as it is stored; null when there is none.</param>
    public (byte[] Packed, List<MinuteValue> Minutes)? AddTo(byte[]? packed)
    {
        SortedList<long, double> values = [];
        if (packed is not null)
        {
            ReadingChunk.Read(StartMs, packed, values);
        }
        HashSet<long> minutes = [];
        foreach (Reading reading in Readings)
        {
            if (values.TryAdd(reading.AtMs, reading.Value))
            {
                minutes.Add(MinuteOf(reading.AtMs));
            }
        }
        return minutes.Count == 0 ? null : (ReadingChunk.Write(StartMs, values), [.. values
            .GroupBy(v => MinuteOf(v.Key)).Where(m => minutes.Contains(m.Key))
            .Select(m => new MinuteValue(m.Key, m.Count(), m.Sum(v => v.Value), m.Min(v => v.Value), m.Max(v => v.Value)))]);
    }

    private static long MinuteOf(long atMs) => atMs / 1000 / ReadingStore.MinuteSeconds * ReadingStore.MinuteSeconds;
}

/// <summary>What a minute had.</summary>
/// <param name="Start">Where it begins, s since 1970.</param>
/// <param name="Count">Readings.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
internal readonly record struct MinuteValue(long Start, long Count, double Sum, double Min, double Max);
