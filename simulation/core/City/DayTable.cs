using CityTwin.Grains;

namespace CityTwin.Simulation.City;

/// <summary>The office hours of the days simulated, as absolute ticks in flat arrays: what the loop reads instead of the calendar.</summary>
/// <remarks>Stretches are half-open, as the calendar's: open at the first tick, shut at the last.</remarks>
internal sealed class DayTable
{
    private readonly int[] _firstStretch;
    private readonly long[] _workBefore;
    private readonly WorkCalendar _calendar;

    public DayTable(WorkCalendar calendar, DateOnly start, int days)
    {
        _calendar = calendar;
        Days = days;
        List<long> opens = [];
        List<long> closes = [];
        _firstStretch = new int[days + 1];
        Midnight = calendar.At(start, TimeOnly.MinValue).UtcTicks;
        IsWorkingDay = new bool[days];
        for (int d = 0; d < days; d++)
        {
            DateOnly date = start.AddDays(d);
            _firstStretch[d] = opens.Count;
            foreach (OfficeHours hours in calendar.HoursOf(date))
            {
                opens.Add(calendar.At(date, hours.Opens).UtcTicks);
                closes.Add(calendar.At(date, hours.Closes).UtcTicks);
            }
            IsWorkingDay[d] = opens.Count > _firstStretch[d];
        }
        _firstStretch[days] = opens.Count;
        Opens = [.. opens];
        Closes = [.. closes];
        _workBefore = new long[Opens.Length + 1];
        for (int s = 0; s < Opens.Length; s++)
        {
            _workBefore[s + 1] = _workBefore[s] + (Closes[s] - Opens[s]);
        }
    }

    /// <summary>Local midnight at which the first day begins, UTC ticks.</summary>
    public long Midnight { get; }

    public int Days { get; }

    public long End => MidnightOf(Days);

    public bool[] IsWorkingDay { get; }

    public long[] Opens { get; }

    public long[] Closes { get; }

    public int Stretches => Opens.Length;

    public long MidnightOf(int day) => Midnight + (day * TimeSpan.TicksPerDay);

    /// <summary>The day in which a moment lies, 0 for the first.</summary>
    public int DayOf(long at) => (int)((at - Midnight) / TimeSpan.TicksPerDay);

    /// <summary>The calendar's working ticks from the first midnight to a moment; negative before it.</summary>
    public long Worked(long at)
    {
        if (at < Midnight || at >= End)
        {
            return _calendar.Between(Moment(Midnight), Moment(at)).Ticks;
        }
        int day = DayOf(at);
        int stretch = _firstStretch[day];
        int end = _firstStretch[day + 1];
        while (stretch < end && at >= Closes[stretch])
        {
            stretch++;
        }
        return _workBefore[stretch] + (stretch < end ? Math.Max(0, at - Opens[stretch]) : 0);
    }

    /// <summary>The moment so many working ticks later, as <see cref="WorkCalendar.Add"/> finds it.</summary>
    public long Add(long at, long ticks)
    {
        if (ticks > 0 && at >= Midnight && at < End)
        {
            long target = Worked(at) + ticks;
            for (int stretch = _firstStretch[DayOf(at)]; stretch < Stretches; stretch++)
            {
                if (_workBefore[stretch + 1] >= target)
                {
                    return Opens[stretch] + (target - _workBefore[stretch]);
                }
            }
        }
        return _calendar.Add(Moment(at), new TimeSpan(ticks)).UtcTicks;
    }

    private static DateTimeOffset Moment(long ticks) => new(ticks, TimeSpan.Zero);
}
