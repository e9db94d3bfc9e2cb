namespace CityTwin.Grains.Tests.Cities;

public class CityFolderTests
{
    [Fact]
    public void A_folder_becomes_a_city()
    {
        CityDefinition city = Read(SmallCity.Files());
        Assert.Equal(("town", TwinId.City(46), "Phố", "Town", 3000), (city.Slug, city.Id, city.NameVi, city.NameEn, city.Population));
        Assert.Equal(7, city.Rules.Terms.InHandMax);
        Assert.Equal(10, city.Rules.Terms.CloseAfterDays);
        Assert.Equal(TwinId.Department(4602), city.Rules.DepartmentOfField["roads"]);
        Assert.Equal([TwinId.Commune(101), TwinId.Commune(102), TwinId.Department(4601), TwinId.Department(4602)], city.Offices.Select(o => o.Profile.Id));
        Assert.Equal(64, city.Fingerprint.Length);
    }

    [Fact]
    public void Services_are_read_with_their_defaults()
    {
        Catalogue catalogue = Read(SmallCity.Files()).Rules.Catalogue;
        ServiceDefinition copy = catalogue.Find("2.000815")!;
        Assert.Equal("Bản sao, chứng thực", copy.NameVi);
        Assert.Equal((CaseKind.Dossier, Level.Commune, 2000L, Urgency.Normal), (copy.Kind, copy.Level, copy.FeeVnd!.Value, copy.Urgency));
        Assert.Equal((new HandlingTime(10, 0.5), 0.0, FactStatus.Unverified), (copy.Handling, copy.OnlineShare, copy.Status));
        ServiceDefinition permit = catalogue.Find("road-permit")!;
        Assert.Equal(["id", "original"], permit.Documents);
        Assert.Null(permit.FeeVnd);
        Assert.Equal(new TimeLimit(7.5m), permit.Limit);
        Assert.Equal((CaseKind.Feedback, Urgency.High), (catalogue.Find("holes")!.Kind, catalogue.Find("holes")!.Urgency));
        Assert.Equal((0, null), (catalogue.Documents["original"].ValidDays, catalogue.Documents["id"].ValidDays));
    }

    [Fact]
    public void The_calendar_is_read_with_its_defaults()
    {
        WorkCalendar calendar = Read(SmallCity.Files()).Rules.Calendar;
        Assert.Equal(TimeSpan.FromHours(7), calendar.Offset);
        Assert.Equal(TimeSpan.FromHours(7.5), calendar.StandardDay);
        Assert.Equal("07:30-11:30", Assert.Single(calendar.HoursOf(new DateOnly(2026, 3, 7)).ToArray()).ToString());
        Assert.False(calendar.IsWorkingDay(new DateOnly(2026, 3, 8)));
        Assert.False(calendar.IsWorkingDay(new DateOnly(2026, 2, 17)));
        Assert.Equal(2, calendar.HoursOf(new DateOnly(2026, 2, 21)).Length);
    }

    [Fact]
    public void Officials_follow_the_residents_and_an_office_can_have_a_desk_of_its_own()
    {
        CityDefinition city = Read(SmallCity.Files());
        DeskDefinition ward = Assert.Single(city.Offices[0].Desks);
        Assert.Equal((TwinId.Desk(10101), Discipline.Fifo), (ward.Id, ward.Discipline));
        Assert.Equal([TwinId.Official(101001), TwinId.Official(101002), TwinId.Official(101003)], ward.Officials);
        Assert.Equal([TwinId.Desk(10201), TwinId.Desk(10202)], city.Offices[1].Desks.Select(d => d.Id));
        Assert.Equal([TwinId.Official(102003)], city.Offices[1].Desks[1].Officials);
    }

    [Fact]
    public void A_desk_that_names_its_office_replaces_that_of_the_kind()
    {
        CityDefinition city = Read(SmallCity.Replacing("staffing.csv", "commune/102,2", "commune/102,1").With("categories.csv",
            "code,name_vi,name_en,field,level,skill,limit_days,median_minutes,share\nholes,Ổ gà,Holes,roads,city,roads,3,30,1\n"));
        Assert.Equal("Mobile", Assert.Single(city.Offices[1].Desks).NameEn);
    }

    [Fact]
    public void A_department_without_a_place_is_put_where_the_people_are()
    {
        OfficeProfile department = Read(SmallCity.Files()).Offices[2].Profile;
        Assert.Equal((16.5, 107.4), (department.Latitude, department.Longitude));
    }

    [Fact]
    public void The_fingerprint_tells_editions_apart()
    {
        string first = Read(SmallCity.Files()).Fingerprint;
        Assert.Equal(first, Read(SmallCity.Files()).Fingerprint);
        Assert.NotEqual(first, Read(SmallCity.Replacing("city.csv", "Town", "Towns")).Fingerprint);
    }

    [Fact]
    public void Columns_may_stand_in_any_order_and_lines_end_in_any_way()
    {
        Dictionary<string, string> files = SmallCity.With("documents.csv",
            "\uFEFFname_en,code,valid_days,name_vi\r\nOriginal,original,0,Bản chính\r\n\r\n\"Identity \"\"card\"\"\",id,,Căn cước\r");
        Assert.Equal("Identity \"card\"", Read(files).Rules.Catalogue.Documents["id"].NameEn);
    }

    [Fact]
    public void Files_that_are_no_tables_are_left_alone() => Read(SmallCity.With("README.md", "# Our city"));

    private static CityDefinition Read(Dictionary<string, string> files)
    {
        CityFolderReading reading = CityFolder.Parse("town", files);
        Assert.Equal("", reading.ToString());
        return reading.Definition!;
    }
}
