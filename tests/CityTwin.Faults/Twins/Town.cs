using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Turns;

namespace CityTwin.Faults.Twins;

/// <summary>A city of three communes and two departments, with bells and ledgers beside the city's own twins.</summary>
internal static class Town
{
    /// <summary>Monday, 2 November 2026, 08:00 in Huế.</summary>
    public static readonly DateTimeOffset Start = new(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);

    public static readonly string[] Dossiers = ["copy", "land", "permit"];
    public static readonly string[] Reports = ["noise", "flood"];
    public static readonly string[] Papers = ["id", "landbook"];

    private static readonly TwinId North = TwinId.Commune(101);
    private static readonly TwinId South = TwinId.Commune(102);
    private static readonly TwinId West = TwinId.Commune(103);
    private static readonly TwinId LandDepartment = TwinId.Department(4601);
    private static readonly TwinId BuildDepartment = TwinId.Department(4602);

    public static CityDefinition Definition { get; } = Define();

    public static TwinTypes Types { get; } = new(
        [
            .. CityTwins.Types.All,
            new TwinType<BellDecider, BellCommand, BellEvent, BellState>(BellDecider.Kind),
            new TwinType<LedgerDecider, LedgerCommand, LedgerEvent, LedgerState>(LedgerDecider.Kind),
        ],
        CityTwins.Types.InForce);

    public static OfficeDefinition Office(TwinId id, int population, params DeskDefinition[] desks) => new(
        new OfficeProfile(
            id, id.Kind == TwinKind.Department ? OfficeKind.Department : OfficeKind.Ward, $"Phường {id.Number}", $"Ward {id.Number}",
            population, population / 1_000.0, 16.46, 107.59),
        [.. desks]);

    public static DeskDefinition Desk(TwinId office, int place, ImmutableArray<string> skills, int officials) => new(
        TwinId.Desk((office.Number * 100) + place), $"Quầy {place}", $"Desk {place}", skills, Discipline.DeadlineFirst,
        [.. Enumerable.Range(1, officials).Select(n => TwinId.Official((office.Number * 1_000) + (place * 10) + n))]);

    private static CityDefinition Define()
    {
        ImmutableArray<OfficeDefinition> offices =
        [
            Office(North, 10_000, Desk(North, 1, ["justice", "order"], 2), Desk(North, 2, ["land"], 1)),
            Office(South, 20_000, Desk(South, 1, ["justice", "land", "order"], 2)),
            Office(West, 5_000, Desk(West, 1, ["justice", "land", "order"], 1)),
            Office(LandDepartment, 0, Desk(LandDepartment, 1, ["land", "justice"], 2)),
            Office(BuildDepartment, 0, Desk(BuildDepartment, 1, ["build", "order"], 1)),
        ];
        return new CityDefinition
        {
            Slug = "town",
            Id = TwinId.City(46),
            NameVi = "Thị trấn",
            NameEn = "Town",
            Population = 35_000,
            Offices = offices,
            Fingerprint = "1",
            Rules = new CityRules
            {
                Calendar = WorkCalendar.Usual,
                Catalogue = Services(),
                DepartmentOfField = ImmutableDictionary.CreateRange(new[]
                {
                    KeyValuePair.Create("land", LandDepartment), KeyValuePair.Create("justice", LandDepartment),
                    KeyValuePair.Create("build", BuildDepartment), KeyValuePair.Create("order", BuildDepartment),
                }),
                Offices = [.. offices.Select(o => o.Profile.Id)],
                Terms = new CaseTerms { CloseAfterDays = 2, ReopenWithinDays = 3, AnswerWithinDays = 2, InHandMax = 3 },
            },
        };
    }

    private static Catalogue Services() => new(
        new[]
        {
            Service("copy", CaseKind.Dossier, "justice", Level.Commune, new TimeLimit(1), ["id"]),
            Service("land", CaseKind.Dossier, "land", Level.Commune, new TimeLimit(4), ["id", "landbook"]),
            Service("permit", CaseKind.Dossier, "build", Level.City, new TimeLimit(3), ["id"]),
            Service("noise", CaseKind.Feedback, "order", Level.Commune, new TimeLimit(2), []),
            Service("flood", CaseKind.Feedback, "order", Level.Commune, new TimeLimit(0.5m), []) with { Urgency = Urgency.Immediate },
        }.ToImmutableDictionary(s => s.Code),
        new[]
        {
            new DocumentDefinition("id", "Căn cước", "Identity card", 365),
            new DocumentDefinition("landbook", "Sổ đỏ", "Land use certificate", null),
        }.ToImmutableDictionary(d => d.Code));

    private static ServiceDefinition Service(
        string code, CaseKind kind, string field, Level level, TimeLimit limit, ImmutableArray<string> documents) => new()
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
            Handling = new HandlingTime(30, 0),
        };
}
