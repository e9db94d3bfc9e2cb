using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>When offices work, and arithmetic in working time.</summary>
/// <remarks>
/// Immutable, safe to share between threads, equal when hours, zone and special days are equal. Office hours are half-open: a moment
/// belongs to them from the opening up to, and without, the closing. Before the first and after the last year that has special days,
/// only the weekdays' hours count. Moments come back with the UTC offset of the moment that was given. Rules: docs/model/calendar.md.
/// </remarks>
public sealed partial class WorkCalendar : IEquatable<WorkCalendar>
{
    private readonly long _offsetTicks;
    private readonly CalendarTable _table;

    /// <summary>A calendar.</summary>
    /// <param name="offset">The zone: local time minus UTC, whole minutes, −14 to 14 hours. Zones with summer time are not supported.</param>
    /// <param name="week">The regular hours.</param>
    /// <param name="specialDays">Holidays and worked days, each date once, in any order.</param>
    /// <exception cref="ArgumentException">An offset out of range, a date twice, or a date outside 1900 to 2199.</exception>
    public WorkCalendar(TimeSpan offset, OfficeWeek week, ImmutableArray<SpecialDay> specialDays)
    {
        if (offset.Duration() > TimeSpan.FromHours(14) || offset.Ticks % TimeSpan.TicksPerMinute != 0)
        {
            throw new ArgumentException("A zone's offset is whole minutes from -14:00 to +14:00.", nameof(offset));
        }
        Offset = offset;
        Week = week;
        SpecialDays = [.. specialDays.OrderBy(d => d.Date)];
        for (int i = 1; i < SpecialDays.Length; i++)
        {
            if (SpecialDays[i].Date == SpecialDays[i - 1].Date)
            {
                throw new ArgumentException($"{SpecialDays[i].Date:yyyy-MM-dd} is listed twice.", nameof(specialDays));
            }
        }
        if (!SpecialDays.All(d => CanHold(d.Date)))
        {
            throw new ArgumentException("Special days lie between 1900 and 2199.", nameof(specialDays));
        }
        _offsetTicks = offset.Ticks;
        _table = new CalendarTable(week, SpecialDays);
        StandardDay = new TimeSpan(week.StandardDay.Sum(h => h.Duration.Ticks));
    }

    /// <summary>The usual hours at +07:00 (Asia/Ho_Chi_Minh, which has no summer time), without holidays.</summary>
    public static WorkCalendar Usual { get; } = new(TimeSpan.FromHours(7), OfficeWeek.Usual, []);

    /// <summary>The zone: local time minus UTC.</summary>
    public TimeSpan Offset { get; }

    /// <summary>The regular hours.</summary>
    public OfficeWeek Week { get; }

    /// <summary>Holidays and worked days, by date.</summary>
    public ImmutableArray<SpecialDay> SpecialDays { get; }

    /// <summary>The working time of one working day, as limits count it: that of Monday, or else of the first open weekday.</summary>
    public TimeSpan StandardDay { get; }

    /// <summary>Whether a date can be a special day: 1900 to 2199.</summary>
    public static bool CanHold(DateOnly date) => date.Year is >= 1900 and <= 2199;

    /// <summary>This calendar with one day added, or put in the place of what was known of its date.</summary>
    /// <exception cref="ArgumentException">The date is none that <see cref="CanHold"/> allows.</exception>
    public WorkCalendar With(SpecialDay day) =>
        new(Offset, Week, [.. SpecialDays.Where(d => d.Date != day.Date), day]);

    /// <summary>This calendar with a date as its weekday is.</summary>
    public WorkCalendar Without(DateOnly date) => new(Offset, Week, [.. SpecialDays.Where(d => d.Date != date)]);

    /// <summary>What departs from the weekday on a date, or null.</summary>
    public SpecialDay? SpecialDayOn(DateOnly date) => SpecialDays.FirstOrDefault(d => d.Date == date);

    /// <summary>The office hours of a date, local time, ascending; empty on a day off.</summary>
    public ReadOnlySpan<OfficeHours> HoursOf(DateOnly date) => _table.ShapeOf(date.DayNumber).Hours.AsSpan();

    /// <summary>Whether offices work on a date.</summary>
    public bool IsWorkingDay(DateOnly date) => _table.ShapeOf(date.DayNumber).Ticks > 0;

    /// <summary>The local date of a moment.</summary>
    public DateOnly DateOf(DateTimeOffset at) => DateOnly.FromDateTime(at.ToOffset(Offset).DateTime);

    /// <summary>The moment of a local date and time, with the calendar's own UTC offset.</summary>
    public DateTimeOffset At(DateOnly date, TimeOnly time) => new(date.ToDateTime(time), Offset);

    /// <inheritdoc/>
    public bool Equals(WorkCalendar? other) =>
        other is not null && Offset == other.Offset && Week.Equals(other.Week) && SpecialDays.SequenceEqual(other.SpecialDays);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as WorkCalendar);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Offset, Week, SpecialDays.Length);
}
