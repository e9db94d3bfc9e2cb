using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>Where a case is in its life.</summary>
public enum CaseStage : byte
{
    /// <summary>Nothing happened yet.</summary>
    Absent = 0,

    /// <summary>Came in, or changes office: not at a desk yet.</summary>
    Received = 1,

    /// <summary>The citizen must answer; the deadline stands still.</summary>
    WaitingForCitizen = 2,

    /// <summary>In the queue of a desk.</summary>
    Queued = 3,

    /// <summary>In the hands of an official.</summary>
    InProgress = 4,

    /// <summary>Decided; the result waits for the citizen.</summary>
    Resolved = 5,

    /// <summary>The citizen has the result and may rate it.</summary>
    Returned = 6,

    /// <summary>Ended after a result.</summary>
    Closed = 7,

    /// <summary>Ended: taken back.</summary>
    Withdrawn = 8,

    /// <summary>Ended: turned down.</summary>
    Rejected = 9,
}

/// <summary>A case as it stands.</summary>
public sealed record CaseState : TwinState
{
    /// <summary>The state before anything happened.</summary>
    public static CaseState Absent { get; } = new();

    /// <summary>Where it is in its life.</summary>
    public CaseStage Stage { get; init; }

    /// <summary>Dossier or feedback.</summary>
    public CaseKind Kind { get; init; }

    /// <summary>How it came in.</summary>
    public Channel Channel { get; init; }

    /// <summary>How urgent it is.</summary>
    public Urgency Urgency { get; init; }

    /// <summary>True while an office has been asked for a desk and none has answered yet.</summary>
    public bool OnItsWay { get; init; }

    /// <summary>True once the deadline in force has passed.</summary>
    public bool Overdue { get; init; }

    /// <summary>Whether the result came in time; null before there is one.</summary>
    public bool? OnTime { get; init; }

    /// <summary>The rating, 1 to 5; 0: not rated.</summary>
    public byte Rating { get; init; }

    /// <summary>How often it went up to a department.</summary>
    public byte Escalations { get; init; }

    /// <summary>How often it was reopened.</summary>
    public byte Reopenings { get; init; }

    /// <summary>Needed documents that were found in the ledger.</summary>
    public byte Reused { get; init; }

    /// <summary>The service or category code.</summary>
    public string Service { get; init; } = "";

    /// <summary>The skill a desk must have.</summary>
    public string Skill { get; init; } = "";

    /// <summary>Expected handling time, working minutes.</summary>
    public double Effort { get; init; }

    /// <summary>Who filed it; none when unnamed.</summary>
    public TwinId Citizen { get; init; }

    /// <summary>Where the citizen lives or the matter lies.</summary>
    public TwinId Commune { get; init; }

    /// <summary>The office in charge.</summary>
    public TwinId Office { get; init; }

    /// <summary>The desk it is at, or was at last.</summary>
    public TwinId Desk { get; init; }

    /// <summary>The official who has it in hand, or had it last.</summary>
    public TwinId Official { get; init; }

    /// <summary>When it came in.</summary>
    public DateTimeOffset FiledAt { get; init; }

    /// <summary>The deadline in force; while the citizen is waited for, the one that stood before.</summary>
    public DateTimeOffset DueAt { get; init; }

    /// <summary>Since when it is in its stage.</summary>
    public DateTimeOffset StageAt { get; init; }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>Until when the citizen may answer, or when it closes by itself; null in other stages.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Working time left when the deadline stopped.</summary>
    public TimeSpan Remaining { get; init; }

    /// <summary>Working time that officials spent on it.</summary>
    public TimeSpan Worked { get; init; }

    /// <summary>Documents it needs.</summary>
    public ImmutableArray<string> Needed { get; init; } = [];

    /// <summary>Documents that are missing.</summary>
    public ImmutableArray<string> Missing { get; init; } = [];

    /// <summary>What was reported; null for a dossier.</summary>
    public string? Description { get; init; }

    /// <summary>Where exactly.</summary>
    public GeoPoint? Place { get; init; }

    /// <summary>The result or the reason in words.</summary>
    public string? Outcome { get; init; }

    /// <summary>True from filing until a result, a withdrawal or a rejection.</summary>
    public bool IsOpen => Stage is >= CaseStage.Received and <= CaseStage.InProgress;
}
