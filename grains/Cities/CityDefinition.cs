using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>A city as its folder describes it: what the twin is founded from.</summary>
public sealed record CityDefinition
{
    /// <summary>The folder's short name, as <c>hue</c>.</summary>
    public required string Slug { get; init; }

    /// <summary>The city twin, numbered by its official province code.</summary>
    public required TwinId Id { get; init; }

    /// <summary>The Vietnamese name.</summary>
    public required string NameVi { get; init; }

    /// <summary>The English name.</summary>
    public required string NameEn { get; init; }

    /// <summary>Residents, as published.</summary>
    public required int Population { get; init; }

    /// <summary>Calendar, catalogue, routing and terms at the founding.</summary>
    public required CityRules Rules { get; init; }

    /// <summary>Communes and departments, in the order of the files.</summary>
    public required ImmutableArray<OfficeDefinition> Offices { get; init; }

    /// <summary>A hash of all the folder's files: tells one edition of the folder from another.</summary>
    public required string Fingerprint { get; init; }
}

/// <summary>What kind of office it is.</summary>
public enum OfficeKind : byte
{
    /// <summary>A ward (phường).</summary>
    Ward = 1,

    /// <summary>A commune (xã).</summary>
    Commune = 2,

    /// <summary>A special zone (đặc khu).</summary>
    SpecialZone = 3,

    /// <summary>A department of the city.</summary>
    Department = 4,
}

/// <summary>An office and its desks.</summary>
/// <param name="Profile">What is known of the office itself.</param>
/// <param name="Desks">Its desks, one or more; the first takes what no other has the skill for.</param>
public sealed record OfficeDefinition(OfficeProfile Profile, ImmutableArray<DeskDefinition> Desks);

/// <summary>What is known of an office.</summary>
/// <param name="Id">Its twin: a commune or a department.</param>
/// <param name="Kind">Ward, commune, special zone or department.</param>
/// <param name="NameVi">The Vietnamese name.</param>
/// <param name="NameEn">The English name.</param>
/// <param name="Population">Residents; 0 for a department.</param>
/// <param name="AreaKm2">Area in km²; 0 for a department.</param>
/// <param name="Latitude">Latitude of the centroid, degrees north, WGS 84.</param>
/// <param name="Longitude">Longitude of the centroid, degrees east, WGS 84.</param>
public sealed record OfficeProfile(
    TwinId Id, OfficeKind Kind, string NameVi, string NameEn, int Population, double AreaKm2, double Latitude, double Longitude);

/// <summary>In which order a desk takes its cases, after urgency.</summary>
public enum Discipline : byte
{
    /// <summary>The earliest deadline first.</summary>
    DeadlineFirst = 1,

    /// <summary>First in, first out.</summary>
    Fifo = 2,
}

/// <summary>A desk as it is opened.</summary>
/// <param name="Id">Office number × 100 + place, from 1.</param>
/// <param name="NameVi">The Vietnamese name.</param>
/// <param name="NameEn">The English name.</param>
/// <param name="Skills">What it can work on, one or more.</param>
/// <param name="Discipline">In which order it takes its cases.</param>
/// <param name="Officials">Who works there, one or more.</param>
public sealed record DeskDefinition(
    TwinId Id, string NameVi, string NameEn, ImmutableArray<string> Skills, Discipline Discipline, ImmutableArray<TwinId> Officials);
