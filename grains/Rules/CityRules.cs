using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>The rules of a city in force at one moment: calendar, catalogue, routing and terms.</summary>
/// <remarks>Immutable and safe to share. Made from a city folder and changed only by events of the city twin.</remarks>
public sealed record CityRules
{
    /// <summary>When offices work.</summary>
    public required WorkCalendar Calendar { get; init; }

    /// <summary>Services and feedback categories by code.</summary>
    public required Catalogue Catalogue { get; init; }

    /// <summary>Which department answers for a field of work, as <c>land</c>.</summary>
    public required ImmutableDictionary<string, TwinId> DepartmentOfField { get; init; }

    /// <summary>Every office of the city, those that were merged away included.</summary>
    public required ImmutableHashSet<TwinId> Offices { get; init; }

    /// <summary>Where a commune's cases go after a merge: old unit to its successor. Followed until it ends.</summary>
    public ImmutableDictionary<TwinId, TwinId> Successors { get; init; } = ImmutableDictionary<TwinId, TwinId>.Empty;

    /// <summary>Limits and periods that apply to every case.</summary>
    public CaseTerms Terms { get; init; } = new();

    /// <summary>The office that took over the work of <paramref name="office"/>, or itself.</summary>
    public TwinId InForce(TwinId office)
    {
        while (Successors.TryGetValue(office, out TwinId next))
        {
            office = next;
        }
        return office;
    }
}

/// <summary>Limits and periods that apply to every case. Working days are of the city's calendar.</summary>
public sealed record CaseTerms
{
    /// <summary>Working days after the result was returned at which an unrated case closes by itself. 1 to 90, default 10.</summary>
    public int CloseAfterDays { get; init; } = 10;

    /// <summary>Working days after the result within which a case can be reopened. 0 to 365, default 15.</summary>
    public int ReopenWithinDays { get; init; } = 15;

    /// <summary>Working days that a citizen has to answer; then the case is withdrawn by itself. 1 to 365, default 30.</summary>
    public int AnswerWithinDays { get; init; } = 30;

    /// <summary>How many cases one official may have in hand. 1 to 1,000, default 5.</summary>
    public int InHandMax { get; init; } = 5;
}
