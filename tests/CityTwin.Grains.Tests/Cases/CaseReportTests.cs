namespace CityTwin.Grains.Tests;

public sealed class CaseReportTests
{
    private static readonly DateTimeOffset Later = CaseStory.Filed.AddHours(1);
    private static readonly CaseClassification Unsure = new("feedback-1", "noise", 0.4, NeedsCategory: true, "vi");

    // "lamp" is the city's, at another desk; "hall" is the commune's own, of another skill.
    private static readonly CityRules Rules = SmallCity.Rules with
    {
        Catalogue = SmallCity.Rules.Catalogue with
        {
            Services = SmallCity.Rules.Catalogue.Services
                .Add("lamp", SmallCity.Rules.Catalogue.Services["noise"] with { Code = "lamp", Level = Level.City, Field = "build", Skill = "build", Limit = new TimeLimit(1) })
                .Add("hall", SmallCity.Rules.Catalogue.Services["noise"] with { Code = "hall", Skill = "justice" }),
        },
    };

    [Fact]
    public void What_a_model_read_is_an_event_of_its_own_after_the_filing()
    {
        var story = CaseStory.New(Rules).When(Report() with { Classification = Unsure }, CaseStory.Filed);
        story.Then(
            new CaseEvent.CaseFiled(
                CaseStory.Filed, CaseKind.Feedback, "noise", SmallCity.North, SmallCity.North, default, Channel.App, Urgency.Normal, story.State.DueAt, "order",
                40, [], [], "Ồn quá", null),
            new CaseEvent.CaseClassified(CaseStory.Filed, Unsure));
        Assert.True(story.State.NeedsCategory);
        story.ThenSends(CaseStory.To(SmallCity.North, CaseStory.Admit(AdmitReason.Filed, story.State.DueAt, "order", 40)));
    }

    [Fact]
    public void What_concerns_the_whole_city_goes_to_the_department_of_its_field_and_keeps_its_commune()
    {
        CaseState state = CaseStory.New(Rules).When(Report() with { IsCityWide = true }, CaseStory.Filed).State;
        Assert.Equal((TwinKind.Department, SmallCity.North, "noise"), (state.Office.Kind, state.Commune, state.Service));
    }

    [Fact]
    public void A_category_that_a_person_chose_has_no_reading() =>
        Assert.Null(CaseStory.New(Rules).When(Report(), CaseStory.Filed).State.Classification);

    public static TheoryData<CaseClassification> OutOfRange =>
    [
        Unsure with { Probability = double.NaN }, Unsure with { Probability = 1.1 }, Unsure with { Model = "" }, Unsure with { Category = new('x', 41) },
        Unsure with { Level = (Level)9 }, Unsure with { Urgency = (Urgency)9 }, Unsure with { UrgencyProbability = -1 },
    ];

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_reading_out_of_its_range_is_refused(CaseClassification reading) =>
        CaseStory.New(Rules).When(Report() with { Classification = reading }, CaseStory.Filed).ThenRefused(Refusal.OutOfRange);

    [Fact]
    public void A_person_gives_the_category_and_the_case_goes_to_its_department()
    {
        var story = InHand().When(new CaseCommand.AssignCategory("lamp", CaseStory.Clerk), Later);
        DateTimeOffset due = CaseStory.Filed.AddDays(1);
        story.Then(new CaseEvent.CategoryAssigned(
                Later, "lamp", "noise", CaseStory.Clerk, SmallCity.North, SmallCity.BuildDepartment, CaseStory.Desk, "build", 40, 40, Urgency.Normal, due,
                TimeSpan.FromHours(1)))
            .ThenSends(
                CaseStory.To(CaseStory.Desk, new DeskCommand.Release(CaseStory.Case, LeaveReason.Moved)),
                CaseStory.To(SmallCity.North, new OfficeCommand.RecordLeave(CaseStory.Case, CaseStory.Desk, LeaveReason.Moved, 40, false)),
                CaseStory.To(CaseStory.Clerk, new OfficialCommand.RecordWork(CaseStory.Case, LeaveReason.Moved, TimeSpan.FromHours(1), false)),
                CaseStory.To(SmallCity.BuildDepartment, CaseStory.Admit(AdmitReason.Moved, due, "build", 40)));
        Assert.False(story.State.NeedsCategory);
        Assert.Equal(("lamp", SmallCity.BuildDepartment, TimeSpan.FromHours(1)), (story.State.Service, story.State.Office, story.State.Worked));
        Assert.Equal("noise", story.State.Classification!.Category);
    }

    [Fact]
    public void A_confirmed_category_leaves_the_case_where_it_is_and_is_an_event_once()
    {
        var story = InHand().When(new CaseCommand.AssignCategory("noise"), Later);
        Assert.Equal("noise", story.ThenOne<CaseEvent.CategoryAssigned>().Before);
        Assert.Empty(story.Messages);
        Assert.Equal((CaseStage.InProgress, false), (story.State.Stage, story.State.NeedsCategory));
        story.When(new CaseCommand.AssignCategory("noise"), Later).ThenNothing();
    }

    [Fact]
    public void Another_desk_of_the_same_office_is_asked_for_by_another_skill()
    {
        var story = InHand().When(new CaseCommand.AssignCategory("hall"), Later);
        Assert.Equal((SmallCity.North, CaseStory.Desk), (story.State.Office, story.ThenOne<CaseEvent.CategoryAssigned>().FromDesk));
        Assert.Equal(CaseStage.Received, story.State.Stage);
    }

    [Fact]
    public void A_case_that_stays_in_hand_keeps_the_effort_its_desk_reckons_with()
    {
        var story = InHand().When(new CaseCommand.AssignCategory("flood"), Later);
        Assert.Equal(("flood", 40, Urgency.Immediate), (story.State.Service, story.State.Effort, story.State.Urgency));
        Assert.Equal(CaseStage.InProgress, story.State.Stage);
    }

    [Fact]
    public void A_report_that_joins_is_kept_whole_and_counted()
    {
        var place = new GeoPoint(16.46, 107.59);
        var story = InHand().When(new CaseCommand.Follow(99, TwinId.Citizen(9), Channel.Hotline, "Ồn quá", place, 0.8), Later);
        story.Then(new CaseEvent.CaseFollowed(Later, 99, TwinId.Citizen(9), Channel.Hotline, "Ồn quá", place, 0.8));
        Assert.Empty(story.Messages);
        Assert.Equal(1, story.State.Followers);
        story.When(new CaseCommand.Follow(99, TwinId.Citizen(9), Channel.Hotline, "Ồn quá", place, 0.8), Later).ThenNothing();
        Assert.Equal(CaseStage.InProgress, story.State.Stage);
    }

    [Fact]
    public void An_alert_joins_the_open_case_makes_it_as_urgent_and_takes_an_answered_one_up_again()
    {
        var place = new GeoPoint(16.46, 107.59);
        var story = InHand().When(new CaseCommand.TakeUpAlert(7, "báo động II", place, Urgency.High), Later);
        Assert.Equal((1, Urgency.High, CaseStage.InProgress), (story.State.Followers, story.State.Urgency, story.State.Stage));
        story.When(new CaseCommand.TakeUpAlert(7, "báo động II", place, Urgency.Immediate), Later).ThenNothing();
        var less = story.When(new CaseCommand.TakeUpAlert(8, "báo động I", place, null), Later);
        less.Then(new CaseEvent.CaseFollowed(Later, 8, default, Channel.Sensor, "báo động I", place, 1));
        Assert.Equal((2, Urgency.High), (less.State.Followers, less.State.Urgency));

        var again = less.When(new CaseCommand.Resolve(CaseStory.Clerk, "Nước đã rút"), Later).When(new CaseCommand.TakeUpAlert(9, "báo động III", place, Urgency.Immediate), Later);
        Assert.Equal((CaseStage.Received, 1, 3), (again.State.Stage, again.State.Reopenings, again.State.Followers));
        CaseStory.InHand().When(new CaseCommand.TakeUpAlert(9, "x", null, null), Later).ThenRefused(Refusal.CaseNotFeedback);
    }

    public static TheoryData<CaseCommand, Refusal> Refused => new()
    {
        { new CaseCommand.AssignCategory("nothing"), Refusal.UnknownService },
        { new CaseCommand.AssignCategory("birth"), Refusal.UnknownService },
        { new CaseCommand.AssignCategory(null!), Refusal.UnknownService },
        { new CaseCommand.AssignCategory("flood", CaseStory.Citizen), Refusal.OutOfRange },
        { new CaseCommand.AssignCategory("flood", default, (Urgency)7), Refusal.OutOfRange },
        { new CaseCommand.TakeUpAlert(99, "", null, null), Refusal.OutOfRange },
        { new CaseCommand.Follow(99, default, Channel.App, "", null, 0.5), Refusal.OutOfRange },
        { new CaseCommand.Follow(99, default, Channel.App, "x", null, double.NaN), Refusal.OutOfRange },
        { new CaseCommand.Follow(99, SmallCity.North, Channel.App, "x", null, 0.5), Refusal.OutOfRange },
        { new CaseCommand.Follow(99, default, Channel.App, "x", new GeoPoint(99, 0), 0.5), Refusal.OutOfRange },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_said_of_a_report_is_refused(CaseCommand command, Refusal refusal) => InHand().When(command, Later).ThenRefused(refusal);

    [Fact]
    public void Dossiers_and_ended_reports_are_neither_followed_nor_given_a_category()
    {
        CaseStory.InHand().When(new CaseCommand.AssignCategory("noise"), Later).ThenRefused(Refusal.CaseNotFeedback);
        CaseStory.InHand().When(new CaseCommand.Follow(99, default, Channel.App, "x", null, 1), Later).ThenRefused(Refusal.CaseNotFeedback);
        var ended = InHand().When(new CaseCommand.Resolve(CaseStory.Clerk, "Xong"), Later);
        ended.When(new CaseCommand.AssignCategory("flood"), Later).ThenRefused(Refusal.CaseNotOpen);
        ended.When(new CaseCommand.Follow(99, default, Channel.App, "x", null, 1), Later).ThenRefused(Refusal.CaseNotOpen);
        CaseStory.New(Rules).When(Report(), CaseStory.Filed).When(new CaseCommand.AssignCategory("flood"), Later).ThenRefused(Refusal.CaseOnItsWay);
    }

    private static CaseCommand.FileFeedback Report() => new("noise", SmallCity.North, default, Channel.App, "Ồn quá");

    private static Story<CaseDecider, CaseCommand, CaseEvent, CaseState> InHand() =>
        CaseStory.New(Rules).When(Report() with { Classification = Unsure }, CaseStory.Filed)
            .When(new CaseCommand.RecordQueued(SmallCity.North, CaseStory.Desk), CaseStory.Filed)
            .When(new CaseCommand.StartWork(CaseStory.Desk, CaseStory.Clerk), CaseStory.Filed);
}
