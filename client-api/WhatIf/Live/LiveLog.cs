using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Simulation.Logs;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>The journal as an event log: what a calibration fits.</summary>
/// <remarks>
/// Cases up to their decision; the open ones count as arrivals.
/// </remarks>
internal static class LiveLog
{
    private const int CasesMin = 30;

    /// <summary>Reads the latest events up to a position.</summary>
    /// <exception cref="RunFailedException">There are too few decided cases.</exception>
    public static EventLog Read(CityApi api, long position, int eventsMax, CancellationToken stop)
    {
        TimeSpan zone = api.Definition.Rules.Calendar.Offset;
        Dictionary<TwinId, string> names = api.Definition.Offices.ToDictionary(o => o.Profile.Id, o => o.Profile.NameVi);
        var cases = new Dictionary<TwinId, Life>();
        long read = 0;
        foreach (RecordedEvent recorded in api.Journal.ReadForward(Math.Max(0, position - eventsMax), position))
        {
            if (++read % 4_096 == 0)
            {
                stop.ThrowIfCancellationRequested();
            }
            if (recorded.Event is CaseEvent.CaseFiled filed)
            {
                cases[recorded.Twin] = new Life(filed.Office, filed.DueAt, [Entry("filed", filed.At, zone)]);
            }
            else if (recorded.Event is CaseEvent happened && cases.TryGetValue(recorded.Twin, out Life? life) && !life.IsDecided)
            {
                life.Take(happened, zone);
            }
        }
        int decided = cases.Values.Count(c => c.IsDecided);
        if (decided < CasesMin)
        {
            throw new RunFailedException($"{decided} decided cases in the journal; a calibration needs {CasesMin}");
        }
        return new EventLog([.. cases
            .Select(c => new LoggedCase(c.Key.ToString(), names.GetValueOrDefault(c.Value.Office, c.Value.Office.ToString()), c.Value.DueAt, [.. c.Value.Events]) { IsUnfinished = !c.Value.IsDecided })
            .OrderBy(c => c.ArrivedAt).ThenBy(c => c.Id, StringComparer.Ordinal)]);
    }

    private static LoggedEvent Entry(string activity, DateTimeOffset at, TimeSpan zone, TwinId official = default, bool isStart = false) =>
        new(activity, at.ToOffset(zone), official.IsNone ? "" : official.ToString(), isStart);

    private sealed class Life(TwinId office, DateTimeOffset dueAt, List<LoggedEvent> events)
    {
        public TwinId Office { get; } = office;

        public DateTimeOffset DueAt { get; private set; } = dueAt;

        public List<LoggedEvent> Events { get; } = events;

        public bool IsDecided { get; private set; }

        public void Take(CaseEvent happened, TimeSpan zone)
        {
            switch (happened)
            {
                case CaseEvent.CaseQueued e:
                    Events.Add(Entry("queued", e.At, zone));
                    break;
                case CaseEvent.WorkStarted e:
                    Events.Add(Entry("handled", e.At, zone, e.Official, isStart: true));
                    break;
                case CaseEvent.CitizenAsked e:
                    Events.Add(Entry("handled", e.At, zone, e.Official));
                    break;
                case CaseEvent.CitizenAnswered e:
                    DueAt = e.DueAt;
                    Events.Add(Entry("answered", e.At, zone));
                    break;
                case CaseEvent.CaseEscalated e:
                    Events.Add(Entry("handled", e.At, zone, e.Official));
                    Events.Add(Entry("escalated", e.At, zone, e.Official));
                    break;
                case CaseEvent.CaseSentBack e:
                    Events.Add(Entry("handled", e.At, zone, e.Official));
                    Events.Add(Entry("sent back", e.At, zone, e.Official));
                    break;
                case CaseEvent.CaseResolved e:
                    Decide("resolved", e.At, zone, e.Official);
                    break;
                case CaseEvent.CaseRejected e:
                    Decide("rejected", e.At, zone, e.Official);
                    break;
                default:
                    break;
            }
        }

        private void Decide(string activity, DateTimeOffset at, TimeSpan zone, TwinId official)
        {
            Events.Add(Entry("handled", at, zone, official));
            Events.Add(Entry(activity, at, zone, official));
            IsDecided = true;
        }
    }
}
