using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>What happens to a case. STORAGE FORMAT: names and fields are in journals; see docs/journal.md before changing one.</summary>
/// <param name="At">When, UTC.</param>
public abstract record CaseEvent(DateTimeOffset At) : TwinEvent
{
    /// <summary>A dossier or report came in.</summary>
    /// <param name="At">When, UTC.</param>
    /// <param name="Kind">Dossier or feedback.</param>
    /// <param name="Service">The service or category code.</param>
    /// <param name="Commune">Where the citizen lives or the matter lies.</param>
    /// <param name="Office">The office in charge at first: the commune, or the department of the field.</param>
    /// <param name="Citizen">Who filed; none when unnamed.</param>
    /// <param name="Channel">How.</param>
    /// <param name="Urgency">How urgent.</param>
    /// <param name="DueAt">The deadline, by the service's limit in working time.</param>
    /// <param name="Skill">The skill a desk must have.</param>
    /// <param name="Effort">The expected handling time, working minutes: the load it puts on a desk.</param>
    /// <param name="Needed">Documents that must be in the citizen's ledger.</param>
    /// <param name="Documents">Documents given along with it.</param>
    /// <param name="Description">What was reported; null for a dossier.</param>
    /// <param name="Place">Where exactly.</param>
    public sealed record CaseFiled(
        DateTimeOffset At, CaseKind Kind, string Service, TwinId Commune, TwinId Office, TwinId Citizen, Channel Channel, Urgency Urgency,
        DateTimeOffset DueAt, string Skill, double Effort, ImmutableArray<string> Needed, ImmutableArray<string> Documents,
        string? Description, GeoPoint? Place) : CaseEvent(At);

    /// <summary>A model read the report: what it found, how sure it is, and whether a person must decide. Follows <see cref="CaseFiled"/> at once.</summary>
    public sealed record CaseClassified(DateTimeOffset At, CaseClassification Reading) : CaseEvent(At);

    /// <summary>Another citizen reported the same thing; nothing of that report is lost.</summary>
    /// <param name="At">When, UTC.</param>
    /// <param name="Report">The number of the report.</param>
    /// <param name="Citizen">Who reported; none when unnamed. The text is encrypted with this citizen's key.</param>
    /// <param name="Channel">How.</param>
    /// <param name="Description">What was reported.</param>
    /// <param name="Place">Where exactly.</param>
    /// <param name="Likeness">How alike the reports were found, 0 to 1.</param>
    public sealed record CaseFollowed(
        DateTimeOffset At, long Report, TwinId Citizen, Channel Channel, string Description, GeoPoint? Place, double Likeness) : CaseEvent(At);

    /// <summary>A person said what the report is about.</summary>
    /// <param name="At">When, UTC.</param>
    /// <param name="Category">The category from now on.</param>
    /// <param name="Before">The category so far; the same where a person confirmed it.</param>
    /// <param name="Official">Who said so; none when unnamed.</param>
    /// <param name="From">The office so far.</param>
    /// <param name="To">The office in charge from now on.</param>
    /// <param name="FromDesk">The desk that it leaves; none when it stays, or was at none.</param>
    /// <param name="Skill">The skill a desk must have from now on.</param>
    /// <param name="Effort">The expected handling time from now on, working minutes.</param>
    /// <param name="EffortBefore">The expected handling time so far, working minutes: the load taken from the desk that it leaves.</param>
    /// <param name="Urgency">How urgent it is from now on.</param>
    /// <param name="DueAt">The deadline from now on: the category's limit, from filing.</param>
    /// <param name="Worked">Working time spent on it by the official who had it in hand; null when nobody had, or it stays.</param>
    public sealed record CategoryAssigned(
        DateTimeOffset At, string Category, string Before, TwinId Official, TwinId From, TwinId To, TwinId FromDesk, string Skill, double Effort,
        double EffortBefore, Urgency Urgency, DateTimeOffset DueAt, TimeSpan? Worked) : CaseEvent(At);

    /// <summary>The ledger was asked: all there, or some missing; then the deadline stops.</summary>
    /// <param name="At">When, UTC.</param>
    /// <param name="Reused">Documents given on an earlier occasion and not asked for again.</param>
    /// <param name="Missing">Documents the citizen must still give.</param>
    /// <param name="Remaining">Working time left when the deadline stopped; null when nothing is missing.</param>
    /// <param name="AnswerBy">Until when the citizen may answer; null when nothing is missing.</param>
    public sealed record DocumentsChecked(
        DateTimeOffset At, ImmutableArray<string> Reused, ImmutableArray<string> Missing, TimeSpan? Remaining, DateTimeOffset? AnswerBy) : CaseEvent(At);

    /// <summary>The case stands in the queue of a desk.</summary>
    public sealed record CaseQueued(DateTimeOffset At, TwinId Office, TwinId Desk) : CaseEvent(At);

    /// <summary>An official began to work on it.</summary>
    public sealed record WorkStarted(DateTimeOffset At, TwinId Desk, TwinId Official) : CaseEvent(At);

    /// <summary>The official asked the citizen; the deadline stopped.</summary>
    public sealed record CitizenAsked(
        DateTimeOffset At, TwinId Official, ImmutableArray<string> Documents, string? Question, TimeSpan Worked, TimeSpan Remaining, DateTimeOffset AnswerBy) : CaseEvent(At);

    /// <summary>The citizen answered; the deadline runs again.</summary>
    public sealed record CitizenAnswered(DateTimeOffset At, ImmutableArray<string> Documents, string? Text, DateTimeOffset DueAt) : CaseEvent(At);

    /// <summary>The case was passed up from a commune to a department.</summary>
    public sealed record CaseEscalated(DateTimeOffset At, TwinId Official, TwinId From, TwinId To, string Reason, TimeSpan Worked) : CaseEvent(At);

    /// <summary>The case was returned from a department to a commune.</summary>
    public sealed record CaseSentBack(DateTimeOffset At, TwinId Official, TwinId From, TwinId To, string Reason, TimeSpan Worked) : CaseEvent(At);

    /// <summary>The case was moved by an operator, or because its desk or office closed.</summary>
    /// <param name="At">When, UTC.</param>
    /// <param name="From">The office that it leaves.</param>
    /// <param name="To">The office in charge from now on.</param>
    /// <param name="Desk">The desk that is wanted there; none: the one with the shortest expected wait.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="FromDesk">The desk that it leaves; none when it was at none.</param>
    /// <param name="Worked">Working time spent on it by the official who had it in hand; null when nobody had.</param>
    public sealed record CaseMoved(
        DateTimeOffset At, TwinId From, TwinId To, TwinId Desk, string Reason, TwinId FromDesk = default, TimeSpan? Worked = null) : CaseEvent(At);

    /// <summary>The deadline passed while the office had the case. Happens at that moment, once for each deadline.</summary>
    public sealed record CaseBecameOverdue(DateTimeOffset At, DateTimeOffset DueAt) : CaseEvent(At);

    /// <summary>Decided in the citizen's favour, or mended.</summary>
    public sealed record CaseResolved(DateTimeOffset At, TwinId Official, string? Outcome, TimeSpan Worked, bool OnTime) : CaseEvent(At);

    /// <summary>Turned down with a reason.</summary>
    /// <param name="At">When, UTC.</param>
    /// <param name="Official">Who decided.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Worked">Working time of this last piece of work.</param>
    /// <param name="OnTime">Whether the deadline was kept.</param>
    /// <param name="CloseAt">When the case closes by itself: until then the citizen may object.</param>
    public sealed record CaseRejected(
        DateTimeOffset At, TwinId Official, string Reason, TimeSpan Worked, bool OnTime, DateTimeOffset? CloseAt = null) : CaseEvent(At);

    /// <summary>The result was handed over.</summary>
    /// <param name="At">When, UTC.</param>
    /// <param name="CloseAt">When the case closes by itself.</param>
    public sealed record ResultReturned(DateTimeOffset At, DateTimeOffset CloseAt) : CaseEvent(At);

    /// <summary>The citizen rated the result.</summary>
    public sealed record CaseRated(DateTimeOffset At, int Score, string? Comment) : CaseEvent(At);

    /// <summary>Nothing more is expected.</summary>
    public sealed record CaseClosed(DateTimeOffset At) : CaseEvent(At);

    /// <summary>The citizen took it back, or did not answer in time.</summary>
    /// <param name="At">When, UTC.</param>
    /// <param name="Reason">Why, if a reason was given.</param>
    /// <param name="FromDesk">The desk that it leaves; none when it was at none.</param>
    /// <param name="Worked">Working time spent on it by the official who had it in hand; null when nobody had.</param>
    public sealed record CaseWithdrawn(DateTimeOffset At, string? Reason, TwinId FromDesk = default, TimeSpan? Worked = null) : CaseEvent(At);

    /// <summary>A desk queued the case after it had been withdrawn; the desk is told to let go of it.</summary>
    public sealed record CaseRecalled(DateTimeOffset At, TwinId Office, TwinId Desk) : CaseEvent(At);

    /// <summary>The citizen objected; it begins again with a new deadline.</summary>
    public sealed record CaseReopened(DateTimeOffset At, string Reason, TwinId Office, DateTimeOffset DueAt) : CaseEvent(At);
}
