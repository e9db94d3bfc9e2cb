using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>What happens to a city's policy. STORAGE FORMAT: see docs/journal.md before changing a name or field.</summary>
/// <param name="At">When, UTC.</param>
public abstract record CityEvent(DateTimeOffset At) : TwinEvent
{
    /// <summary>The city began.</summary>
    public sealed record CityFounded(DateTimeOffset At, string NameVi, string NameEn, int Population, ImmutableArray<TwinId> Offices, string Edition) : CityEvent(At);

    /// <summary>Another edition of the folder came into force.</summary>
    public sealed record EditionAdopted(DateTimeOffset At, string Edition) : CityEvent(At);

    /// <summary>A service's terms changed.</summary>
    public sealed record ServiceAmended(DateTimeOffset At, string Service, decimal? WorkingDays, Level? Level, double? MedianMinutes) : CityEvent(At);

    /// <summary>A day became a holiday or a worked day.</summary>
    public sealed record DaySet(DateTimeOffset At, DateOnly Date, bool Off, string Name) : CityEvent(At);

    /// <summary>Another department answers for a field.</summary>
    public sealed record FieldRouted(DateTimeOffset At, string Field, TwinId Department) : CityEvent(At);

    /// <summary>Limits and periods changed.</summary>
    public sealed record TermsSet(DateTimeOffset At, CaseTerms Terms) : CityEvent(At);

    /// <summary>Communes became part of another one.</summary>
    public sealed record CommunesMerged(DateTimeOffset At, ImmutableArray<TwinId> From, TwinId Into) : CityEvent(At);

    /// <summary>A part of a commune became a commune of its own.</summary>
    public sealed record CommuneSplit(DateTimeOffset At, TwinId From, OfficeProfile Profile, ImmutableArray<DeskDefinition> Desks, int SharePercent) : CityEvent(At);
}
