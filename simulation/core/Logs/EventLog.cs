using System.Collections.Immutable;

namespace CityTwin.Simulation.Logs;

/// <summary>What happened to cases, as an office's system recorded it.</summary>
/// <param name="Cases">The cases by arrival, each with one event or more.</param>
public sealed record EventLog(ImmutableArray<LoggedCase> Cases)
{
    /// <summary>The number of events.</summary>
    public int EventCount => Cases.Sum(c => c.Events.Length);

    /// <summary>The cases whose times can be learnt from: all, or where some are unfinished those that were filed while nine in ten still ended within the log.</summary>
    /// <remarks>Of the cases filed late only the quick ones have ended, and a fit of those would be too good.</remarks>
    public ImmutableArray<LoggedCase> Finished()
    {
        ImmutableArray<LoggedCase> finished = [.. Cases.Where(c => !c.IsUnfinished)];
        if (finished.Length == Cases.Length || finished.IsEmpty)
        {
            return finished;
        }
        double[] hours = [.. finished.Select(c => (c.EndedAt - c.ArrivedAt).TotalHours).Order()];
        DateTimeOffset last = Cases.Max(c => c.EndedAt).AddHours(-hours[hours.Length * 9 / 10]);
        return [.. finished.Where(c => c.ArrivedAt <= last)];
    }

    /// <summary>The same with all times in a zone: hours of the day and of the week are read in it.</summary>
    public EventLog InZone(TimeSpan zone) => new([.. Cases.Select(c => c with { Events = [.. c.Events.Select(e => e with { At = e.At.ToOffset(zone) })] })]);

    /// <summary>Puts events together into cases by arrival.</summary>
    /// <exception cref="FormatException">There is no event.</exception>
    public static EventLog Of(IEnumerable<(string Case, LoggedEvent Event, string Office, DateTimeOffset? Deadline)> events)
    {
        ImmutableArray<LoggedCase> cases = [.. events.GroupBy(e => e.Case).Select(g => new LoggedCase(
            g.Key, g.First().Office, g.Select(e => e.Deadline).FirstOrDefault(d => d is not null), [.. g.Select(e => e.Event).OrderBy(e => e.At)]))
            .OrderBy(c => c.ArrivedAt).ThenBy(c => c.Id, StringComparer.Ordinal)];
        return cases.IsEmpty ? throw new FormatException("1:1: the log has no event") : new EventLog(cases);
    }
}

/// <summary>A case of a log.</summary>
/// <param name="Id">Its name in the log.</param>
/// <param name="Office">Where it was handled; empty where the log does not say.</param>
/// <param name="Deadline">Its deadline, or null.</param>
/// <param name="Events">Its events in order of time.</param>
public sealed record LoggedCase(string Id, string Office, DateTimeOffset? Deadline, ImmutableArray<LoggedEvent> Events)
{
    /// <summary>True: the log has not its end. It counts as an arrival, and its times say nothing.</summary>
    public bool IsUnfinished { get; init; }

    /// <summary>The time of the first event.</summary>
    public DateTimeOffset ArrivedAt => Events[0].At;

    /// <summary>The time of the last event.</summary>
    public DateTimeOffset EndedAt => Events[^1].At;

    /// <summary>Whether it ended by its deadline; null without a deadline.</summary>
    public bool? OnTime => Deadline is { } due ? EndedAt <= due : null;
}

/// <summary>Something that happened to a case.</summary>
/// <param name="Activity">What.</param>
/// <param name="At">When, with the zone of the log.</param>
/// <param name="Resource">Who did it; empty where the log does not say.</param>
/// <param name="IsStart">True where it marks a beginning (lifecycle <c>start</c>).</param>
public sealed record LoggedEvent(string Activity, DateTimeOffset At, string Resource, bool IsStart);
