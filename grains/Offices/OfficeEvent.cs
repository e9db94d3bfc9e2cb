using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>What happens at a commune or department. STORAGE FORMAT: see docs/journal.md before changing a name or field.</summary>
/// <param name="At">When, UTC.</param>
public abstract record OfficeEvent(DateTimeOffset At) : TwinEvent
{
    /// <summary>The office began its work.</summary>
    public sealed record OfficeEstablished(DateTimeOffset At, OfficeProfile Profile, ImmutableArray<DeskDefinition> Desks) : OfficeEvent(At);

    /// <summary>Another desk opened.</summary>
    public sealed record DeskAdded(DateTimeOffset At, DeskDefinition Desk) : OfficeEvent(At);

    /// <summary>A case came and was sent to a desk.</summary>
    public sealed record CaseAdmitted(
        DateTimeOffset At, TwinId Case, AdmitReason Reason, TwinId Desk, DateTimeOffset DueAt, Urgency Urgency, double Effort) : OfficeEvent(At);

    /// <summary>A case came before the office was established, as after a split; it waits for that.</summary>
    public sealed record CaseHeld(
        DateTimeOffset At, TwinId Case, AdmitReason Reason, string Skill, DateTimeOffset DueAt, Urgency Urgency, double Effort) : OfficeEvent(At);

    /// <summary>A case came after the office had been merged; it goes on to the successor.</summary>
    public sealed record CaseForwarded(
        DateTimeOffset At, TwinId Case, TwinId To, AdmitReason Reason, string Skill, DateTimeOffset DueAt, Urgency Urgency, double Effort) : OfficeEvent(At);

    /// <summary>A case left one of its desks.</summary>
    public sealed record CaseLeft(DateTimeOffset At, TwinId Case, TwinId Desk, LeaveReason Reason, double Effort, bool OnTime) : OfficeEvent(At);

    /// <summary>A deadline passed here.</summary>
    public sealed record OverdueRecorded(DateTimeOffset At, TwinId Case) : OfficeEvent(At);

    /// <summary>A result of this office was rated.</summary>
    public sealed record RatingRecorded(DateTimeOffset At, TwinId Case, int Score) : OfficeEvent(At);

    /// <summary>A desk's number of officials changed.</summary>
    public sealed record StaffRecorded(DateTimeOffset At, TwinId Desk, int Officials) : OfficeEvent(At);

    /// <summary>The commune became part of another one.</summary>
    public sealed record OfficeMerged(DateTimeOffset At, TwinId Successor) : OfficeEvent(At);

    /// <summary>Another commune became part of this one.</summary>
    public sealed record OfficeAbsorbed(DateTimeOffset At, TwinId From, int Population, double AreaKm2, ImmutableArray<StaffedDesk> Desks) : OfficeEvent(At);

    /// <summary>A part of this commune became a commune of its own.</summary>
    public sealed record OfficeSplit(DateTimeOffset At, TwinId To, int SharePercent) : OfficeEvent(At);
}
