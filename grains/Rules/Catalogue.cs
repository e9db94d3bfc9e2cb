using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>The services a city offers and the categories of feedback it takes, by code.</summary>
public sealed record Catalogue(
    ImmutableDictionary<string, ServiceDefinition> Services,
    ImmutableDictionary<string, DocumentDefinition> Documents)
{
    /// <summary>The service or feedback category with a code, or null.</summary>
    public ServiceDefinition? Find(string code) => Services.GetValueOrDefault(code);
}

/// <summary>Whether a case asks for a decision or reports something.</summary>
public enum CaseKind : byte
{
    /// <summary>A dossier of an administrative procedure.</summary>
    Dossier = 1,

    /// <summary>A report or complaint of a citizen.</summary>
    Feedback = 2,
}

/// <summary>Who decides: the commune or the city.</summary>
public enum Level : byte
{
    /// <summary>The city's or province's departments.</summary>
    City = 1,

    /// <summary>Wards, communes and special zones.</summary>
    Commune = 2,
}

/// <summary>How a case came in.</summary>
public enum Channel : byte
{
    /// <summary>At the counter of an office.</summary>
    Counter = 1,

    /// <summary>The city's own portal.</summary>
    OnlinePortal = 2,

    /// <summary>The national public service portal.</summary>
    NationalPortal = 3,

    /// <summary>The city's app, as Hue-S.</summary>
    App = 4,

    /// <summary>The 1022 hotline.</summary>
    Hotline = 5,

    /// <summary>An alert of a sensor.</summary>
    Sensor = 6,
}

/// <summary>How urgent a case is; more urgent ones go first within a desk, whatever its discipline.</summary>
public enum Urgency : byte
{
    /// <summary>In its turn.</summary>
    Normal = 0,

    /// <summary>Before the normal ones.</summary>
    High = 1,

    /// <summary>Before everything: danger to people.</summary>
    Immediate = 2,
}

/// <summary>One procedure, or one category of feedback.</summary>
public sealed record ServiceDefinition
{
    /// <summary>The official or the city's own code, 1 to 40 characters.</summary>
    public required string Code { get; init; }

    /// <summary>A dossier or feedback.</summary>
    public required CaseKind Kind { get; init; }

    /// <summary>The Vietnamese name.</summary>
    public required string NameVi { get; init; }

    /// <summary>The English name.</summary>
    public required string NameEn { get; init; }

    /// <summary>The field of work, as <c>land</c>: routes escalations to a department.</summary>
    public required string Field { get; init; }

    /// <summary>Who decides.</summary>
    public required Level Level { get; init; }

    /// <summary>The skill a desk must have to work on it.</summary>
    public required string Skill { get; init; }

    /// <summary>How long the office may take.</summary>
    public required TimeLimit Limit { get; init; }

    /// <summary>Codes of the documents that the citizen must have given, 0 to 20.</summary>
    public ImmutableArray<string> Documents { get; init; } = [];

    /// <summary>The fee in đồng, 0 or more; null where it is set elsewhere.</summary>
    public long? FeeVnd { get; init; }

    /// <summary>The active working time of an official on one case.</summary>
    public required HandlingTime Handling { get; init; }

    /// <summary>Its share of all cases of its kind in the city, 0 to 1.</summary>
    public double Share { get; init; }

    /// <summary>The share filed online, 0 to 1.</summary>
    public double OnlineShare { get; init; }

    /// <summary>The usual urgency.</summary>
    public Urgency Urgency { get; init; }

    /// <summary>How sure level and limit are; handling time and shares are assumptions in any case.</summary>
    public FactStatus Status { get; init; } = FactStatus.Unverified;
}

/// <summary>A document that citizens give, and how long it stays valid.</summary>
/// <param name="Code">The code, 1 to 40 characters.</param>
/// <param name="NameVi">The Vietnamese name.</param>
/// <param name="NameEn">The English name.</param>
/// <param name="ValidDays">Calendar days for which a verified document stays valid; null: for ever.</param>
public sealed record DocumentDefinition(string Code, string NameVi, string NameEn, int? ValidDays);

/// <summary>The time an office has: so many working days, or the same day.</summary>
/// <param name="WorkingDays">Working days, 0.5 to 365. Fractions are of the standard day's working time.</param>
/// <param name="SameDayUntil">When set: due at the end of the day if received before this local time, else at the end of the next working day.</param>
public readonly record struct TimeLimit(decimal WorkingDays, TimeOnly? SameDayUntil = null);

/// <summary>A lognormal handling time.</summary>
/// <param name="MedianMinutes">The median, working minutes, above 0.</param>
/// <param name="Sigma">The standard deviation of the logarithm, 0 (constant) to 3.</param>
public readonly record struct HandlingTime(double MedianMinutes, double Sigma)
{
    /// <summary>The mean, working minutes: median × exp(σ²/2).</summary>
    public double MeanMinutes => MedianMinutes * Math.Exp(Sigma * Sigma / 2);
}
