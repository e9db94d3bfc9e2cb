namespace CityTwin.Grains;

/// <summary>In which order a desk takes its cases: urgency, then the discipline's moment, then identity. Shared with the simulation; allocates nothing.</summary>
/// <remarks>Our own rule: no decree orders a counter's queue; the earliest deadline first is the default, first in first out the alternative.</remarks>
public static class QueueOrder
{
    private const int UrgencyShift = 62;

    /// <summary>The moment by which a discipline orders: the deadline, or when the case joined.</summary>
    public static DateTimeOffset MomentOf(Discipline discipline, DateTimeOffset dueAt, DateTimeOffset since) =>
        discipline == Discipline.Fifo ? since : dueAt;

    /// <summary>
    /// Urgency and moment as one number: the smaller is taken first, equal ones by ascending identity of the case. For queues that hold
    /// plain numbers; orders exactly as <see cref="QueuePlace"/> does.
    /// </summary>
    /// <param name="urgency">More urgent first.</param>
    /// <param name="utcTicks">The discipline's moment, ticks of UTC, 0 to <see cref="DateTime.MaxValue"/>'s.</param>
    public static ulong Key(Urgency urgency, long utcTicks) =>
        ((ulong)(Urgency.Immediate - urgency) << UrgencyShift) | (ulong)utcTicks;

    /// <summary>A case's place under a discipline.</summary>
    public static QueuePlace PlaceOf(Discipline discipline, TwinId caseId, Urgency urgency, DateTimeOffset dueAt, DateTimeOffset since) =>
        new(urgency, MomentOf(discipline, dueAt, since), caseId, dueAt, since);
}
