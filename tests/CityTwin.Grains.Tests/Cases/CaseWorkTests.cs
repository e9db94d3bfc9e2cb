namespace CityTwin.Grains.Tests;

public sealed class CaseWorkTests
{
    private static readonly DateTimeOffset Later = CaseStory.Filed.AddHours(1);

    [Fact]
    public void Asking_the_citizen_frees_the_desk_and_stops_the_deadline()
    {
        var story = CaseStory.InHand();
        TimeSpan left = SmallCity.Rules.Calendar.Between(Later, story.State.DueAt);
        story.When(new CaseCommand.AskCitizen(CaseStory.Clerk, [], "Tên cha?"), Later)
            .Then(new CaseEvent.CitizenAsked(Later, CaseStory.Clerk, [], "Tên cha?", TimeSpan.FromHours(1), left, Later.AddDays(4)))
            .ThenSends(
                CaseStory.To(CaseStory.Desk, new DeskCommand.Release(CaseStory.Case, LeaveReason.Waiting)),
                CaseStory.To(SmallCity.North, new OfficeCommand.RecordLeave(CaseStory.Case, CaseStory.Desk, LeaveReason.Waiting, 25, false)),
                CaseStory.To(CaseStory.Clerk, new OfficialCommand.RecordWork(CaseStory.Case, LeaveReason.Waiting, TimeSpan.FromHours(1), false)));
    }

    [Fact]
    public void An_answered_case_goes_back_to_the_desk_that_asked()
    {
        var story = CaseStory.Asked().When(new CaseCommand.Answer([], "Nguyễn Văn A"), Later.AddDays(1));
        story.ThenSends(CaseStory.To(SmallCity.North, CaseStory.Admit(AdmitReason.Answered, story.State.DueAt, desk: CaseStory.Desk)));
    }

    [Fact]
    public void A_case_is_escalated_to_the_department_of_its_field()
    {
        var story = CaseStory.InHand().When(new CaseCommand.Escalate(CaseStory.Clerk, "Vượt thẩm quyền"), Later);
        story.Then(new CaseEvent.CaseEscalated(
            Later, CaseStory.Clerk, SmallCity.North, SmallCity.LandDepartment, "Vượt thẩm quyền", TimeSpan.FromHours(1)));
        Assert.Equal(
            CaseStory.To(SmallCity.LandDepartment, CaseStory.Admit(AdmitReason.Escalated, story.State.DueAt)), story.Messages[^1]);
        Assert.Equal(1, story.State.Escalations);
        Assert.Equal(TimeSpan.FromHours(1), story.State.Worked);
    }

    [Fact]
    public void A_case_goes_up_once_and_back_to_the_commune_in_force()
    {
        CityRules merged = SmallCity.Rules with { Successors = SmallCity.Rules.Successors.Add(SmallCity.North, SmallCity.South) };
        var story = AtDepartment(merged);
        story.When(new CaseCommand.Escalate(CaseStory.Clerk, "Lên nữa"), Later).ThenRefused(Refusal.AlreadyAtCityLevel);
        var back = story.When(new CaseCommand.SendBack(CaseStory.Clerk, "Thuộc xã"), Later).ThenOne<CaseEvent.CaseSentBack>();
        Assert.Equal((SmallCity.LandDepartment, SmallCity.South), (back.From, back.To));
    }

    [Fact]
    public void What_departments_decide_is_not_sent_to_a_commune()
    {
        CityRules amended = SmallCity.Rules with
        {
            Catalogue = SmallCity.Rules.Catalogue with
            {
                Services = SmallCity.Rules.Catalogue.Services.SetItem("birth", SmallCity.Rules.Catalogue.Find("birth")! with { Level = Level.City }),
            },
        };
        AtDepartment(amended).When(new CaseCommand.SendBack(CaseStory.Clerk, "Thuộc xã"), Later).ThenRefused(Refusal.NotAtCityLevel);
        CaseStory.InHand().When(new CaseCommand.SendBack(CaseStory.Clerk, "Thuộc xã"), Later).ThenRefused(Refusal.NotAtCityLevel);
    }

    [Fact]
    public void An_escalation_needs_a_department_that_there_is()
    {
        CaseStory.InHand().When(new CaseCommand.Escalate(CaseStory.Clerk, "x", SmallCity.South), Later).ThenRefused(Refusal.UnknownOffice);
        CaseStory.InHand().When(new CaseCommand.Escalate(CaseStory.Clerk, "x", TwinId.Department(1)), Later).ThenRefused(Refusal.UnknownOffice);
        CityRules unrouted = SmallCity.Rules with { DepartmentOfField = SmallCity.Rules.DepartmentOfField.Remove("justice") };
        CaseStory.InHand(unrouted).When(new CaseCommand.Escalate(CaseStory.Clerk, "x"), Later).ThenRefused(Refusal.NoDepartmentForField);
    }

    [Fact]
    public void A_resolved_case_leaves_desk_office_and_official_with_its_result()
    {
        CaseStory.InHand().When(new CaseCommand.Resolve(CaseStory.Clerk, "Xong"), Later)
            .Then(new CaseEvent.CaseResolved(Later, CaseStory.Clerk, "Xong", TimeSpan.FromHours(1), true))
            .ThenSends(
                CaseStory.To(CaseStory.Desk, new DeskCommand.Release(CaseStory.Case, LeaveReason.Resolved)),
                CaseStory.To(SmallCity.North, new OfficeCommand.RecordLeave(CaseStory.Case, CaseStory.Desk, LeaveReason.Resolved, 25, true)),
                CaseStory.To(CaseStory.Clerk, new OfficialCommand.RecordWork(CaseStory.Case, LeaveReason.Resolved, TimeSpan.FromHours(1), true)));
    }

    [Fact]
    public void A_result_at_the_deadline_is_in_time_and_a_moment_later_is_not()
    {
        DateTimeOffset due = CaseStory.InHand().State.DueAt;
        Assert.True(CaseStory.InHand().When(new CaseCommand.Resolve(CaseStory.Clerk), due).ThenOne<CaseEvent.CaseResolved>().OnTime);
        Assert.False(CaseStory.InHand().When(new CaseCommand.Reject(CaseStory.Clerk, "x"), due.AddTicks(1)).ThenOne<CaseEvent.CaseRejected>().OnTime);
    }

    [Fact]
    public void Only_the_official_in_charge_acts_on_a_case()
    {
        TwinId other = SmallCity.OfficialOf(SmallCity.North, 12);
        foreach (CaseCommand command in Acts(other))
        {
            CaseStory.InHand().When(command, Later).ThenRefused(Refusal.CaseNotInHand);
        }
        foreach (CaseCommand command in Acts(CaseStory.Clerk))
        {
            CaseStory.Queued().When(command, Later).ThenRefused(Refusal.CaseNotInHand);
            CaseStory.Resolved().When(command, Later).ThenRefused(Refusal.CaseNotOpen);
        }
    }

    [Fact]
    public void Reasons_and_questions_are_asked_for_and_bounded()
    {
        string tooLong = new('x', TextLimits.TextMax + 1);
        foreach (string text in new[] { "", " ", tooLong })
        {
            CaseStory.InHand().When(new CaseCommand.Reject(CaseStory.Clerk, text), Later).ThenRefused(Refusal.OutOfRange);
            CaseStory.InHand().When(new CaseCommand.Escalate(CaseStory.Clerk, text), Later).ThenRefused(Refusal.OutOfRange);
            CaseStory.InHand().When(new CaseCommand.AskCitizen(CaseStory.Clerk, [], text), Later).ThenRefused(Refusal.OutOfRange);
            AtDepartment(SmallCity.Rules).When(new CaseCommand.SendBack(CaseStory.Clerk, text), Later).ThenRefused(Refusal.OutOfRange);
        }
        CaseStory.InHand().When(new CaseCommand.Resolve(CaseStory.Clerk, tooLong), Later).ThenRefused(Refusal.OutOfRange);
        CaseStory.InHand().When(new CaseCommand.AskCitizen(CaseStory.Clerk, ["passport"]), Later).ThenRefused(Refusal.UnknownDocument);
    }

    private static IEnumerable<CaseCommand> Acts(TwinId official) =>
    [
        new CaseCommand.AskCitizen(official, [], "?"), new CaseCommand.Escalate(official, "x"), new CaseCommand.SendBack(official, "x"),
        new CaseCommand.Resolve(official), new CaseCommand.Reject(official, "x"),
    ];

    private static Story<CaseDecider, CaseCommand, CaseEvent, CaseState> AtDepartment(CityRules rules) =>
        CaseStory.InHand(rules).When(new CaseCommand.Escalate(CaseStory.Clerk, "x"), Later)
            .When(new CaseCommand.RecordQueued(SmallCity.LandDepartment, SmallCity.DeskOf(SmallCity.LandDepartment, 1)), Later)
            .When(new CaseCommand.StartWork(SmallCity.DeskOf(SmallCity.LandDepartment, 1), CaseStory.Clerk), Later);
}
