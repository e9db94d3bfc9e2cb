namespace CityTwin.Grains.Tests.Cities;

public class BundledStaffingTests(ITestOutputHelper output)
{
    // HCMC, July 2025: 115,000 dossiers in ten working days; 14,707 reports in the 22 working days to 25 October 2025.
    private const double DossiersADayAndResident = 115_000.0 / 10 / 14_002_598;
    private const double ReportsADayAndResident = 14_707.0 / 22 / 14_002_598;

    [Theory]
    [InlineData("hue")]
    [InlineData("hcmc")]
    public void Every_desk_copes_with_the_volume_of_its_office_and_none_sleeps_through_it(string slug)
    {
        CityDefinition city = BundledCities.Read(slug);
        double busiest = 0;
        double work = 0;
        double time = 0;
        foreach (OfficeDefinition office in city.Offices)
        {
            foreach (DeskDefinition desk in office.Desks)
            {
                double minutes = city.Rules.Catalogue.Services.Values
                    .Where(s => desk.Skills.Contains(s.Skill) && IsDecidedAt(city.Rules, s, office.Profile))
                    .Sum(s => MinutesADay(s, city, office.Profile));
                double available = desk.Officials.Length * city.Rules.Calendar.StandardDay.TotalMinutes;
                busiest = Math.Max(busiest, minutes / available);
                work += minutes;
                time += available;
            }
        }
        output.WriteLine($"{slug}: busiest desk {busiest:P0}, all desks {work / time:P0}");
        Assert.InRange(busiest, 0.5, 0.85);
        Assert.InRange(work / time, 0.2, 0.7);
    }

    [Theory]
    [InlineData("hue")]
    [InlineData("hcmc")]
    public void No_commune_has_more_officials_at_desks_than_it_has_posts(string slug)
    {
        OfficeDefinition[] communes = [.. BundledCities.Read(slug).Offices.Where(o => o.Profile.Kind != OfficeKind.Department)];
        // About 32 posts on average is the plan; it includes leaders and those who never sit at a counter.
        Assert.InRange(communes.Average(c => c.Desks.Sum(d => d.Officials.Length)), 5, 32);
    }

    private static bool IsDecidedAt(CityRules rules, ServiceDefinition service, OfficeProfile office) => service.Level == Level.Commune
        ? office.Kind != OfficeKind.Department
        : rules.DepartmentOfField[service.Field] == office.Id;

    private static double MinutesADay(ServiceDefinition service, CityDefinition city, OfficeProfile office)
    {
        int residents = office.Kind == OfficeKind.Department ? city.Population : office.Population;
        double perResident = service.Kind == CaseKind.Dossier ? DossiersADayAndResident : ReportsADayAndResident;
        return residents * perResident * service.Share * service.Handling.MeanMinutes;
    }
}
