using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Exports;

/// <summary>A case and what happened to it in a period.</summary>
/// <param name="Case">The case.</param>
/// <param name="Filed">How it came in, whenever that was.</param>
/// <param name="DueAt">Its deadline at the beginning of the period.</param>
/// <param name="Steps">What happened, oldest first; one at least.</param>
internal sealed record LoggedCase(TwinId Case, CaseEvent.CaseFiled Filed, DateTimeOffset DueAt, IReadOnlyList<LoggedStep> Steps);

/// <summary>One event of a case, and who and where.</summary>
/// <param name="Position">Its place in the city's order.</param>
/// <param name="Happened">The event.</param>
/// <param name="Office">In charge when it happened.</param>
/// <param name="Desk">Where the case was; none when it was at no desk.</param>
/// <param name="Official">Who did it; none for citizens and deadlines.</param>
internal readonly record struct LoggedStep(long Position, CaseEvent Happened, TwinId Office, TwinId Desk, TwinId Official)
{
    /// <summary>The activity: the event's name in the journal.</summary>
    public string Activity => JournalJson.NameOf(Happened.GetType());

    /// <summary>The office that the case goes to with this event; none when it stays.</summary>
    public TwinId To => Happened switch
    {
        CaseEvent.CaseEscalated e => e.To,
        CaseEvent.CaseSentBack e => e.To,
        CaseEvent.CaseMoved e => e.To,
        CaseEvent.CategoryAssigned e when e.To != e.From => e.To,
        _ => default,
    };

    /// <summary>Working time that it tells of, minutes.</summary>
    public double? WorkedMinutes => Happened switch
    {
        CaseEvent.CitizenAsked e => e.Worked.TotalMinutes,
        CaseEvent.CaseEscalated e => e.Worked.TotalMinutes,
        CaseEvent.CaseSentBack e => e.Worked.TotalMinutes,
        CaseEvent.CaseMoved e => e.Worked?.TotalMinutes,
        CaseEvent.CategoryAssigned e => e.Worked?.TotalMinutes,
        CaseEvent.CaseResolved e => e.Worked.TotalMinutes,
        CaseEvent.CaseRejected e => e.Worked.TotalMinutes,
        CaseEvent.CaseWithdrawn e => e.Worked?.TotalMinutes,
        _ => null,
    };

    /// <summary>Whether the result was in time.</summary>
    public bool? OnTime => Happened switch
    {
        CaseEvent.CaseResolved e => e.OnTime,
        CaseEvent.CaseRejected e => e.OnTime,
        _ => null,
    };

    /// <summary>The rating, 1 to 5.</summary>
    public int? Score => (Happened as CaseEvent.CaseRated)?.Score;

    /// <summary>The new deadline, where the event sets one.</summary>
    public DateTimeOffset? DueAt => Happened switch
    {
        CaseEvent.CitizenAnswered e => e.DueAt,
        CaseEvent.CaseReopened e => e.DueAt,
        _ => null,
    };

    /// <summary>A step, seen from the state before it.</summary>
    public static LoggedStep Of(long position, CaseState before, CaseEvent happened)
    {
        TwinId desk = before.Stage is CaseStage.Queued or CaseStage.InProgress ? before.Desk : default;
        return happened switch
        {
            CaseEvent.CaseFiled e => new LoggedStep(position, e, e.Office, default, default),
            CaseEvent.CaseQueued e => new LoggedStep(position, e, e.Office, e.Desk, default),
            CaseEvent.WorkStarted e => new LoggedStep(position, e, before.Office, e.Desk, e.Official),
            CaseEvent.CitizenAsked e => new LoggedStep(position, e, before.Office, desk, e.Official),
            CaseEvent.CaseEscalated e => new LoggedStep(position, e, before.Office, desk, e.Official),
            CaseEvent.CaseSentBack e => new LoggedStep(position, e, before.Office, desk, e.Official),
            CaseEvent.CaseResolved e => new LoggedStep(position, e, before.Office, desk, e.Official),
            CaseEvent.CaseRejected e => new LoggedStep(position, e, before.Office, desk, e.Official),
            _ => new LoggedStep(position, happened, before.Office, desk, default),
        };
    }
}
