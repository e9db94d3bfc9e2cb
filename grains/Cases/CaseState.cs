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
/// <remarks>
/// A city holds a million of them and copies one at every turn: moments are kept as ticks of UTC, marks as bits and what only reports have apart, which
/// takes 184 bytes a case where plain fields would take 264. All moments read as UTC.
/// </remarks>
public sealed record CaseState : TwinState
{
    private const int OnItsWayBit = 1;
    private const int OverdueBit = 2;
    private const int DecidedBit = 4;
    private const int OnTimeBit = 8;
    private const int KindShift = 4;

    private readonly byte _marks;
    private readonly long _filedAt;
    private readonly long _dueAt;
    private readonly long _stageAt;
    private readonly long _resolvedAt;
    private readonly long _until;
    private readonly ReportFacts? _report;

    /// <summary>The state before anything happened.</summary>
    public static CaseState Absent { get; } = new();

    /// <summary>Where it is in its life.</summary>
    public CaseStage Stage { get; init; }

    /// <summary>Dossier or feedback.</summary>
    public CaseKind Kind
    {
        get => (CaseKind)(_marks >> KindShift);
        init => _marks = (byte)((_marks & ((1 << KindShift) - 1)) | ((int)value << KindShift));
    }

    /// <summary>How it came in.</summary>
    public Channel Channel { get; init; }

    /// <summary>How urgent it is.</summary>
    public Urgency Urgency { get; init; }

    /// <summary>True while an office has been asked for a desk and none has answered yet.</summary>
    public bool OnItsWay
    {
        get => (_marks & OnItsWayBit) != 0;
        init => _marks = Mark(_marks, OnItsWayBit, value);
    }

    /// <summary>True once the deadline in force has passed.</summary>
    public bool Overdue
    {
        get => (_marks & OverdueBit) != 0;
        init => _marks = Mark(_marks, OverdueBit, value);
    }

    /// <summary>Whether the result came in time; null before there is one.</summary>
    public bool? OnTime
    {
        get => (_marks & DecidedBit) == 0 ? null : (_marks & OnTimeBit) != 0;
        init => _marks = Mark(Mark(_marks, DecidedBit, value is not null), OnTimeBit, value == true);
    }

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
    public DateTimeOffset FiledAt
    {
        get => new(_filedAt, TimeSpan.Zero);
        init => _filedAt = value.UtcTicks;
    }

    /// <summary>The deadline in force; while the citizen is waited for, the one that stood before.</summary>
    public DateTimeOffset DueAt
    {
        get => new(_dueAt, TimeSpan.Zero);
        init => _dueAt = value.UtcTicks;
    }

    /// <summary>Since when it is in its stage.</summary>
    public DateTimeOffset StageAt
    {
        get => new(_stageAt, TimeSpan.Zero);
        init => _stageAt = value.UtcTicks;
    }

    /// <summary>When it was decided.</summary>
    public DateTimeOffset? ResolvedAt
    {
        get => _resolvedAt == 0 ? null : new DateTimeOffset(_resolvedAt, TimeSpan.Zero);
        init => _resolvedAt = value?.UtcTicks ?? 0;
    }

    /// <summary>Until when the citizen may answer, or when it closes by itself; null in other stages.</summary>
    public DateTimeOffset? Until
    {
        get => _until == 0 ? null : new DateTimeOffset(_until, TimeSpan.Zero);
        init => _until = value?.UtcTicks ?? 0;
    }

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
    public GeoPoint? Place
    {
        get => _report?.Place;
        init => _report = ReportFacts.Of(value, Classification, Followers, LastFollower);
    }

    /// <summary>What a model read in it; null for a dossier and where a person chose the category at filing.</summary>
    public CaseClassification? Classification
    {
        get => _report?.Classification;
        init => _report = ReportFacts.Of(Place, value, Followers, LastFollower);
    }

    /// <summary>How many more reports of the same thing joined it.</summary>
    public int Followers
    {
        get => _report?.Followers ?? 0;
        init => _report = ReportFacts.Of(Place, Classification, value, LastFollower);
    }

    /// <summary>The number of the report that joined last; 0 before any did.</summary>
    public long LastFollower
    {
        get => _report?.LastFollower ?? 0;
        init => _report = ReportFacts.Of(Place, Classification, Followers, value);
    }

    /// <summary>True while a person must say what the report is about.</summary>
    public bool NeedsCategory => Classification is { NeedsCategory: true };

    /// <summary>The result or the reason in words.</summary>
    public string? Outcome { get; init; }

    /// <summary>True from filing until a result, a withdrawal or a rejection.</summary>
    public bool IsOpen => Stage is >= CaseStage.Received and <= CaseStage.InProgress;

    private static byte Mark(byte marks, int bit, bool isSet) => (byte)(isSet ? marks | bit : marks & ~bit);

    // What only reports have: one reference in every case, so that dossiers do not pay for it.
    private sealed record ReportFacts(GeoPoint? Place, CaseClassification? Classification, int Followers, long LastFollower)
    {
        public static ReportFacts? Of(GeoPoint? place, CaseClassification? classification, int followers, long lastFollower) =>
            place is null && classification is null && followers == 0 && lastFollower == 0 ? null : new(place, classification, followers, lastFollower);
    }
}
