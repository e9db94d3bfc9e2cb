using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>What a city can be asked to do: its policy.</summary>
public abstract record CityCommand : TwinCommand
{
    private CityCommand()
    {
    }

    /// <summary>The city begins, with these offices.</summary>
    public sealed record Found(string NameVi, string NameEn, int Population, ImmutableArray<TwinId> Offices, string Edition) : CityCommand;

    /// <summary>The folder that describes the city has another edition.</summary>
    public sealed record AdoptEdition(string Edition) : CityCommand;

    /// <summary>Changes terms of a service; what is null stays.</summary>
    /// <param name="Service">Its code.</param>
    /// <param name="WorkingDays">The new limit, 0.5 to 365 working days.</param>
    /// <param name="Level">Who decides from now on.</param>
    /// <param name="MedianMinutes">The new median handling time, above 0 to 100,000 working minutes.</param>
    public sealed record AmendService(string Service, decimal? WorkingDays, Level? Level, double? MedianMinutes) : CityCommand;

    /// <summary>A day becomes a holiday, or a worked day. Deadlines already set stay as they are.</summary>
    public sealed record SetDay(DateOnly Date, bool Off, string Name) : CityCommand;

    /// <summary>Another department answers for a field of work.</summary>
    public sealed record RouteField(string Field, TwinId Department) : CityCommand;

    /// <summary>Changes limits and periods that apply to every case.</summary>
    public sealed record SetTerms(CaseTerms Terms) : CityCommand;

    /// <summary>Communes become part of another one; their open cases go along.</summary>
    public sealed record MergeCommunes(ImmutableArray<TwinId> From, TwinId Into) : CityCommand;

    /// <summary>A part of a commune becomes a commune of its own, with a share of the open cases.</summary>
    public sealed record SplitCommune(TwinId From, OfficeProfile Profile, ImmutableArray<DeskDefinition> Desks, int SharePercent) : CityCommand;
}
