using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>When citizens come: at the counter in office hours, online and by telephone at any hour.</summary>
/// <remarks>The shapes by hour and weekday are assumptions: the published figures are sums over weeks.</remarks>
internal sealed class HourProfile
{
    private const int BinMinutes = 15;

    private static readonly double[] CounterByHour =
        [0, 0, 0, 0, 0, 0, 0, 1.3, 1.5, 1.4, 1.1, 0.7, 0, 0.9, 1.2, 1.0, 0.6, 0.4, 0, 0, 0, 0, 0, 0];

    private static readonly double[] OnlineByHour =
        [0.1, 0.05, 0.03, 0.02, 0.03, 0.1, 0.35, 0.8, 1.5, 1.7, 1.5, 1.0, 0.7, 1.0, 1.5, 1.5, 1.2, 0.8, 0.6, 0.7, 0.8, 0.7, 0.4, 0.2];

    private static readonly double[] TelephoneByHour =
        [0.2, 0.1, 0.1, 0.1, 0.1, 0.25, 0.6, 1.1, 1.3, 1.3, 1.2, 0.9, 0.7, 0.9, 1.1, 1.2, 1.2, 1.1, 1.0, 1.0, 0.9, 0.7, 0.5, 0.3];

    private static readonly double[] CounterByDay = [0.5, 1.2, 1.05, 1.0, 0.95, 0.9, 0.6];
    private static readonly double[] OnlineByDay = [0.3, 1.2, 1.1, 1.05, 1.0, 0.95, 0.45];
    private static readonly double[] TelephoneByDay = [0.7, 1.1, 1.05, 1.0, 1.0, 1.0, 0.85];

    private readonly long _from;
    private readonly Shares _counter;
    private readonly Shares _online;
    private readonly Shares _telephone;

    /// <summary>The profile of a period: from a moment for so many quarters of an hour.</summary>
    public HourProfile(WorkCalendar calendar, DateTimeOffset from, DateTimeOffset to)
    {
        _from = from.UtcTicks;
        int bins = (int)Math.Max(1, (to - from).TotalMinutes / BinMinutes);
        var counter = new double[bins];
        var online = new double[bins];
        var telephone = new double[bins];
        for (int i = 0; i < bins; i++)
        {
            DateTimeOffset at = from.AddMinutes(i * BinMinutes);
            DateTimeOffset local = at.ToOffset(calendar.Offset);
            bool isHoliday = local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !calendar.IsWorkingDay(calendar.DateOf(at));
            int day = isHoliday ? 0 : (int)local.DayOfWeek;
            counter[i] = calendar.IsOpen(at) ? CounterByHour[local.Hour] * CounterByDay[(int)local.DayOfWeek] : 0;
            online[i] = OnlineByHour[local.Hour] * OnlineByDay[day];
            telephone[i] = TelephoneByHour[local.Hour] * TelephoneByDay[day];
        }
        _counter = new Shares(counter);
        _online = new Shares(online);
        _telephone = new Shares(telephone);
    }

    /// <summary>Whether a counter is open at any time of the period.</summary>
    public bool HasCounterHours => _counter.Total > 0;

    /// <summary>The moment, UTC ticks in whole milliseconds, for a channel and a number of [0, 1).</summary>
    public long MomentOf(Channel channel, double unit)
    {
        Shares shares = channel switch
        {
            Channel.Counter => _counter,
            Channel.Hotline => _telephone,
            _ => _online,
        };
        int bin = shares.Pick(unit, out double within);
        long milliseconds = (long)(((bin + within) * BinMinutes * 60_000.0) - 0.5);
        return _from + (Math.Max(0, milliseconds) * TimeSpan.TicksPerMillisecond);
    }
}
