using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.Nation;

/// <summary>Eight kinds of work that stand for the whole catalogue, with shares as Phú Thọ's communes have them.</summary>
internal static class NationServices
{
    public static ImmutableArray<string> Skills { get; } = ["certify", "status", "land", "social"];

    public static ImmutableArray<string> DeskNames { get; } = ["Certification and civil status", "Land and construction", "Social affairs and residence"];

    public static ImmutableArray<ImmutableArray<int>> DeskSkills { get; } = [[0, 1], [2], [3]];

    /// <summary>Shares of all cases, in the order of <see cref="All"/>: certified copies 24 %, land 15 %, a fifth at departments.</summary>
    public static ImmutableArray<double> Shares { get; } = [0.242, 0.14, 0.12, 0.06, 0.153, 0.09, 0.1, 0.095];

    public static ImmutableArray<ModelService> All(int department) =>
    [
        Of("copies", "Certified copies", Level.Commune, 0, 0.5m, 12, department),
        Of("births", "Civil status, same day", Level.Commune, 1, 0.5m, 18, department),
        Of("extracts", "Civil status, three days", Level.Commune, 1, 3, 25, department),
        Of("permits", "Construction permits", Level.Commune, 2, 15, 90, department),
        Of("land", "Land at the registry", Level.City, 2, 8, 60, department),
        Of("residence", "Residence", Level.Commune, 3, 5, 20, department),
        Of("social", "Social protection", Level.Commune, 3, 10, 40, department),
        Of("other", "Other work of departments", Level.City, 3, 7, 45, department),
    ];

    private static ModelService Of(string code, string name, Level level, int skill, decimal days, double median, int department) => new()
    {
        Code = code,
        Name = name,
        Kind = CaseKind.Dossier,
        Field = Skills[skill],
        Level = level,
        Skill = skill,
        Limit = days < 1 ? new TimeLimit(days, new TimeOnly(15, 0)) : new TimeLimit(days),
        Handling = Duration.Lognormal(median, 0.6),
        EffortMinutes = median * Math.Exp(0.18),
        Department = department,
        ProcessDays = days < 1 ? null : Duration.Lognormal((double)days * 0.5, 0.55),
        OnlineShare = 0.7,
        MissingChance = 0.05,
        AskChance = 0.04,
        EscalateChance = level == Level.Commune && days >= 2 ? 0.06 : 0,
        ReopenChance = 0.01,
        RejectChance = 0.02,
    };
}
