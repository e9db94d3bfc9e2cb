namespace CityTwin.Grains.Tests;

public sealed class OfficeTests
{
    private static readonly TwinId Case = TwinId.Case(1);
    private static readonly TwinId First = SmallCity.DeskOf(SmallCity.North, 1);
    private static readonly TwinId Second = SmallCity.DeskOf(SmallCity.North, 2);
    private static readonly DateTimeOffset Now = SmallCity.Monday;

    [Fact]
    public void An_office_begins_with_its_desks_and_opens_them()
    {
        var story = Established();
        Assert.Equal([First, Second], story.Messages.Select(m => m.Target));
        Assert.Equal([2, 1], story.State.Desks.Select(d => d.Officials));
        story.When(new OfficeCommand.Establish(SmallCity.Offices[0].Profile, SmallCity.Offices[0].Desks), Now)
            .ThenRefused(Refusal.OfficeAlreadyEstablished);
    }

    [Fact]
    public void A_plan_that_cannot_work_is_refused()
    {
        OfficeDefinition north = SmallCity.Offices[0];
        DeskDefinition desk = north.Desks[0];
        Assert.Equal(Refusal.OutOfRange, OfficeDecider.CheckPlan(north.Profile, []));
        Assert.Equal(Refusal.OutOfRange, OfficeDecider.CheckPlan(north.Profile, [desk, desk]));
        Assert.Equal(Refusal.OutOfRange, OfficeDecider.CheckPlan(north.Profile, [desk with { Officials = [] }]));
        Assert.Equal(Refusal.OutOfRange, OfficeDecider.CheckPlan(north.Profile, [desk with { Skills = [] }]));
        Assert.Equal(Refusal.OutOfRange, OfficeDecider.CheckPlan(north.Profile, [desk with { Id = SmallCity.DeskOf(SmallCity.South, 1) }]));
        Assert.Equal(Refusal.OutOfRange, OfficeDecider.CheckPlan(north.Profile with { Population = -1 }, north.Desks));
        Assert.Equal(Refusal.UnknownOffice, OfficeDecider.CheckPlan(north.Profile with { Id = SmallCity.City }, north.Desks));
        Assert.Equal(Refusal.None, OfficeDecider.CheckPlan(north.Profile, north.Desks));
    }

    [Fact]
    public void Every_office_of_the_bundled_cities_can_begin() =>
        Assert.All(BundledCities.Names.SelectMany(n => BundledCities.Read(n).Offices), o =>
            Assert.Equal(Refusal.None, OfficeDecider.CheckPlan(o.Profile, o.Desks)));

    [Fact]
    public void A_case_goes_to_the_desk_with_the_skill_and_is_counted()
    {
        var story = Established().When(Admit("land", AdmitReason.Filed), Now)
            .ThenSends(new Message(Second, new DeskCommand.Enqueue(Case, Now.AddDays(3), Urgency.High)));
        Assert.Equal((1, 1L, 0L), (story.State.Totals.AtDesks, story.State.Totals.Filed, story.State.Totals.EscalatedIn));
        Assert.Equal((1, 40.0), (story.State.Desks[1].Open, story.State.Desks[1].Effort));
        story.When(new OfficeCommand.RecordLeave(Case, Second, LeaveReason.Resolved, 40, true), Now);
        Assert.Equal((0, 0.0), (story.State.Desks[1].Open, story.State.Desks[1].Effort));
        Assert.Equal((0, 1L, 1L), (story.State.Totals.AtDesks, story.State.Totals.Resolved, story.State.Totals.OnTime));
        story.When(new OfficeCommand.RecordLeave(Case, Second, LeaveReason.Resolved, 40, true), Now).ThenRefused(Refusal.CaseNotAtDesk);
    }

    [Fact]
    public void An_empty_desk_has_no_effort_left_over_from_rounding()
    {
        var story = Established();
        foreach (double effort in new[] { 0.1, 0.2, 0.3 })
        {
            story.When(Admit("land", AdmitReason.Filed) with { Effort = effort }, Now);
        }
        foreach (double effort in new[] { 0.1, 0.2, 0.3 })
        {
            story.When(new OfficeCommand.RecordLeave(Case, Second, LeaveReason.Waiting, effort, false), Now);
        }
        Assert.Equal(0, story.State.Desks[1].Effort);
    }

    [Fact]
    public void A_case_that_comes_before_the_office_is_held_and_admitted_with_it()
    {
        var story = New().When(Admit("land", AdmitReason.Moved), Now).When(Admit("land", AdmitReason.Moved), Now).ThenNothing()
            .When(new OfficeCommand.Establish(SmallCity.Offices[0].Profile, SmallCity.Offices[0].Desks), Now);
        Assert.Equal([First, Second, Second], story.Messages.Select(m => m.Target));
        Assert.IsType<DeskCommand.Enqueue>(story.Messages[^1].Command);
        Assert.Equal(1, story.State.Totals.AtDesks);
        Assert.Empty(story.State.Held);
        New().When(new OfficeCommand.RecordOverdue(Case), Now).ThenRefused(Refusal.OfficeNotEstablished);
    }

    [Fact]
    public void A_merged_commune_closes_its_desks_and_forwards_what_still_comes()
    {
        var story = Established().When(new OfficeCommand.MergeInto(SmallCity.South), Now)
            .ThenSends(
                new Message(SmallCity.South, new OfficeCommand.Absorb(SmallCity.North, 10_000, 10, [])),
                new Message(First, new DeskCommand.Close(SmallCity.South)),
                new Message(Second, new DeskCommand.Close(SmallCity.South)));
        story.When(Admit("land", AdmitReason.Answered), Now)
            .ThenSends(new Message(SmallCity.South, Admit("land", AdmitReason.Answered)));
        var late = new OfficeCommand.Absorb(SmallCity.West, 7, 1, [new StaffedDesk(["land"], [TwinId.Official(1)])]);
        story.When(late, Now).ThenSends(new Message(SmallCity.South, late));
        Assert.Equal(10_000, story.State.Profile!.Population);
        story.When(new OfficeCommand.MergeInto(SmallCity.South), Now).ThenNothing();
        story.When(new OfficeCommand.MergeInto(SmallCity.West), Now).ThenRefused(Refusal.OfficeMerged);
        story.When(new OfficeCommand.OpenDesk(SmallCity.Desk(SmallCity.North, 3, ["x"], 1)), Now).ThenRefused(Refusal.OfficeMerged);
    }

    [Fact]
    public void Newcomers_join_the_desk_that_shares_most_of_their_skills()
    {
        TwinId clerk = TwinId.Official(1);
        var story = Established()
            .When(new OfficeCommand.Absorb(SmallCity.West, 5_000, 5, [new StaffedDesk(["land"], [clerk]), new StaffedDesk(["sea"], [clerk])]), Now)
            .ThenSends(
                new Message(Second, new DeskCommand.AssignOfficials([clerk])), new Message(First, new DeskCommand.AssignOfficials([clerk])));
        Assert.Equal((15_000, 15.0), (story.State.Profile!.Population, story.State.Profile.AreaKm2));
    }

    [Fact]
    public void A_split_commune_keeps_the_rest_and_its_desks_hand_over()
    {
        TwinId to = TwinId.Commune(201);
        var story = Established().When(new OfficeCommand.SplitOff(to, 30), Now)
            .ThenSends(new Message(First, new DeskCommand.HandOver(to, 30)), new Message(Second, new DeskCommand.HandOver(to, 30)));
        Assert.Equal((7_000, 7.0), (story.State.Profile!.Population, story.State.Profile.AreaKm2));
        story.When(new OfficeCommand.SplitOff(to, 100), Now).ThenRefused(Refusal.SplitNotPossible);
        story.When(new OfficeCommand.SplitOff(SmallCity.North, 30), Now).ThenRefused(Refusal.SplitNotPossible);
    }

    [Fact]
    public void Departments_are_not_merged()
    {
        var story = new Story<OfficeDecider, OfficeCommand, OfficeEvent, OfficeState>(SmallCity.LandDepartment, SmallCity.Rules)
            .When(new OfficeCommand.Establish(SmallCity.Offices[3].Profile, SmallCity.Offices[3].Desks), Now);
        story.When(new OfficeCommand.MergeInto(SmallCity.South), Now).ThenRefused(Refusal.MergeNotPossible);
    }

    [Fact]
    public void Desks_staff_ratings_and_missed_deadlines_are_recorded()
    {
        var story = Established().When(new OfficeCommand.OpenDesk(SmallCity.Desk(SmallCity.North, 3, ["culture"], 2)), Now);
        Assert.Equal(3, story.State.Desks.Length);
        story.When(new OfficeCommand.OpenDesk(SmallCity.Desk(SmallCity.North, 3, ["culture"], 2)), Now).ThenRefused(Refusal.DeskExists);
        story.When(new OfficeCommand.RecordStaff(First, 5), Now).Then(new OfficeEvent.StaffRecorded(Now, First, 5));
        story.When(new OfficeCommand.RecordStaff(First, 5), Now).ThenNothing();
        story.When(new OfficeCommand.RecordStaff(TwinId.Desk(1), 5), Now).ThenRefused(Refusal.DeskNotOpen);
        story.When(new OfficeCommand.RecordRating(Case, 4), Now).When(new OfficeCommand.RecordOverdue(Case), Now);
        Assert.Equal((1L, 4L, 1L), (story.State.Totals.Ratings, story.State.Totals.RatingSum, story.State.Totals.Overdue));
        story.When(new OfficeCommand.RecordRating(Case, 6), Now).ThenRefused(Refusal.OutOfRange);
    }

    private static OfficeCommand.Admit Admit(string skill, AdmitReason reason) => new(Case, reason, skill, Now.AddDays(3), Urgency.High, 40);

    private static Story<OfficeDecider, OfficeCommand, OfficeEvent, OfficeState> New() => new(SmallCity.North, SmallCity.Rules);

    private static Story<OfficeDecider, OfficeCommand, OfficeEvent, OfficeState> Established() =>
        New().When(new OfficeCommand.Establish(SmallCity.Offices[0].Profile, SmallCity.Offices[0].Desks), Now);
}
