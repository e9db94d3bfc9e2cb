using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>A commune or department as it stands.</summary>
public sealed record OfficeState : TwinState
{
    /// <summary>The state before it was established.</summary>
    public static OfficeState Absent { get; } = new();

    /// <summary>What is known of the office; null before it was established.</summary>
    public OfficeProfile? Profile { get; init; }

    /// <summary>Its desks and their load, in the order of opening.</summary>
    public ImmutableArray<DeskLoad> Desks { get; init; } = [];

    /// <summary>Cases that came before the office was established; admitted as soon as it is.</summary>
    public ImmutableArray<OfficeEvent.CaseHeld> Held { get; init; } = [];

    /// <summary>Its live totals.</summary>
    public OfficeTotals Totals { get; init; }

    /// <summary>The office that took over its work; none while it works itself.</summary>
    public TwinId Successor { get; init; }
}

/// <summary>What an office knows of a desk: enough to send a case where the wait is shortest.</summary>
/// <param name="Desk">The desk.</param>
/// <param name="Skills">What it can work on.</param>
/// <param name="Officials">How many work there.</param>
/// <param name="Open">Cases waiting or in hand there.</param>
/// <param name="Effort">Expected handling time of those cases, working minutes.</param>
public sealed record DeskLoad(TwinId Desk, ImmutableArray<string> Skills, int Officials, int Open, double Effort)
{
    /// <summary>Expected wait of a newcomer, working minutes.</summary>
    public double ExpectedWaitMinutes => Effort / Math.Max(1, Officials);
}

/// <summary>Live totals of an office since it was established.</summary>
public readonly record struct OfficeTotals
{
    /// <summary>Cases at its desks now.</summary>
    public int AtDesks { get; init; }

    /// <summary>Cases filed here.</summary>
    public long Filed { get; init; }

    /// <summary>Cases that came by escalation.</summary>
    public long EscalatedIn { get; init; }

    /// <summary>Cases passed up to a department.</summary>
    public long EscalatedOut { get; init; }

    /// <summary>Cases resolved.</summary>
    public long Resolved { get; init; }

    /// <summary>Cases rejected.</summary>
    public long Rejected { get; init; }

    /// <summary>Cases withdrawn while at a desk.</summary>
    public long Withdrawn { get; init; }

    /// <summary>Results, of either kind, that came in time.</summary>
    public long OnTime { get; init; }

    /// <summary>Deadlines that passed.</summary>
    public long Overdue { get; init; }

    /// <summary>Ratings received.</summary>
    public long Ratings { get; init; }

    /// <summary>The sum of the ratings' scores.</summary>
    public long RatingSum { get; init; }
}
