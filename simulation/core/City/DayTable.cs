using CityTwin.Grains;

namespace CityTwin.Simulation.City;

/// <summary>The office hours of the days simulated, as absolute ticks in flat arrays: what the loop reads instead of the calendar.</summary>
/// <remarks>Stretches are half-open, as the calendar's: open at the first tick, shut at the last.</remarks>
internal sealed class DayTable
{
    private readonly int[] _firstStretch;

    public DayTable(WorkCalendar calendar, DateOnly start, int days)
    {
        Days = days;
        List<long> opens = [];
        List<long> closes = [];
        List<int> dayOf = [];
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
                dayOf.Add(d);
            }
            IsWorkingDay[d] = opens.Count > _firstStretch[d];
        }
        _firstStretch[days] = opens.Count;
        Opens = [.. opens];
        Closes = [.. closes];
        DayOfStretch = [.. dayOf];
    }

    /// <summary>Local midnight at which the first day begins, UTC ticks.</summary>
    public long Midnight { get; }

    public int Days { get; }

    public long End => MidnightOf(Days);

    public bool[] IsWorkingDay { get; }

    public long[] Opens { get; }

    public long[] Closes { get; }

    public int[] DayOfStretch { get; }

    public int Stretches => Opens.Length;

    public long MidnightOf(int day) => Midnight + (day * TimeSpan.TicksPerDay);

    /// <summary>The day in which a moment lies, 0 for the first.</summary>
    public int DayOf(long at) => (int)((at - Midnight) / TimeSpan.TicksPerDay);

    /// <summary>The first stretch of a day, or of the first working day after it.</summary>
    public int FirstStretchOf(int day) => _firstStretch[Math.Min(day, Days)];

    public bool IsFirstOfDay(int stretch) => _firstStretch[DayOfStretch[stretch]] == stretch;

    public bool IsLastOfDay(int stretch) => _firstStretch[DayOfStretch[stretch] + 1] == stretch + 1;

    /// <summary>The first stretch that closes after a moment; <see cref="Stretches"/> when there is none any more.</summary>
    public int StretchAtOrAfter(long at)
    {
        int stretch = FirstStretchOf(Math.Clamp(DayOf(at), 0, Days));
        while (stretch < Stretches && Closes[stretch] <= at)
        {
            stretch++;
        }
        return stretch;
    }
}
