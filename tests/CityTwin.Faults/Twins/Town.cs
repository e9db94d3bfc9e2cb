using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Grains.Tests;
using CityTwin.Silo;
using CityTwin.Silo.Turns;

namespace CityTwin.Faults.Twins;

/// <summary>The small city that the deciders are tested with, in a hurry, with bells and ledgers beside the city's own twins.</summary>
internal static class Town
{
    /// <summary>Monday, 2 November 2026, 08:00 in Huế.</summary>
    public static readonly DateTimeOffset Start = SmallCity.Monday;

    public static readonly string[] Dossiers = ["copy", "land", "permit"];
    public static readonly string[] Reports = ["noise", "flood"];
    public static readonly string[] Papers = ["id", "landbook"];

    private const decimal LimitDaysMax = 4;

    public static CityDefinition Definition { get; } = Define();

    public static TwinTypes Types { get; } = new(
        [
            .. CityTwins.Types.All,
            new TwinType<BellDecider, BellCommand, BellEvent, BellState>(BellDecider.Kind),
            new TwinType<LedgerDecider, LedgerCommand, LedgerEvent, LedgerState>(LedgerDecider.Kind),
        ],
        CityTwins.Types.InForce);

    private static CityDefinition Define() => new()
    {
        Slug = "town",
        Id = SmallCity.City,
        NameVi = "Thị trấn",
        NameEn = "Town",
        Population = 35_000,
        Offices = SmallCity.Offices,
        Fingerprint = "1",
        Rules = SmallCity.Rules with
        {
            Catalogue = Hurried(SmallCity.Rules.Catalogue),
            Terms = new CaseTerms { CloseAfterDays = 2, ReopenWithinDays = 3, AnswerWithinDays = 2, InHandMax = 3 },
        },
    };

    // A seed plays some days: deadlines must come within them.
    private static Catalogue Hurried(Catalogue catalogue) => new(
        catalogue.Services.Values.Select(s => s with { Limit = s.Limit.WorkingDays > LimitDaysMax ? new TimeLimit(LimitDaysMax) : s.Limit }).ToImmutableDictionary(s => s.Code),
        catalogue.Documents);
}
