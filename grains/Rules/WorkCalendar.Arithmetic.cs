namespace CityTwin.Grains;

public sealed partial class WorkCalendar
{
    /// <summary>More working time than lies between the first and the last representable moment.</summary>
    private const long WorkingTicksMax = 4_000_000_000_000_000_000;

    /// <summary>Whether offices are open at a moment: at the opening yes, at the closing no.</summary>
    public bool IsOpen(DateTimeOffset at)
    {
        long local = at.UtcTicks + _offsetTicks;
        int day = DayOf(local);
        long timeOfDay = local - MidnightOf(day);
        return _table.ShapeOf(day).OpenFrom(timeOfDay) == timeOfDay;
    }

    /// <summary>The working time from one moment to another; negative when <paramref name="to"/> is the earlier one.</summary>
    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to) => new(Worked(to) - Worked(from));

    /// <summary>
    /// The moment that lies so much working time from another. Forward: the earliest such moment, so that a day's work ends at the closing
    /// and not at the next opening. Backward: the latest. Zero: the moment itself, open or not.
    /// </summary>
    /// <remarks><c>Between(from, Add(from, w)) == w</c> for every moment and every working time.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The result lies outside what <see cref="DateTimeOffset"/> can hold.</exception>
    public DateTimeOffset Add(DateTimeOffset from, TimeSpan working)
    {
        long ticks = working.Ticks;
        if (ticks == 0)
        {
            return from;
        }
        if (ticks is > WorkingTicksMax or < -WorkingTicksMax)
        {
            throw new ArgumentOutOfRangeException(nameof(working), working, "More working time than the years 1 to 9999 have.");
        }
        long local = from.UtcTicks + _offsetTicks;
        int fromDay = DayOf(local);
        long target = _table.TicksBefore(fromDay) + _table.ShapeOf(fromDay).WorkedAt(local - MidnightOf(fromDay)) + ticks;
        long found = ticks > 0 ? _table.FirstDayReaching(target, fromDay) : _table.LastDayNotAbove(target);
        if (found < -1 || found > DateOnly.MaxValue.DayNumber + 1)
        {
            throw new ArgumentOutOfRangeException(nameof(working), working, "The result lies outside the years 1 to 9999.");
        }
        int day = (int)found;
        DayShape shape = _table.ShapeOf(day);
        long rest = target - _table.TicksBefore(day);
        return Moment(day, ticks > 0 ? shape.EarliestAt(rest) : shape.LatestAt(rest), from.Offset);
    }

    /// <summary>The moment that lies so many working days of <see cref="StandardDay"/> from another, as <see cref="Add"/> finds it.</summary>
    /// <param name="from">The moment to count from.</param>
    /// <param name="workingDays">Working days, rounded to the tick; negative: backward.</param>
    /// <exception cref="ArgumentOutOfRangeException">The result lies outside what <see cref="DateTimeOffset"/> can hold.</exception>
    public DateTimeOffset AddDays(DateTimeOffset from, decimal workingDays) => Add(from, WorkingTime(workingDays));

    /// <summary>The working time between two moments, in working days of <see cref="StandardDay"/>.</summary>
    public decimal WorkingDaysBetween(DateTimeOffset from, DateTimeOffset to) =>
        (decimal)Between(from, to).Ticks / StandardDay.Ticks;

    /// <summary>
    /// When an office must have decided. A same-day limit: at the closing of the day of receipt when that is a working day and the time
    /// is before the limit's; else at the closing of the next working day. Any other limit: so many working days on.
    /// </summary>
    public DateTimeOffset DueAt(DateTimeOffset receivedAt, TimeLimit limit)
    {
        if (limit.SameDayUntil is not { } until)
        {
            return AddDays(receivedAt, limit.WorkingDays);
        }
        long local = receivedAt.UtcTicks + _offsetTicks;
        int day = DayOf(local);
        bool inTime = local - MidnightOf(day) < until.Ticks;
        day = NextWorkingDay(inTime ? day : day + 1);
        return Moment(day, _table.ShapeOf(day).Closes, receivedAt.Offset);
    }

    /// <summary>The first moment, not before the one given, at which offices are open: the moment itself when they are.</summary>
    public DateTimeOffset NextOpening(DateTimeOffset at)
    {
        long local = at.UtcTicks + _offsetTicks;
        int day = DayOf(local);
        long opens = _table.ShapeOf(day).OpenFrom(local - MidnightOf(day));
        if (opens < 0)
        {
            day = NextWorkingDay(day + 1);
            opens = _table.ShapeOf(day).OpenFrom(0);
        }
        return Moment(day, opens, at.Offset);
    }

    /// <summary>When offices close for the day on the local day of a moment, be it past; on a day off, on the next working day.</summary>
    public DateTimeOffset ClosingOf(DateTimeOffset at)
    {
        int day = NextWorkingDay(DayOf(at.UtcTicks + _offsetTicks));
        return Moment(day, _table.ShapeOf(day).Closes, at.Offset);
    }

    private TimeSpan WorkingTime(decimal workingDays)
    {
        // Limits are whole or half days: such a small number needs none of decimal's slow arithmetic.
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(workingDays, bits);
        if ((bits[1] | bits[2]) == 0 && bits[0] is >= 0 and < 10_000_000 && workingDays.Scale <= 1)
        {
            (long ticks, long rest) = Math.DivRem(bits[0] * StandardDay.Ticks, workingDays.Scale == 0 ? 1 : 10);
            if (rest == 0)
            {
                return new TimeSpan(bits[3] < 0 ? -ticks : ticks);
            }
        }
        if (Math.Abs(workingDays) > 10_000_000)
        {
            throw new ArgumentOutOfRangeException(nameof(workingDays), workingDays, "More working days than the years 1 to 9999 have.");
        }
        return new TimeSpan((long)decimal.Round(workingDays * StandardDay.Ticks));
    }

    private long Worked(DateTimeOffset at)
    {
        long local = at.UtcTicks + _offsetTicks;
        int day = DayOf(local);
        return _table.TicksBefore(day) + _table.ShapeOf(day).WorkedAt(local - MidnightOf(day));
    }

    private int NextWorkingDay(int day)
    {
        while (_table.ShapeOf(day).Ticks == 0)
        {
            day++;
        }
        return day;
    }

    // The zone can shift the first and the last representable moments by one day beyond DateOnly's range: hence plain numbers.
    private static int DayOf(long localTicks) =>
        (int)(localTicks >= 0 ? localTicks / TimeSpan.TicksPerDay : ((localTicks + 1) / TimeSpan.TicksPerDay) - 1);

    private static long MidnightOf(int day) => day * TimeSpan.TicksPerDay;

    private DateTimeOffset Moment(int day, long timeOfDay, TimeSpan offset)
    {
        long ticks = MidnightOf(day) + timeOfDay - _offsetTicks + offset.Ticks;
        return new DateTimeOffset(ticks, offset);
    }
}
