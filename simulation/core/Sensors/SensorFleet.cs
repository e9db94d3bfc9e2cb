using System.Globalization;
using CityTwin.Grains;
using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Sensors;

/// <summary>A fleet of sensors spread over a city's communes: always the same for a city, a size and a seed.</summary>
public static class SensorFleet
{
    /// <summary>The commune whose gauge the flood wave is told for: Kim Long on the Hương; in other cities their first commune.</summary>
    public const string GaugeCommune = "Kim Long";

    private const int SilentDays = 30;

    // Of a hundred sensors: water 5, rain 8, air 10, noise 10, traffic 22, light 35, link 8, security 2.
    private static readonly (SensorKind Kind, int UpTo)[] Mix =
    [
        (SensorKind.Water, 5), (SensorKind.Rain, 13), (SensorKind.Air, 23), (SensorKind.Noise, 33), (SensorKind.Traffic, 55), (SensorKind.Light, 90),
        (SensorKind.Link, 98), (SensorKind.Security, 100),
    ];

    /// <summary>Makes the fleet. The first two are water gauges in the gauge's commune, the others of all kinds anywhere.</summary>
    /// <param name="city">The city.</param>
    /// <param name="count">2 to 1,000,000 sensors.</param>
    /// <param name="seed">The seed.</param>
    public static IReadOnlyList<DrivenSensor> Make(CityDefinition city, int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        var draws = new Draws(seed);
        OfficeProfile[] communes = [.. city.Offices.Select(o => o.Profile).Where(p => p.Id.Kind == TwinKind.Commune)];
        OfficeProfile gauge = GaugeOf(city);
        var fleet = new DrivenSensor[count];
        for (int i = 0; i < count; i++)
        {
            OfficeProfile commune = i < 2 ? gauge : communes[(int)(draws.Unit(i, Purpose.SensorPlace) * communes.Length)];
            SensorKind kind = i < 2 ? SensorKind.Water : KindOf((int)(draws.Unit(i, Purpose.SensorKind) * 100));
            GeoPoint place = new(
                commune.Latitude + ((draws.Unit(i, Purpose.SensorPlace, 1) - 0.5) * 0.02), commune.Longitude + ((draws.Unit(i, Purpose.SensorPlace, 2) - 0.5) * 0.02));
            string name = string.Create(CultureInfo.InvariantCulture, $"{(i < 2 ? "KL" : "S")}{i + 1:00000}");
            fleet[i] = new DrivenSensor(i, new SensorProfile(kind, name, city.Id, commune.Id, place), RulesOf(kind));
        }
        return fleet;
    }

    /// <summary>Where the flood wave is told for.</summary>
    public static OfficeProfile GaugeOf(CityDefinition city) =>
        city.Offices.Select(o => o.Profile).FirstOrDefault(p => p.NameVi.Contains(GaugeCommune, StringComparison.Ordinal))
        ?? city.Offices.Select(o => o.Profile).First(p => p.Id.Kind == TwinKind.Commune);

    /// <summary>A kind's rules, with the Hương's alarm levels for water. Played readings may lie hours back: none of these sensors falls silent meanwhile.</summary>
    private static SensorRules RulesOf(SensorKind kind)
    {
        SensorRules rules = SensorRules.DefaultOf(kind) with { SilentAfter = TimeSpan.FromDays(SilentDays) };
        return kind == SensorKind.Water ? rules with { Levels = [1.0, 2.0, 3.5] } : rules;
    }

    private static SensorKind KindOf(int hundredth)
    {
        foreach ((SensorKind kind, int upTo) in Mix)
        {
            if (hundredth < upTo)
            {
                return kind;
            }
        }
        return SensorKind.Security;
    }
}
