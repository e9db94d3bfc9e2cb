using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>When a query is asked, and by which calendar working time counts.</summary>
/// <param name="Now">The city's time.</param>
/// <param name="Calendar">The city's calendar.</param>
public readonly record struct QueryMoment(DateTimeOffset Now, WorkCalendar Calendar);

/// <summary>A unit of time in a query.</summary>
public enum TimeUnit : byte
{
    /// <summary>Seconds.</summary>
    Second = 1,

    /// <summary>Minutes.</summary>
    Minute = 2,

    /// <summary>Hours.</summary>
    Hour = 3,

    /// <summary>Days: 24 hours, or a standard working day.</summary>
    Day = 4,

    /// <summary>Weeks: seven days, or five standard working days.</summary>
    Week = 5,
}

/// <summary>A step from a moment.</summary>
/// <param name="Count">How many units; negative: back.</param>
/// <param name="Unit">The unit.</param>
/// <param name="Working">Whether only office hours count.</param>
public readonly record struct TimeStep(double Count, TimeUnit Unit, bool Working);

/// <summary>A moment counted from now, as <c>now + 4 working hours</c>. Steps are taken in the order written.</summary>
public sealed record RelativeTime(IReadOnlyList<TimeStep> Steps)
{
    /// <summary>The moment; the first or last representable one where it lies beyond.</summary>
    public DateTimeOffset From(QueryMoment now)
    {
        DateTimeOffset at = now.Now;
        foreach (TimeStep step in Steps)
        {
            try
            {
                at = step.Working ? now.Calendar.Add(at, Length(step, now.Calendar.StandardDay, 5)) : at + Length(step, TimeSpan.FromDays(1), 7);
            }
            catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
            {
                at = step.Count < 0 ? DateTimeOffset.UnixEpoch.AddYears(-1000) : DateTimeOffset.UnixEpoch.AddYears(5000);
            }
        }
        return at;
    }

    private static TimeSpan Length(TimeStep step, TimeSpan day, int daysInWeek) => step.Count * (step.Unit switch
    {
        TimeUnit.Second => TimeSpan.FromSeconds(1),
        TimeUnit.Minute => TimeSpan.FromMinutes(1),
        TimeUnit.Hour => TimeSpan.FromHours(1),
        TimeUnit.Day => day,
        _ => day * daysInWeek,
    });
}
