using CityTwin.Simulation.Logs;

namespace CityTwin.Simulation.Calibration;

/// <summary>Time as an office lives it: each hour of the week is as long as its share of all events.</summary>
/// <remarks>
/// Durations measured on this clock leave out nights and weekends without anybody saying when the office is open; put back, events fall
/// on the hours on which such events fall. A hundredth of the weight is spread evenly, so that no hour is impossible.
/// </remarks>
internal sealed class ActivityClock
{
    private const int Hours = 168;
    private readonly double[] _before = new double[Hours + 1];
    private readonly TimeSpan _zone;

    public ActivityClock(IEnumerable<DateTimeOffset> events, TimeSpan zone)
    {
        _zone = zone;
        double[] weight = new double[Hours];
        int count = 0;
        foreach (DateTimeOffset at in events)
        {
            weight[HourOfWeek(at)]++;
            count++;
        }
        for (int h = 0; h < Hours; h++)
        {
            // A week is 168 on this clock as on the other.
            _before[h + 1] = _before[h] + (((0.99 * weight[h] / Math.Max(1, count)) + (0.01 / Hours)) * Hours);
        }
    }

    /// <summary>The hour of the week, 0 for Monday's first, in the log's zone.</summary>
    public int HourOfWeek(DateTimeOffset at) => (int)(Hour(at) % Hours);

    /// <summary>The weight of an hour of the week; 1 on average.</summary>
    public double WeightOf(int hour) => _before[hour + 1] - _before[hour];

    public double ToActivity(DateTimeOffset at)
    {
        double hour = Hour(at);
        double week = Math.Floor(hour / Hours);
        double within = hour - (week * Hours);
        int h = Math.Min(Hours - 1, (int)within);
        return (week * Hours) + _before[h] + ((within - h) * (_before[h + 1] - _before[h]));
    }

    public DateTimeOffset ToTime(double activity)
    {
        double week = Math.Floor(activity / Hours);
        double within = activity - (week * Hours);
        int h = Array.BinarySearch(_before, within);
        h = Math.Clamp(h >= 0 ? h : ~h - 1, 0, Hours - 1);
        double hour = (week * Hours) + h + Math.Clamp((within - _before[h]) / (_before[h + 1] - _before[h]), 0, 1);
        return new DateTimeOffset((long)(hour * TimeSpan.TicksPerHour), TimeSpan.Zero).AddTicks(-_zone.Ticks).ToOffset(_zone);
    }

    // Day 0 of DateTime's ticks is a Monday.
    private double Hour(DateTimeOffset at) => (at.UtcTicks + _zone.Ticks) / (double)TimeSpan.TicksPerHour;
}
