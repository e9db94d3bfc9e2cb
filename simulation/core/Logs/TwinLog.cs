using System.Collections.Immutable;

namespace CityTwin.Simulation.Logs;

/// <summary>Event logs that a twin exported: what of them a calibration can learn from.</summary>
/// <remarks>
/// Cases up to the decision, for what follows it (the rating, the closing) is no work. Those that are open, or were taken back, count as arrivals.
/// </remarks>
public static class TwinLog
{
    private const string Filed = "CaseFiled";
    private const string Started = "WorkStarted";
    private static readonly string[] Decisions = ["CaseResolved", "CaseRejected"];
    private static readonly string[] EndsOfWork = ["CitizenAsked", "CaseEscalated", "CaseSentBack", .. Decisions];

    /// <summary>Vietnam's time: exports are in UTC, offices are not.</summary>
    public static TimeSpan Zone { get; } = TimeSpan.FromHours(7);

    /// <summary>Whether a twin wrote a log.</summary>
    public static bool Is(EventLog log) => log.Cases.Any(c => c.Events[0].Activity == Filed);

    /// <summary>A twin's log up to each case's decision, with the beginnings and ends of work; cases without a decision are unfinished.</summary>
    /// <exception cref="FormatException">No case is decided.</exception>
    public static EventLog UntilDecisions(EventLog log)
    {
        EventLog read = new([.. log.Cases.Where(c => c.Events[0].Activity == Filed).Select(c => UntilDecision(c) ?? c with { IsUnfinished = true })]);
        return read.Cases.Any(c => !c.IsUnfinished) ? read : throw new FormatException("1:1: no case of the log is decided");
    }

    private static LoggedCase? UntilDecision(LoggedCase c)
    {
        ImmutableArray<LoggedEvent>.Builder events = ImmutableArray.CreateBuilder<LoggedEvent>(c.Events.Length + 2);
        foreach (LoggedEvent e in c.Events)
        {
            if (e.Activity == Started)
            {
                events.Add(e with { Activity = "handled", IsStart = true });
                continue;
            }
            if (EndsOfWork.Contains(e.Activity))
            {
                events.Add(e with { Activity = "handled" });
            }
            events.Add(e);
            if (Decisions.Contains(e.Activity))
            {
                return c with { Events = events.ToImmutable() };
            }
        }
        return null;
    }
}
