using System.Collections.Immutable;

namespace CityTwin.Grains.Tests;

/// <summary>A city small enough to read: three communes, two departments, a handful of services.</summary>
internal static class SmallCity
{
    public static readonly TwinId City = TwinId.City(46);
    public static readonly TwinId North = TwinId.Commune(101);
    public static readonly TwinId South = TwinId.Commune(102);
    public static readonly TwinId West = TwinId.Commune(103);
    public static readonly TwinId LandDepartment = TwinId.Department(4601);
    public static readonly TwinId BuildDepartment = TwinId.Department(4602);

    /// <summary>Monday, 2 November 2026, 08:00 in Huế: offices are open.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);

    public static readonly CityRules Rules = new()
    {
        Calendar = WorkCalendar.Usual,
        Catalogue = new Catalogue(
            new[]
            {
                Service("copy", CaseKind.Dossier, "justice", Level.Commune, new TimeLimit(1, new TimeOnly(15, 0)), 12, ["id"]),
                Service("birth", CaseKind.Dossier, "justice", Level.Commune, new TimeLimit(1), 25, []),
                Service("land", CaseKind.Dossier, "land", Level.Commune, new TimeLimit(10), 120, ["id", "landbook"]),
                Service("permit", CaseKind.Dossier, "build", Level.City, new TimeLimit(15), 240, ["id", "photo"]),
                Service("lost", CaseKind.Dossier, "nobody", Level.City, new TimeLimit(5), 30, []),
                Service("noise", CaseKind.Feedback, "order", Level.Commune, new TimeLimit(3), 40, []),
                Service("flood", CaseKind.Feedback, "order", Level.Commune, new TimeLimit(0.5m), 60, []) with { Urgency = Urgency.Immediate },
            }.ToImmutableDictionary(s => s.Code),
            new[]
            {
                new DocumentDefinition("id", "Căn cước", "Identity card", 365),
                new DocumentDefinition("landbook", "Sổ đỏ", "Land use certificate", null),
                new DocumentDefinition("photo", "Ảnh", "Photograph", 10),
            }.ToImmutableDictionary(d => d.Code)),
        DepartmentOfField = ImmutableDictionary.CreateRange(new[]
        {
            KeyValuePair.Create("land", LandDepartment), KeyValuePair.Create("justice", LandDepartment),
            KeyValuePair.Create("build", BuildDepartment), KeyValuePair.Create("order", BuildDepartment),
        }),
        Offices = [North, South, West, LandDepartment, BuildDepartment],
        Terms = new CaseTerms { CloseAfterDays = 3, ReopenWithinDays = 5, AnswerWithinDays = 4, InHandMax = 3 },
    };

    public static readonly ImmutableArray<OfficeDefinition> Offices =
    [
        Office(North, 10_000, Desk(North, 1, ["justice", "order"], 2), Desk(North, 2, ["land"], 1)),
        Office(South, 20_000, Desk(South, 1, ["justice"], 1), Desk(South, 2, ["land", "order"], 2)),
        Office(West, 5_000, Desk(West, 1, ["justice", "land", "order"], 1)),
        Office(LandDepartment, 0, Desk(LandDepartment, 1, ["land", "justice"], 2)),
        Office(BuildDepartment, 0, Desk(BuildDepartment, 1, ["build"], 1), Desk(BuildDepartment, 2, ["order", "build"], 1)),
    ];

    public static TwinId DeskOf(TwinId office, int place) => TwinId.Desk((office.Number * 100) + place);

    public static TwinId OfficialOf(TwinId office, int place) => TwinId.Official((office.Number * 1_000) + place);

    public static OfficeDefinition Office(TwinId id, int population, params DeskDefinition[] desks) => new(
        new OfficeProfile(
            id, id.Kind == TwinKind.Department ? OfficeKind.Department : OfficeKind.Ward, $"Phường {id.Number}", $"Ward {id.Number}",
            population, population / 1_000.0, 16.46, 107.59),
        [.. desks]);

    public static DeskDefinition Desk(TwinId office, int place, ImmutableArray<string> skills, int officials) => new(
        DeskOf(office, place), $"Quầy {place}", $"Desk {place}", skills, Discipline.DeadlineFirst,
        [.. Enumerable.Range(1, officials).Select(n => OfficialOf(office, (place * 10) + n))]);

    private static ServiceDefinition Service(
        string code, CaseKind kind, string field, Level level, TimeLimit limit, double minutes, ImmutableArray<string> documents) => new()
        {
            Code = code,
            Kind = kind,
            NameVi = code,
            NameEn = code,
            Field = field,
            Level = level,
            Skill = field,
            Limit = limit,
            Documents = documents,
            Handling = new HandlingTime(minutes, 0),
        };
}
