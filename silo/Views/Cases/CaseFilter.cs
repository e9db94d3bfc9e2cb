using CityTwin.Grains;

namespace CityTwin.Silo.Views;

/// <summary>Which cases are wanted; what is null does not matter.</summary>
public sealed record CaseFilter
{
    /// <summary>In charge.</summary>
    public TwinId? Office { get; init; }

    /// <summary>Where the matter lies.</summary>
    public TwinId? Commune { get; init; }

    /// <summary>The desk it is at, or was at last.</summary>
    public TwinId? Desk { get; init; }

    /// <summary>The service or category code.</summary>
    public string? Service { get; init; }

    /// <summary>Dossier or feedback.</summary>
    public CaseKind? Kind { get; init; }

    /// <summary>The stage.</summary>
    public CaseStage? Stage { get; init; }

    /// <summary>Open (true), or not open any more (false).</summary>
    public bool? Open { get; init; }

    /// <summary>Whether the deadline in force has passed.</summary>
    public bool? Overdue { get; init; }

    /// <summary>How it came in.</summary>
    public Channel? Channel { get; init; }

    /// <summary>How urgent it is.</summary>
    public Urgency? Urgency { get; init; }

    /// <summary>Who filed it.</summary>
    public TwinId? Citizen { get; init; }

    /// <summary>Who has it in hand, or had it last.</summary>
    public TwinId? Official { get; init; }

    /// <summary>Due earlier than this.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>Due at this moment or later.</summary>
    public DateTimeOffset? DueAfter { get; init; }

    /// <summary>Filed earlier than this.</summary>
    public DateTimeOffset? FiledBefore { get; init; }

    /// <summary>Filed at this moment or later.</summary>
    public DateTimeOffset? FiledAfter { get; init; }
}

/// <summary>By which moment a list of cases is ordered; ties by identity.</summary>
public enum CaseOrder : byte
{
    /// <summary>The deadline.</summary>
    DueAt = 1,

    /// <summary>The filing.</summary>
    FiledAt = 2,

    /// <summary>Since when the case is in its stage.</summary>
    StageAt = 3,
}

/// <summary>A place in a list of cases: the order's moment and the case.</summary>
/// <param name="At">Unix milliseconds.</param>
/// <param name="Number">The case's number.</param>
public readonly record struct CasePlace(long At, long Number) : IComparable<CasePlace>
{
    /// <inheritdoc/>
    public int CompareTo(CasePlace other) => At != other.At ? At.CompareTo(other.At) : Number.CompareTo(other.Number);

    /// <summary>Earlier in the order.</summary>
    public static bool operator <(CasePlace left, CasePlace right) => left.CompareTo(right) < 0;

    /// <summary>Later in the order.</summary>
    public static bool operator >(CasePlace left, CasePlace right) => left.CompareTo(right) > 0;

    /// <summary>Not later in the order.</summary>
    public static bool operator <=(CasePlace left, CasePlace right) => left.CompareTo(right) <= 0;

    /// <summary>Not earlier in the order.</summary>
    public static bool operator >=(CasePlace left, CasePlace right) => left.CompareTo(right) >= 0;
}

/// <summary>One page of a list of cases.</summary>
/// <param name="Filter">Which.</param>
/// <param name="Order">By what.</param>
/// <param name="Descending">The latest first.</param>
/// <param name="Limit">At most so many, 1 to 500.</param>
/// <param name="After">The last place of the page before; null for the first page.</param>
public sealed record CaseQuery(CaseFilter Filter, CaseOrder Order, bool Descending, int Limit, CasePlace? After = null);

/// <summary>A page of cases.</summary>
/// <param name="Cases">In the order asked for.</param>
/// <param name="Next">The place to go on after; null when there is no more.</param>
public sealed record CasePage(IReadOnlyList<CaseLine> Cases, CasePlace? Next);

/// <summary>A case in a list.</summary>
/// <param name="Case">Its identity.</param>
/// <param name="Kind">Dossier or feedback.</param>
/// <param name="Service">The service or category code.</param>
/// <param name="Stage">Where it is in its life.</param>
/// <param name="Overdue">Whether the deadline in force has passed.</param>
/// <param name="OnTime">Whether the result came in time; null before there is one.</param>
/// <param name="Urgency">How urgent it is.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="Commune">Where the matter lies.</param>
/// <param name="Office">In charge.</param>
/// <param name="Desk">The desk it is at, or was at last.</param>
/// <param name="Official">Who has it, or had it last.</param>
/// <param name="Citizen">Who filed it.</param>
/// <param name="FiledAt">When it came in.</param>
/// <param name="DueAt">The deadline in force.</param>
/// <param name="StageAt">Since when it is in its stage.</param>
/// <param name="Rating">1 to 5; 0: not rated.</param>
/// <param name="Escalations">How often it went up to a department.</param>
/// <param name="Reopenings">How often it was reopened.</param>
public sealed record CaseLine(
    TwinId Case, CaseKind Kind, string Service, CaseStage Stage, bool Overdue, bool? OnTime, Urgency Urgency, Channel Channel, TwinId Commune,
    TwinId Office, TwinId Desk, TwinId Official, TwinId Citizen, DateTimeOffset FiledAt, DateTimeOffset DueAt, DateTimeOffset StageAt,
    int Rating, int Escalations, int Reopenings);
