namespace CityTwin.Grains;

/// <summary>Deadlines in working time that stand still while the citizen is waited for. Shared with the simulation; allocates nothing.</summary>
/// <remarks>The time that an office waits for the citizen does not count against it. Rules: docs/model/case.md.</remarks>
public static class DeadlineClock
{
    /// <summary>The working time that is left at a moment; zero once the deadline has passed.</summary>
    public static TimeSpan Stop(WorkCalendar calendar, DateTimeOffset at, DateTimeOffset dueAt)
    {
        TimeSpan left = calendar.Between(at, dueAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>The deadline when the working time that was left begins to run again; with nothing left, the moment itself.</summary>
    public static DateTimeOffset Resume(WorkCalendar calendar, DateTimeOffset at, TimeSpan remaining) =>
        remaining > TimeSpan.Zero ? calendar.Add(at, remaining) : at;

    /// <summary>Whether a result at a moment keeps a deadline: at the very moment it does.</summary>
    public static bool IsOnTime(DateTimeOffset at, DateTimeOffset dueAt) => at <= dueAt;
}
