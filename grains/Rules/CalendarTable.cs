using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>Every day's hours and the working ticks before it: a table for the years that have special days, week arithmetic outside.</summary>
/// <remarks>Working ticks are counted from the table's first day, and are negative before it. Days are <see cref="DateOnly.DayNumber"/>; day 0 is a Monday.</remarks>
internal sealed class CalendarTable
{
    private readonly DayShape[] _weekdays = new DayShape[7];
    private readonly long[] _weekTicksBefore = new long[8];
    private readonly int _firstDay;
    private readonly DayShape[] _days;
    private readonly long[] _ticksBefore;
    private readonly long _regularAtFirst;
    private readonly long _regularAtEnd;

    public CalendarTable(OfficeWeek week, ImmutableArray<SpecialDay> specialDays)
    {
        for (int i = 0; i < 7; i++)
        {
            _weekdays[i] = new DayShape(week[(DayOfWeek)((i + 1) % 7)]);
            _weekTicksBefore[i + 1] = _weekTicksBefore[i] + _weekdays[i].Ticks;
        }
        var off = new DayShape([]);
        var worked = new DayShape(week.StandardDay);
        _firstDay = specialDays.IsEmpty ? 0 : new DateOnly(specialDays[0].Date.Year, 1, 1).DayNumber;
        int end = specialDays.IsEmpty ? 0 : new DateOnly(specialDays[^1].Date.Year, 12, 31).DayNumber + 1;
        _days = new DayShape[end - _firstDay];
        for (int i = 0; i < _days.Length; i++)
        {
            _days[i] = _weekdays[(_firstDay + i) % 7];
        }
        foreach (SpecialDay day in specialDays)
        {
            _days[day.Date.DayNumber - _firstDay] = day.Kind == SpecialDayKind.Off ? off : worked;
        }
        _ticksBefore = new long[_days.Length + 1];
        for (int i = 0; i < _days.Length; i++)
        {
            _ticksBefore[i + 1] = _ticksBefore[i] + _days[i].Ticks;
        }
        _regularAtFirst = RegularTicksBefore(_firstDay);
        _regularAtEnd = RegularTicksBefore(end);
    }

    public DayShape ShapeOf(int day)
    {
        uint index = unchecked((uint)(day - _firstDay));
        return index < (uint)_days.Length ? _days[index] : _weekdays[WeekdayOf(day)];
    }

    public long TicksBefore(int day)
    {
        int index = day - _firstDay;
        if (unchecked((uint)index) < (uint)_ticksBefore.Length)
        {
            return _ticksBefore[index];
        }
        long regular = RegularTicksBefore(day);
        return index < 0 ? regular - _regularAtFirst : _ticksBefore[^1] + (regular - _regularAtEnd);
    }

    /// <summary>The first day at whose end <paramref name="worked"/> ticks are worked.</summary>
    /// <param name="worked">Working ticks, counted as <see cref="TicksBefore"/> counts them.</param>
    /// <param name="near">A day at or before the answer, where the search starts.</param>
    public long FirstDayReaching(long worked, int near)
    {
        if (worked <= 0 || worked > _ticksBefore[^1])
        {
            long regular = worked <= 0 ? worked + _regularAtFirst : worked - _ticksBefore[^1] + _regularAtEnd;
            long week = FloorDivide(regular - 1, _weekTicksBefore[7]);
            long rest = regular - (week * _weekTicksBefore[7]);
            int weekday = 0;
            while (_weekTicksBefore[weekday + 1] < rest)
            {
                weekday++;
            }
            return (week * 7) + weekday;
        }
        // Limits are a few days: a galloping search from where we are beats halving the whole table.
        int low = Math.Max(0, near - _firstDay);
        int step = 1;
        while (low + step < _days.Length && _ticksBefore[low + step] < worked)
        {
            low += step;
            step <<= 1;
        }
        int high = Math.Min(low + step, _days.Length);
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            if (_ticksBefore[middle] < worked)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }
        return _firstDay + low;
    }

    /// <summary>The last day at whose beginning no more than <paramref name="worked"/> ticks are worked.</summary>
    public long LastDayNotAbove(long worked)
    {
        if (worked < 0 || worked >= _ticksBefore[^1])
        {
            long regular = worked < 0 ? worked + _regularAtFirst : worked - _ticksBefore[^1] + _regularAtEnd;
            long week = FloorDivide(regular, _weekTicksBefore[7]);
            long rest = regular - (week * _weekTicksBefore[7]);
            int weekday = 6;
            while (_weekTicksBefore[weekday] > rest)
            {
                weekday--;
            }
            return (week * 7) + weekday;
        }
        int low = 0;
        int high = _days.Length;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            if (_ticksBefore[middle] <= worked)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }
        return _firstDay + low;
    }

    private long RegularTicksBefore(int day)
    {
        int weekday = WeekdayOf(day);
        return ((day - weekday) / 7 * _weekTicksBefore[7]) + _weekTicksBefore[weekday];
    }

    private static int WeekdayOf(int day)
    {
        int weekday = day % 7;
        return weekday < 0 ? weekday + 7 : weekday;
    }

    private static long FloorDivide(long dividend, long divisor)
    {
        long quotient = dividend / divisor;
        return dividend % divisor < 0 ? quotient - 1 : quotient;
    }
}
