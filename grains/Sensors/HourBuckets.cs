namespace CityTwin.Grains;

/// <summary>Count, sum, least and greatest value of each of the last hours, by the readings' own time.</summary>
/// <remarks>A fixed ring: a reading older than the ring, or of an hour that was overwritten, is left out. Not thread-safe.</remarks>
public sealed class HourBuckets(int hours)
{
    private readonly Bucket[] _ring = new Bucket[hours];
    private long _latestHour = long.MinValue;

    /// <summary>Adds a value.</summary>
    public void Add(long atMs, double value)
    {
        long hour = Math.DivRem(atMs, 3_600_000).Quotient;
        if (_latestHour != long.MinValue && hour <= _latestHour - _ring.Length)
        {
            return;
        }
        ref Bucket bucket = ref _ring[hour % _ring.Length];
        bucket = bucket.Hour == hour && bucket.Count > 0
            ? new Bucket(hour, bucket.Count + 1, bucket.Sum + value, Math.Min(bucket.Min, value), Math.Max(bucket.Max, value))
            : new Bucket(hour, 1, value, value, value);
        _latestHour = Math.Max(_latestHour, hour);
    }

    /// <summary>The mean of the hour so many hours before the latest one, NaN where there is none.</summary>
    public double MeanBefore(int hoursBack) => At(hoursBack) is { Count: > 0 } bucket ? bucket.Sum / bucket.Count : double.NaN;

    /// <summary>The statistics of the last hours together.</summary>
    public RollingStatistics Over(int lastHours)
    {
        RollingStatistics all = new(0, 0, double.NaN, double.NaN);
        for (int back = 0; back < Math.Min(lastHours, _ring.Length); back++)
        {
            if (At(back) is { Count: > 0 } b)
            {
                all = all.Count == 0
                    ? new RollingStatistics(b.Count, b.Sum, b.Min, b.Max)
                    : new RollingStatistics(all.Count + b.Count, all.Sum + b.Sum, Math.Min(all.Min, b.Min), Math.Max(all.Max, b.Max));
            }
        }
        return all;
    }

    internal void Save(in CompactWriter writer)
    {
        writer.Whole(_latestHour);
        writer.Whole(_ring.Count(b => b.Count > 0));
        foreach (Bucket bucket in _ring.Where(b => b.Count > 0))
        {
            writer.Whole(_latestHour - bucket.Hour);
            writer.Whole(bucket.Count);
            writer.Number(bucket.Sum);
            writer.Number(bucket.Min);
            writer.Number(bucket.Max);
        }
    }

    internal static HourBuckets Load(int hours, ref CompactReader reader)
    {
        HourBuckets loaded = new(hours) { _latestHour = reader.Whole() };
        for (long left = reader.Whole(); left > 0; left--)
        {
            Bucket bucket = new(loaded._latestHour - reader.Whole(), (int)reader.Whole(), reader.Number(), reader.Number(), reader.Number());
            loaded._ring[bucket.Hour % loaded._ring.Length] = bucket;
        }
        return loaded;
    }

    private Bucket At(int hoursBack)
    {
        if (_latestHour == long.MinValue)
        {
            return default;
        }
        long hour = _latestHour - hoursBack;
        return hoursBack < _ring.Length && _ring[hour % _ring.Length] is { Count: > 0 } bucket && bucket.Hour == hour
            ? bucket
            : default;
    }

    private readonly record struct Bucket(long Hour, int Count, double Sum, double Min, double Max);
}

/// <summary>Statistics over some hours.</summary>
/// <param name="Count">Readings.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Min">The least; NaN without readings.</param>
/// <param name="Max">The greatest; NaN without readings.</param>
public readonly record struct RollingStatistics(int Count, double Sum, double Min, double Max)
{
    /// <summary>The mean; NaN without readings.</summary>
    public double Mean => Count == 0 ? double.NaN : Sum / Count;
}
