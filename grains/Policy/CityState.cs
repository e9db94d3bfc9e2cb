using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>A city's policy as it stands: what was changed since its folder was written.</summary>
public sealed record CityState : TwinState
{
    /// <summary>The state before the founding.</summary>
    public static CityState Absent { get; } = new();

    /// <summary>The Vietnamese name; empty before the founding.</summary>
    public string NameVi { get; init; } = "";

    /// <summary>The English name.</summary>
    public string NameEn { get; init; } = "";

    /// <summary>Residents.</summary>
    public int Population { get; init; }

    /// <summary>The edition of the folder in force.</summary>
    public string Edition { get; init; } = "";

    /// <summary>All offices, merged ones included.</summary>
    public ImmutableHashSet<TwinId> Offices { get; init; } = [];

    /// <summary>Merged communes and who took over.</summary>
    public ImmutableDictionary<TwinId, TwinId> Successors { get; init; } = ImmutableDictionary<TwinId, TwinId>.Empty;

    /// <summary>The latest amendment of each amended service; parts that were never amended are null.</summary>
    public ImmutableDictionary<string, CityEvent.ServiceAmended> Services { get; init; } = ImmutableDictionary<string, CityEvent.ServiceAmended>.Empty;

    /// <summary>Days set since the folder was written.</summary>
    public ImmutableDictionary<DateOnly, CityEvent.DaySet> Days { get; init; } = ImmutableDictionary<DateOnly, CityEvent.DaySet>.Empty;

    /// <summary>Fields routed since the folder was written.</summary>
    public ImmutableDictionary<string, TwinId> Fields { get; init; } = ImmutableDictionary<string, TwinId>.Empty;

    /// <summary>Terms in force, or null for the folder's.</summary>
    public CaseTerms? Terms { get; init; }
}
