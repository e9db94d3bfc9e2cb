namespace CityTwin.Grains.Tests;

public sealed class CaseFilingTests
{
    [Fact]
    public void A_dossier_without_documents_goes_to_the_commune_at_once()
    {
        // One working day from Monday 08:00 is Tuesday 08:00.
        DateTimeOffset due = CaseStory.Filed.AddDays(1);
        CaseStory.New().When(CaseStory.File("birth"), CaseStory.Filed)
            .Then(new CaseEvent.CaseFiled(
                CaseStory.Filed, CaseKind.Dossier, "birth", SmallCity.North, SmallCity.North, CaseStory.Citizen, Channel.Counter, Urgency.Normal,
                due, "justice", 25, [], [], null, null))
            .ThenSends(CaseStory.To(SmallCity.North, CaseStory.Admit(AdmitReason.Filed, due)));
    }

    [Fact]
    public void A_dossier_that_needs_documents_asks_the_ledger_first()
    {
        var story = CaseStory.New().When(CaseStory.File("land", "id"), CaseStory.Filed);
        story.ThenSends(CaseStory.To(
            CaseStory.Citizen, new CitizenCommand.CheckDocuments(CaseStory.Case, ["id", "landbook"], ["id"])));
        Assert.Equal(CaseStage.Received, story.State.Stage);
        Assert.False(story.State.OnItsWay);
    }

    [Fact]
    public void A_city_level_service_goes_to_the_department_of_its_field()
    {
        var filed = CaseStory.New().When(CaseStory.File("permit", "id"), CaseStory.Filed).ThenOne<CaseEvent.CaseFiled>();
        Assert.Equal(SmallCity.BuildDepartment, filed.Office);
        Assert.Equal(SmallCity.North, filed.Commune);
    }

    [Fact]
    public void A_merged_commune_takes_no_new_cases_its_successor_does()
    {
        CityRules rules = SmallCity.Rules with { Successors = SmallCity.Rules.Successors.Add(SmallCity.North, SmallCity.South) };
        var filed = CaseStory.New(rules).When(CaseStory.File("birth"), CaseStory.Filed).ThenOne<CaseEvent.CaseFiled>();
        Assert.Equal(SmallCity.South, filed.Office);
    }

    [Fact]
    public void A_copy_asked_for_before_three_is_due_at_closing_and_later_the_next_day()
    {
        var early = CaseStory.New().When(CaseStory.File("copy"), CaseStory.Filed).ThenOne<CaseEvent.CaseFiled>();
        Assert.Equal(CaseStory.MondayClosing, early.DueAt);
        var late = CaseStory.New().When(CaseStory.File("copy"), CaseStory.Filed.AddHours(7)).ThenOne<CaseEvent.CaseFiled>();
        Assert.Equal(CaseStory.MondayClosing.AddDays(1), late.DueAt);
    }

    [Fact]
    public void Feedback_has_the_urgency_of_its_category_unless_it_says_otherwise()
    {
        var flood = new CaseCommand.FileFeedback("flood", SmallCity.South, default, Channel.Hotline, "Nước vào nhà", new GeoPoint(16.46, 107.59));
        Assert.Equal(Urgency.Immediate, CaseStory.New().When(flood, CaseStory.Filed).ThenOne<CaseEvent.CaseFiled>().Urgency);
        var calm = flood with { Urgency = Urgency.Normal };
        Assert.Equal(Urgency.Normal, CaseStory.New().When(calm, CaseStory.Filed).ThenOne<CaseEvent.CaseFiled>().Urgency);
    }

    public static TheoryData<CaseCommand, Refusal> Refused => new()
    {
        { CaseStory.File("nothing"), Refusal.UnknownService },
        { CaseStory.File("noise"), Refusal.UnknownService },
        { CaseStory.File(null!), Refusal.UnknownService },
        { CaseStory.File("lost"), Refusal.NoDepartmentForField },
        { CaseStory.File("land", "passport"), Refusal.UnknownDocument },
        { CaseStory.File("birth") with { Commune = TwinId.Commune(999) }, Refusal.UnknownOffice },
        { CaseStory.File("birth") with { Commune = SmallCity.LandDepartment }, Refusal.UnknownOffice },
        { CaseStory.File("birth") with { Citizen = default }, Refusal.OutOfRange },
        { CaseStory.File("birth") with { Channel = (Channel)6 }, Refusal.OutOfRange },
        { CaseStory.File("birth") with { Urgency = (Urgency)3 }, Refusal.OutOfRange },
        { Report("birth", "x"), Refusal.UnknownService },
        { Report("noise", ""), Refusal.OutOfRange },
        { Report("noise", new string('x', TextLimits.ReportMax + 1)), Refusal.OutOfRange },
        { Report("noise", "x") with { Place = new GeoPoint(91, 0) }, Refusal.OutOfRange },
        { Report("noise", "x") with { Place = new GeoPoint(0, double.NaN) }, Refusal.OutOfRange },
        { new CaseCommand.Withdraw(), Refusal.CaseNotFiled },
        { new CaseCommand.ReachDeadline(), Refusal.CaseNotFiled },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_cannot_be_filed_is_refused_with_the_reason(CaseCommand command, Refusal refusal) =>
        CaseStory.New().When(command, CaseStory.Filed).ThenRefused(refusal);

    [Fact]
    public void A_case_is_filed_once() =>
        CaseStory.Received().When(CaseStory.File("birth"), CaseStory.Filed).ThenRefused(Refusal.CaseAlreadyFiled);

    private static CaseCommand.FileFeedback Report(string category, string description) =>
        new(category, SmallCity.North, default, Channel.App, description);
}
