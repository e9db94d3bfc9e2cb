using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>What happens at a desk. STORAGE FORMAT: see docs/journal.md before changing a name or field.</summary>
/// <param name="At">When, UTC.</param>
public abstract record DeskEvent(DateTimeOffset At) : TwinEvent
{
    /// <summary>The desk opened.</summary>
    public sealed record DeskOpened(
        DateTimeOffset At, TwinId Office, string NameVi, string NameEn, ImmutableArray<string> Skills, Discipline Discipline, ImmutableArray<TwinId> Officials) : DeskEvent(At);

    /// <summary>The order in which cases are taken changed.</summary>
    public sealed record DisciplineSet(DateTimeOffset At, Discipline Discipline) : DeskEvent(At);

    /// <summary>Officials joined.</summary>
    public sealed record OfficialsAssigned(DateTimeOffset At, ImmutableArray<TwinId> Officials) : DeskEvent(At);

    /// <summary>An official left.</summary>
    public sealed record OfficialRemoved(DateTimeOffset At, TwinId Official) : DeskEvent(At);

    /// <summary>A case joined the queue.</summary>
    public sealed record CaseEnqueued(DateTimeOffset At, TwinId Case, DateTimeOffset DueAt, Urgency Urgency) : DeskEvent(At);

    /// <summary>An official took a case.</summary>
    public sealed record CaseTaken(DateTimeOffset At, TwinId Case, TwinId Official) : DeskEvent(At);

    /// <summary>A case left the queue or an official's hands.</summary>
    public sealed record CaseReleased(DateTimeOffset At, TwinId Case, LeaveReason Reason) : DeskEvent(At);

    /// <summary>A case came after the desk had closed; it goes on to the successor.</summary>
    public sealed record CaseTurnedAway(DateTimeOffset At, TwinId Case, TwinId Successor) : DeskEvent(At);

    /// <summary>The desk closed; its cases go to another office.</summary>
    public sealed record DeskClosed(DateTimeOffset At, TwinId Successor) : DeskEvent(At);

    /// <summary>A share of the cases goes to a new office.</summary>
    public sealed record CasesHandedOver(DateTimeOffset At, TwinId To, int SharePercent) : DeskEvent(At);
}
