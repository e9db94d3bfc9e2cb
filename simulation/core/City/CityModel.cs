using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Simulation.City;

/// <summary>A city as the simulator sees it: both levels, their desks and officers, demand, and what happens to cases.</summary>
/// <remarks>
/// Immutable. Offices, services, desks and officers are known by their place in the arrays; scenario changes make new models
/// with the same places, so that one case can live through several of them. Assumptions and their sources: docs/simulation.md.
/// </remarks>
public sealed record CityModel
{
    /// <summary>The city's short name.</summary>
    public required string Name { get; init; }

    /// <summary>When offices work; deadlines are computed by it exactly as in the live city.</summary>
    public required WorkCalendar Calendar { get; init; }

    /// <summary>Communes first, then departments.</summary>
    public required ImmutableArray<ModelOffice> Offices { get; init; }

    /// <summary>Services and feedback categories.</summary>
    public required ImmutableArray<ModelService> Services { get; init; }

    /// <summary>The skills' names; desks and services know them by place.</summary>
    public required ImmutableArray<string> Skills { get; init; }

    /// <summary>The desks of all offices.</summary>
    public required ImmutableArray<ModelDesk> Desks { get; init; }

    /// <summary>Who works at the desks.</summary>
    public required ImmutableArray<ModelOfficer> Officers { get; init; }

    /// <summary>Offices that share work of some skills.</summary>
    public ImmutableArray<ModelPool> Pools { get; init; } = [];

    /// <summary>When in the week and day citizens file.</summary>
    public DemandProfile Demand { get; init; } = DemandProfile.Usual;

    /// <summary>What an official does with an unfinished case when the office closes for the day.</summary>
    public EndOfShift EndOfShift { get; init; } = EndOfShift.Hold;

    /// <summary>How many cases an official takes at once, to work on them one after another, 1 to 1,000. 1: each when it is begun.</summary>
    public int HandMax { get; init; } = 1;

    /// <summary>How fast cases go from office to office.</summary>
    public Coupling Coupling { get; init; } = Coupling.Immediate;

    /// <summary>How results of longer procedures are signed together; null: each at once.</summary>
    public ModelBatch? Batch { get; init; }

    /// <summary>Limits and periods of the city's rules.</summary>
    public CaseTerms Terms { get; init; } = new();
}

/// <summary>Results that an office signs together, the last step of procedures that take days.</summary>
/// <param name="Size">As soon as so many are there, 2 to 10,000.</param>
/// <param name="Days">Or when the first of them has waited so many working days, above 0 to 60: so the last batch does not wait for ever.</param>
public sealed record ModelBatch(int Size, double Days);

/// <summary>What an official does with an unfinished case when the office closes for the day. Breaks always interrupt and resume.</summary>
public enum EndOfShift : byte
{
    /// <summary>Keeps it and goes on at the next opening at which he is there.</summary>
    Hold = 1,

    /// <summary>Stays until it is done.</summary>
    Finish = 2,

    /// <summary>Puts it back; whoever takes it next does what is left.</summary>
    HandOver = 3,
}

/// <summary>How fast cases go from office to office.</summary>
public enum Coupling : byte
{
    /// <summary>At once, as in the live city.</summary>
    Immediate = 1,

    /// <summary>With the night: a case that leaves an office is at the other from midnight on. Offices can then be simulated apart, day by day.</summary>
    Overnight = 2,
}

/// <summary>A commune or a department.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its twin.</param>
/// <param name="Kind">What kind of office it is.</param>
/// <param name="Population">Residents; 0 for a department.</param>
/// <param name="CasesPerDay">Mean cases filed here per working day, by service, over all channels.</param>
public sealed record ModelOffice(string Name, TwinId Id, OfficeKind Kind, int Population, ImmutableArray<double> CasesPerDay)
{
    /// <summary>False: shut, as by a flood. Citizens who would have come to the counter come when it opens again.</summary>
    public bool IsOpen { get; init; } = true;

    /// <summary>The office that does its work since a merge; −1: itself.</summary>
    public int Successor { get; init; } = -1;

    /// <summary>The share of officers who are absent on any one day, 0 to 1, each day by chance.</summary>
    public double AbsenceShare { get; init; }

    /// <summary>Multiplies the process days of its cases: how slow the office is beside its desks. Above 0.</summary>
    public double Slowness { get; init; } = 1;
}

/// <summary>A queue of an office.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Id">Its twin.</param>
/// <param name="Office">Its office's place.</param>
/// <param name="Skills">The places of its skills.</param>
/// <param name="Discipline">In which order it takes its cases, after urgency.</param>
public sealed record ModelDesk(string Name, TwinId Id, int Office, ImmutableArray<int> Skills, Discipline Discipline);

/// <summary>Who works at desks.</summary>
/// <param name="Id">The official's twin.</param>
/// <param name="Office">The office's place.</param>
/// <param name="Desks">The desks served: the first that has a case waiting is served first. One or more.</param>
/// <param name="IsActive">Whether on the staff now.</param>
/// <param name="Pace">Multiplies handling times; above 0, 1: as the service's.</param>
public sealed record ModelOfficer(TwinId Id, int Office, ImmutableArray<int> Desks, bool IsActive = true, double Pace = 1)
{
    /// <summary>The officer's own hours, within or beyond the office's; null: the office hours. Days off are off for everybody.</summary>
    public OfficeWeek? Hours { get; init; }
}

/// <summary>Offices that share work: a case goes to the desk of any of them with the shortest expected wait, and idle officers help out.</summary>
/// <param name="Offices">The offices' places, two or more.</param>
/// <param name="Skills">The skills' places; empty: all.</param>
public sealed record ModelPool(ImmutableArray<int> Offices, ImmutableArray<int> Skills);
