namespace CityTwin.Grains.Tests;

public sealed class CaseMoveTests
{
    private static readonly DateTimeOffset Later = CaseStory.Filed.AddHours(1);

    [Fact]
    public void A_reassigned_case_leaves_its_desk_before_the_new_office_is_asked()
    {
        TwinId wanted = SmallCity.DeskOf(SmallCity.South, 2);
        var story = CaseStory.InHand().When(new CaseCommand.Reassign(SmallCity.South, "Quá tải", wanted), Later);
        story.Then(new CaseEvent.CaseMoved(
                Later, SmallCity.North, SmallCity.South, wanted, "Quá tải", CaseStory.Desk, TimeSpan.FromHours(1)))
            .ThenSends(
                CaseStory.To(CaseStory.Desk, new DeskCommand.Release(CaseStory.Case, LeaveReason.Moved)),
                CaseStory.To(SmallCity.North, new OfficeCommand.RecordLeave(CaseStory.Case, CaseStory.Desk, LeaveReason.Moved, 25, false)),
                CaseStory.To(CaseStory.Clerk, new OfficialCommand.RecordWork(CaseStory.Case, LeaveReason.Moved, TimeSpan.FromHours(1), false)),
                CaseStory.To(SmallCity.South, CaseStory.Admit(AdmitReason.Moved, story.State.DueAt, desk: wanted)));
    }

    [Fact]
    public void A_case_is_reassigned_to_another_place_only()
    {
        CaseStory.Queued().When(new CaseCommand.Reassign(SmallCity.North, "x"), Later).ThenRefused(Refusal.AlreadyThere);
        CaseStory.Queued().When(new CaseCommand.Reassign(SmallCity.North, "x", CaseStory.Desk), Later).ThenRefused(Refusal.AlreadyThere);
        CaseStory.Queued().When(new CaseCommand.Reassign(SmallCity.North, "x", SmallCity.DeskOf(SmallCity.North, 2)), Later)
            .ThenOne<CaseEvent.CaseMoved>();
        CaseStory.Received().When(new CaseCommand.Reassign(SmallCity.South, "x"), Later).ThenRefused(Refusal.CaseOnItsWay);
        CaseStory.Queued().When(new CaseCommand.Reassign(TwinId.Commune(999), "x"), Later).ThenRefused(Refusal.UnknownOffice);
        CaseStory.Queued().When(new CaseCommand.Reassign(SmallCity.South, ""), Later).ThenRefused(Refusal.OutOfRange);
        CaseStory.Resolved().When(new CaseCommand.Reassign(SmallCity.South, "x"), Later).ThenRefused(Refusal.CaseNotOpen);
    }

    [Fact]
    public void A_waiting_case_changes_office_on_paper_and_goes_there_with_the_answer()
    {
        var story = CaseStory.Asked().When(new CaseCommand.Reassign(SmallCity.South, "Chuyển nhà"), Later);
        Assert.Empty(story.Messages);
        story.When(new CaseCommand.Answer([], "Đây"), Later);
        Assert.Equal(SmallCity.South, Assert.Single(story.Messages).Target);
    }

    [Fact]
    public void A_closing_desk_sends_its_case_to_the_successor_in_force()
    {
        CityRules merged = SmallCity.Rules with { Successors = SmallCity.Rules.Successors.Add(SmallCity.South, SmallCity.West) };
        var story = CaseStory.Queued(merged).When(new CaseCommand.Reroute(SmallCity.South, "Sáp nhập", CaseStory.Desk), Later);
        var moved = story.ThenOne<CaseEvent.CaseMoved>();
        Assert.Equal((SmallCity.West, CaseStory.Desk), (moved.To, moved.FromDesk));
    }

    [Fact]
    public void A_desk_that_the_case_has_left_cannot_send_it_on()
    {
        var elsewhere = new CaseCommand.Reroute(SmallCity.South, "Sáp nhập", SmallCity.DeskOf(SmallCity.North, 2));
        CaseStory.InHand().When(elsewhere, Later).ThenNothing();
        CaseStory.Asked().When(elsewhere with { Desk = CaseStory.Desk }, Later).ThenNothing();
        CaseStory.Received().When(elsewhere with { Desk = CaseStory.Desk }, Later).ThenNothing();
    }

    [Fact]
    public void A_case_turned_away_by_a_closed_desk_goes_on()
    {
        var moved = CaseStory.Received().When(new CaseCommand.Reroute(SmallCity.South, "Đóng", CaseStory.Desk, TurnedAway: true), Later)
            .ThenOne<CaseEvent.CaseMoved>();
        Assert.Equal(SmallCity.South, moved.To);
        CaseStory.Queued().When(new CaseCommand.Reroute(SmallCity.South, "Đóng", CaseStory.Desk, TurnedAway: true), Later).ThenNothing();
    }

    [Fact]
    public void Late_words_of_desks_change_nothing()
    {
        CaseStory.Queued().When(new CaseCommand.RecordQueued(SmallCity.North, CaseStory.Desk), Later).ThenNothing();
        CaseStory.Queued().When(new CaseCommand.StartWork(SmallCity.DeskOf(SmallCity.South, 1), CaseStory.Clerk), Later).ThenNothing();
        CaseStory.InHand().When(new CaseCommand.StartWork(CaseStory.Desk, CaseStory.Clerk), Later).ThenNothing();
        CaseStory.Resolved().When(new CaseCommand.StartWork(CaseStory.Desk, CaseStory.Clerk), Later).ThenNothing();
    }

    [Fact]
    public void An_event_that_cannot_follow_is_a_corrupt_history()
    {
        Assert.Throws<CorruptHistoryException>(() => CaseDecider.Evolve(CaseState.Absent, new CaseEvent.CaseClosed(Later)));
        Assert.Throws<CorruptHistoryException>(() => CaseDecider.Evolve(CaseStory.Resolved().State, new CaseEvent.WorkStarted(Later, default, default)));
    }
}
