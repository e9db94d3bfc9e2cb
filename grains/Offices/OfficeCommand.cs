using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>What a commune or a department can be asked to do.</summary>
public abstract record OfficeCommand : TwinCommand
{
    private OfficeCommand()
    {
    }

    /// <summary>The office begins its work with these desks. Its city sends this once.</summary>
    public sealed record Establish(OfficeProfile Profile, ImmutableArray<DeskDefinition> Desks) : OfficeCommand;

    /// <summary>Opens another desk.</summary>
    public sealed record OpenDesk(DeskDefinition Desk) : OfficeCommand;

    /// <summary>Message of a case: it is this office's now and needs a desk.</summary>
    /// <param name="Case">The case.</param>
    /// <param name="Reason">Why it comes.</param>
    /// <param name="Skill">The skill it needs.</param>
    /// <param name="DueAt">Its deadline.</param>
    /// <param name="Urgency">How urgent it is.</param>
    /// <param name="Effort">Expected handling time, working minutes.</param>
    /// <param name="Desk">The desk to go to if it belongs to this office; none: the one with the shortest expected wait.</param>
    public sealed record Admit(TwinId Case, AdmitReason Reason, string Skill, DateTimeOffset DueAt, Urgency Urgency, double Effort, TwinId Desk = default) : OfficeCommand;

    /// <summary>Message of a case: it left a desk of this office.</summary>
    public sealed record RecordLeave(TwinId Case, TwinId Desk, LeaveReason Reason, double Effort, bool OnTime) : OfficeCommand;

    /// <summary>Message of a case: its deadline passed here.</summary>
    public sealed record RecordOverdue(TwinId Case) : OfficeCommand;

    /// <summary>Message of a case: it was rated, 1 to 5.</summary>
    public sealed record RecordRating(TwinId Case, int Score) : OfficeCommand;

    /// <summary>Message of a desk: how many officials it has now.</summary>
    public sealed record RecordStaff(TwinId Desk, int Officials) : OfficeCommand;

    /// <summary>Message of the city: this commune becomes part of another one.</summary>
    public sealed record MergeInto(TwinId Successor) : OfficeCommand;

    /// <summary>Message of a merged commune: its residents and officials come here.</summary>
    public sealed record Absorb(TwinId From, int Population, double AreaKm2, ImmutableArray<StaffedDesk> Desks) : OfficeCommand;

    /// <summary>Message of the city: a part of this commune becomes a commune of its own.</summary>
    public sealed record SplitOff(TwinId To, int SharePercent) : OfficeCommand;
}

/// <summary>Why a case comes to an office.</summary>
public enum AdmitReason : byte
{
    /// <summary>It was filed.</summary>
    Filed = 1,

    /// <summary>It was escalated from a commune.</summary>
    Escalated = 2,

    /// <summary>A department returned it.</summary>
    SentBack = 3,

    /// <summary>The citizen answered.</summary>
    Answered = 4,

    /// <summary>An operator moved it, or its desk or office closed.</summary>
    Moved = 5,

    /// <summary>The citizen objected to the result.</summary>
    Reopened = 6,
}

/// <summary>Why a case leaves a desk.</summary>
public enum LeaveReason : byte
{
    /// <summary>Resolved.</summary>
    Resolved = 1,

    /// <summary>Rejected.</summary>
    Rejected = 2,

    /// <summary>Withdrawn.</summary>
    Withdrawn = 3,

    /// <summary>Waiting for the citizen.</summary>
    Waiting = 4,

    /// <summary>Escalated to a department.</summary>
    Escalated = 5,

    /// <summary>Returned to a commune.</summary>
    SentBack = 6,

    /// <summary>Moved to another desk or office.</summary>
    Moved = 7,
}

/// <summary>What a merged commune's desk brings along.</summary>
public sealed record StaffedDesk(ImmutableArray<string> Skills, ImmutableArray<TwinId> Officials);
