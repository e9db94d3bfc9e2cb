namespace CityTwin.Grains.Tests.Cities;

public class BundledCitiesTests
{
    private static readonly string[] CategoryCodes =
    [
        "roads-drainage", "street-lighting", "waste-environment", "noise", "urban-order", "illegal-construction", "traffic-parking",
        "public-transport", "utilities", "public-administration", "security", "flood-storm", "trees-parks", "food-safety", "other",
    ];

    [Fact]
    public void Hue_and_Ho_Chi_Minh_City_come_with_it() => Assert.Equal(["hcmc", "hue"], BundledCities.Names);

    [Theory]
    [InlineData("hue")]
    [InlineData("hcmc")]
    public void A_bundled_city_has_no_mistake(string slug)
    {
        CityFolderReading reading = CityFolder.Parse(slug, BundledCities.Files(slug));
        Assert.Equal("", reading.ToString());
        Assert.NotNull(reading.Definition);
    }

    // Figures: the units in force since 1 July 2025 and the published populations.
    [Theory]
    [InlineData("hue", 46, 1_432_986, 21, 19, 0, 15)]
    [InlineData("hcmc", 79, 14_002_598, 113, 54, 1, 16)]
    public void A_gazetteer_has_the_published_units_and_people(
        string slug, int code, int population, int wards, int communes, int specialZones, int departments)
    {
        CityDefinition city = BundledCities.Read(slug);
        Assert.Equal(TwinId.City(code), city.Id);
        Assert.Equal(population, city.Population);
        Assert.Equal(population, city.Offices.Sum(o => o.Profile.Population));
        Assert.Equal(wards, city.Offices.Count(o => o.Profile.Kind == OfficeKind.Ward));
        Assert.Equal(communes, city.Offices.Count(o => o.Profile.Kind == OfficeKind.Commune));
        Assert.Equal(specialZones, city.Offices.Count(o => o.Profile.Kind == OfficeKind.SpecialZone));
        Assert.Equal(departments, city.Offices.Count(o => o.Profile.Kind == OfficeKind.Department));
    }

    [Theory]
    [InlineData("hue")]
    [InlineData("hcmc")]
    public void A_bundled_catalogue_has_the_procedures_and_categories(string slug)
    {
        Catalogue catalogue = BundledCities.Read(slug).Rules.Catalogue;
        Assert.True(catalogue.Services.Values.Count(s => s.Kind == CaseKind.Dossier) >= 27);
        Assert.Equal(CategoryCodes.Order(), catalogue.Services.Values.Where(s => s.Kind == CaseKind.Feedback).Select(s => s.Code).Order());
        Assert.Equal(new TimeLimit(0.5m, new TimeOnly(15, 0)), catalogue.Find("2.000815")!.Limit);
        Assert.Equal(2000, catalogue.Find("2.000815")!.FeeVnd);
        Assert.Equal(new TimeLimit(17), catalogue.Find("ct-dat-dai-lan-dau")!.Limit);
        Assert.Equal(Urgency.Immediate, catalogue.Find("flood-storm")!.Urgency);
    }

    // HCMC, July 2025: 71,000 of 115,000 dossiers at communes. Phú Thọ, August 2026: certified copies 24.2 %, 80.5 % at communes.
    [Theory]
    [InlineData("hcmc", 71.0 / 115, 0.24)]
    [InlineData("hue", 0.805, 0.242)]
    public void Shares_are_the_published_ones(string slug, double communes, double copies)
    {
        ServiceDefinition[] services = [.. BundledCities.Read(slug).Rules.Catalogue.Services.Values.Where(s => s.Kind == CaseKind.Dossier)];
        Assert.Equal(communes, services.Where(s => s.Level == Level.Commune).Sum(s => s.Share), 0.002);
        Assert.Equal(copies, services.Single(s => s.Code == "2.000815").Share, 0.001);
        Assert.Equal(0.15, services.Where(s => s.Field == "land").Sum(s => s.Share), 0.01);
    }

    [Fact]
    public void Nine_in_ten_dossiers_of_Hue_are_filed_online() => Assert.Equal(0.91, BundledCities.Read("hue").Rules.Catalogue.Services.Values
        .Where(s => s.Kind == CaseKind.Dossier).Sum(s => s.Share * s.OnlineShare), 0.01);

    [Fact]
    public void Reports_about_administration_have_their_share_of_the_hotline_s() =>
        Assert.Equal(6300.0 / 14707, BundledCities.Read("hcmc").Rules.Catalogue.Find("public-administration")!.Share, 0.001);

    [Theory]
    [InlineData("hue")]
    [InlineData("hcmc")]
    public void Twins_are_numbered_by_their_office(string slug)
    {
        CityDefinition city = BundledCities.Read(slug);
        foreach (OfficeDefinition office in city.Offices)
        {
            long number = office.Profile.Id.Number;
            Assert.NotEmpty(office.Desks);
            Assert.All(office.Desks, d => Assert.Equal(number, d.Id.Number / 100));
            TwinId[] officials = [.. office.Desks.SelectMany(d => d.Officials)];
            Assert.Equal(Enumerable.Range(1, officials.Length).Select(n => TwinId.Official((number * 1000) + n)), officials);
        }
        Assert.Equal(TwinId.Department((int)(city.Id.Number * 100) + 1), city.Offices.First(o => o.Profile.Kind == OfficeKind.Department).Profile.Id);
    }

    [Theory]
    [InlineData("hue", 19753, "Phường Phú Xuân", "Phu Xuan Ward")]
    [InlineData("hcmc", 26732, "Đặc khu Côn Đảo", "Con Dao Special Zone")]
    public void Offices_have_both_names(string slug, int code, string vi, string en)
    {
        OfficeProfile profile = BundledCities.Read(slug).Offices.Single(o => o.Profile.Id == TwinId.Commune(code)).Profile;
        Assert.Equal((vi, en), (profile.NameVi, profile.NameEn));
    }

    [Fact]
    public void Tet_and_the_swapped_Saturday_are_in_the_calendar()
    {
        WorkCalendar calendar = BundledCities.Read("hue").Rules.Calendar;
        Assert.False(calendar.IsWorkingDay(new DateOnly(2026, 2, 17)));
        Assert.True(calendar.IsWorkingDay(new DateOnly(2026, 8, 22)));
        Assert.False(calendar.IsWorkingDay(new DateOnly(2026, 8, 31)));
        Assert.False(calendar.IsWorkingDay(new DateOnly(2025, 9, 2)));
        Assert.Equal(FactStatus.Unverified, calendar.SpecialDayOn(new DateOnly(2027, 2, 10))!.Status);
    }

    [Fact]
    public void A_city_that_is_not_bundled_is_refused() =>
        Assert.Contains("hcmc, hue", Assert.Throws<ArgumentException>(() => BundledCities.Files("hanoi")).Message);
}
