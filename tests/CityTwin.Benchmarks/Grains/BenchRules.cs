using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Benchmarks.Grains;

/// <summary>A city of one commune, one department and one service, enough to decide on.</summary>
internal static class BenchRules
{
    public static readonly TwinId Commune = TwinId.Commune(101);
    public static readonly TwinId Department = TwinId.Department(4601);
    public static readonly TwinId Desk = TwinId.Desk(10_101);
    public static readonly TwinId Clerk = TwinId.Official(101_001);

    /// <summary>Monday, 2 November 2026, 08:00 at +07:00.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 2, 1, 0, 0, TimeSpan.Zero);

    public static readonly CityRules Rules = new()
    {
        Calendar = new WorkCalendar(TimeSpan.FromHours(7), OfficeWeek.Usual, [new SpecialDay(new DateOnly(2026, 11, 24), SpecialDayKind.Off, "")]),
        Catalogue = new Catalogue(
            ImmutableDictionary<string, ServiceDefinition>.Empty.Add("birth", new ServiceDefinition
            {
                Code = "birth",
                Kind = CaseKind.Dossier,
                NameVi = "Đăng ký khai sinh",
                NameEn = "Birth registration",
                Field = "justice",
                Level = Level.Commune,
                Skill = "justice",
                Limit = new TimeLimit(3),
                Handling = new HandlingTime(25, 0.5),
            }),
            ImmutableDictionary<string, DocumentDefinition>.Empty.Add("id", new DocumentDefinition("id", "Căn cước", "Identity card", 365))),
        DepartmentOfField = ImmutableDictionary<string, TwinId>.Empty.Add("justice", Department),
        Offices = [Commune, Department],
    };

    public static Turn TurnAt(double hours) => new(Now.AddHours(hours), Rules);
}
