using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>A desk as it stands.</summary>
public sealed record DeskState : TwinState
{
    /// <summary>The state before it opened.</summary>
    public static DeskState Absent { get; } = new();

    /// <summary>The office it belongs to; none before it opened.</summary>
    public TwinId Office { get; init; }

    /// <summary>The Vietnamese name.</summary>
    public string NameVi { get; init; } = "";

    /// <summary>The English name.</summary>
    public string NameEn { get; init; } = "";

    /// <summary>What it can work on.</summary>
    public ImmutableArray<string> Skills { get; init; } = [];

    /// <summary>In which order it takes cases.</summary>
    public Discipline Discipline { get; init; } = Discipline.DeadlineFirst;

    /// <summary>Who works there.</summary>
    public ImmutableArray<TwinId> Officials { get; init; } = [];

    /// <summary>The cases that wait, first to be taken first.</summary>
    public ImmutableSortedSet<QueuePlace> Queue { get; init; } = [];

    /// <summary>The place in the queue of each case that waits.</summary>
    public ImmutableDictionary<TwinId, QueuePlace> Places { get; init; } = ImmutableDictionary<TwinId, QueuePlace>.Empty;

    /// <summary>The cases in hand, and whose.</summary>
    public ImmutableDictionary<TwinId, TwinId> InHand { get; init; } = ImmutableDictionary<TwinId, TwinId>.Empty;

    /// <summary>Once closed: where its cases go.</summary>
    public TwinId Successor { get; init; }

    /// <inheritdoc/>
    public override int EntryCount => Queue.Count + InHand.Count;

    /// <summary>Cases taken so far.</summary>
    public long Taken { get; init; }
}

/// <summary>A case's place in a queue. The order is the order of taking: urgency, then the discipline's moment, then identity.</summary>
/// <param name="Urgency">More urgent first.</param>
/// <param name="Order">The deadline or the moment of joining, as the discipline says.</param>
/// <param name="Case">Breaks ties: identities of cases grow with time.</param>
/// <param name="DueAt">The deadline.</param>
/// <param name="Since">When it joined.</param>
public readonly record struct QueuePlace(Urgency Urgency, DateTimeOffset Order, TwinId Case, DateTimeOffset DueAt, DateTimeOffset Since) : IComparable<QueuePlace>
{
    /// <inheritdoc/>
    public int CompareTo(QueuePlace other)
    {
        int byUrgency = other.Urgency.CompareTo(Urgency);
        int byOrder = byUrgency != 0 ? byUrgency : Order.CompareTo(other.Order);
        return byOrder != 0 ? byOrder : Case.CompareTo(other.Case);
    }

    /// <summary>Taken earlier.</summary>
    public static bool operator <(QueuePlace left, QueuePlace right) => left.CompareTo(right) < 0;

    /// <summary>Taken later.</summary>
    public static bool operator >(QueuePlace left, QueuePlace right) => left.CompareTo(right) > 0;

    /// <summary>Not taken later.</summary>
    public static bool operator <=(QueuePlace left, QueuePlace right) => left.CompareTo(right) <= 0;

    /// <summary>Not taken earlier.</summary>
    public static bool operator >=(QueuePlace left, QueuePlace right) => left.CompareTo(right) >= 0;
}
