namespace CityTwin.Grains.Tests;

public sealed class CityTests
{
    private static readonly DateTimeOffset Now = SmallCity.Monday;
    private static readonly TwinId Fresh = TwinId.Commune(201);
    private static readonly OfficeDefinition Plan = SmallCity.Office(Fresh, 3_000, SmallCity.Desk(Fresh, 1, ["land"], 1));

    [Fact]
    public void A_city_is_founded_once()
    {
        Founded().When(new CityCommand.Found("Huế", "Hue", 1, [SmallCity.North], "2"), Now).ThenRefused(Refusal.CityAlreadyFounded);
        New().When(new CityCommand.AdoptEdition("2"), Now).ThenRefused(Refusal.CityNotFounded);
        New().When(new CityCommand.Found("Huế", "Hue", 1, [], "1"), Now).ThenRefused(Refusal.OutOfRange);
        New().When(new CityCommand.Found("Huế", "Hue", 1, [SmallCity.City], "1"), Now).ThenRefused(Refusal.UnknownOffice);
        Founded().When(new CityCommand.AdoptEdition("1"), Now).ThenNothing();
        Founded().When(new CityCommand.AdoptEdition("2"), Now).Then(new CityEvent.EditionAdopted(Now, "2"));
    }

    [Fact]
    public void Merged_communes_are_told_and_their_successor_is_in_force()
    {
        var story = Founded().When(new CityCommand.MergeCommunes([SmallCity.North, SmallCity.West], SmallCity.South), Now)
            .ThenSends(
                new Message(SmallCity.North, new OfficeCommand.MergeInto(SmallCity.South)),
                new Message(SmallCity.West, new OfficeCommand.MergeInto(SmallCity.South)));
        Assert.Equal(SmallCity.South, CityPolicy.InForce(SmallCity.Rules, story.State).InForce(SmallCity.West));
        story.When(new CityCommand.MergeCommunes([SmallCity.North], SmallCity.South), Now).ThenNothing();
    }

    [Fact]
    public void A_merge_that_makes_no_sense_is_refused()
    {
        Founded().When(new CityCommand.MergeCommunes([], SmallCity.South), Now).ThenRefused(Refusal.MergeNotPossible);
        Founded().When(new CityCommand.MergeCommunes([SmallCity.South], SmallCity.South), Now).ThenRefused(Refusal.MergeNotPossible);
        Founded().When(new CityCommand.MergeCommunes([SmallCity.North, SmallCity.North], SmallCity.South), Now).ThenRefused(Refusal.MergeNotPossible);
        Founded().When(new CityCommand.MergeCommunes([SmallCity.LandDepartment], SmallCity.South), Now).ThenRefused(Refusal.UnknownOffice);
        Founded().When(new CityCommand.MergeCommunes([SmallCity.North], TwinId.Commune(999)), Now).ThenRefused(Refusal.UnknownOffice);
        var merged = Founded().When(new CityCommand.MergeCommunes([SmallCity.North], SmallCity.South), Now);
        merged.When(new CityCommand.MergeCommunes([SmallCity.West], SmallCity.North), Now).ThenRefused(Refusal.MergeNotPossible);
        merged.When(new CityCommand.MergeCommunes([SmallCity.North], SmallCity.West), Now).ThenRefused(Refusal.MergeNotPossible);
        merged.When(new CityCommand.SplitCommune(SmallCity.North, Plan.Profile, Plan.Desks, 30), Now).ThenRefused(Refusal.SplitNotPossible);
    }

    [Fact]
    public void A_split_establishes_the_new_commune_before_it_gets_cases()
    {
        var story = Founded().When(new CityCommand.SplitCommune(SmallCity.North, Plan.Profile, Plan.Desks, 30), Now)
            .ThenSends(
                new Message(Fresh, new OfficeCommand.Establish(Plan.Profile, Plan.Desks)),
                new Message(SmallCity.North, new OfficeCommand.SplitOff(Fresh, 30)));
        Assert.Contains(Fresh, CityPolicy.InForce(SmallCity.Rules, story.State).Offices);
        story.When(new CityCommand.SplitCommune(SmallCity.South, Plan.Profile, Plan.Desks, 30), Now).ThenRefused(Refusal.SplitNotPossible);
        Founded().When(new CityCommand.SplitCommune(SmallCity.North, Plan.Profile, [], 30), Now).ThenRefused(Refusal.OutOfRange);
        Founded().When(new CityCommand.SplitCommune(SmallCity.North, Plan.Profile, Plan.Desks, 100), Now).ThenRefused(Refusal.SplitNotPossible);
        Founded().When(new CityCommand.SplitCommune(TwinId.Commune(9), Plan.Profile, Plan.Desks, 30), Now).ThenRefused(Refusal.UnknownOffice);
    }

    [Fact]
    public void Amendments_add_up_and_come_into_force()
    {
        var story = Founded().When(new CityCommand.AmendService("copy", 2, null, null), Now)
            .When(new CityCommand.AmendService("copy", null, Level.City, 45), Now);
        ServiceDefinition copy = CityPolicy.InForce(SmallCity.Rules, story.State).Catalogue.Find("copy")!;
        Assert.Equal((new TimeLimit(2), Level.City, 45.0), (copy.Limit, copy.Level, copy.Handling.MedianMinutes));
        story.When(new CityCommand.AmendService("copy", 2, null, 45), Now).ThenNothing();
        story.When(new CityCommand.AmendService("copy", null, null, null), Now).ThenRefused(Refusal.OutOfRange);
        story.When(new CityCommand.AmendService("copy", 0.4m, null, null), Now).ThenRefused(Refusal.OutOfRange);
        story.When(new CityCommand.AmendService("copy", null, null, double.NaN), Now).ThenRefused(Refusal.OutOfRange);
        story.When(new CityCommand.AmendService("nothing", 1, null, null), Now).ThenRefused(Refusal.UnknownService);
        story.When(new CityCommand.AmendService("lost", null, Level.City, null), Now).ThenRefused(Refusal.NoDepartmentForField);
    }

    [Fact]
    public void A_day_off_moves_the_deadlines_set_after_it()
    {
        var story = Founded().When(new CityCommand.SetDay(new DateOnly(2026, 11, 3), true, "Bão số 13"), Now);
        WorkCalendar calendar = CityPolicy.InForce(SmallCity.Rules, story.State).Calendar;
        Assert.Equal(Now.AddDays(2), calendar.AddDays(Now, 1));
        story.When(new CityCommand.SetDay(new DateOnly(2026, 11, 3), true, "Bão số 13"), Now).ThenNothing();
        story.When(new CityCommand.SetDay(new DateOnly(2026, 11, 3), false, "Làm bù"), Now).ThenOne<CityEvent.DaySet>();
        Assert.Equal(Now.AddDays(1), CityPolicy.InForce(SmallCity.Rules, story.State).Calendar.AddDays(Now, 1));
        story.When(new CityCommand.SetDay(DateOnly.MinValue, true, "x"), Now).ThenRefused(Refusal.OutOfRange);
    }

    [Fact]
    public void Routing_and_terms_come_into_force()
    {
        var terms = new CaseTerms { InHandMax = 9 };
        var story = Founded().When(new CityCommand.RouteField("land", SmallCity.BuildDepartment), Now).When(new CityCommand.SetTerms(terms), Now);
        CityRules rules = CityPolicy.InForce(SmallCity.Rules, story.State);
        Assert.Equal(SmallCity.BuildDepartment, rules.DepartmentOfField["land"]);
        Assert.Equal(9, rules.Terms.InHandMax);
        story.When(new CityCommand.RouteField("land", SmallCity.BuildDepartment), Now).ThenNothing();
        story.When(new CityCommand.SetTerms(terms), Now).ThenNothing();
        story.When(new CityCommand.RouteField("land", SmallCity.South), Now).ThenRefused(Refusal.UnknownOffice);
        story.When(new CityCommand.SetTerms(terms with { InHandMax = 0 }), Now).ThenRefused(Refusal.OutOfRange);
        story.When(new CityCommand.SetTerms(null!), Now).ThenRefused(Refusal.OutOfRange);
    }

    [Fact]
    public void Before_the_founding_the_folder_s_rules_stand()
    {
        CityRules rules = CityPolicy.InForce(SmallCity.Rules, CityState.Absent);
        Assert.Equal(Structure.Of(SmallCity.Rules.Catalogue), Structure.Of(rules.Catalogue));
        Assert.True(SmallCity.Rules.Offices.SetEquals(rules.Offices));
        Assert.Throws<CorruptHistoryException>(() => CityDecider.Evolve(CityState.Absent, new CityEvent.EditionAdopted(Now, "2")));
    }

    private static Story<CityDecider, CityCommand, CityEvent, CityState> New() => new(SmallCity.City, SmallCity.Rules);

    private static Story<CityDecider, CityCommand, CityEvent, CityState> Founded() =>
        New().When(new CityCommand.Found("Huế", "Hue", 35_000, [.. SmallCity.Rules.Offices], "1"), Now);
}
