namespace CityTwin.Grains.Tests;

public sealed class CaseEndTests
{
    private static readonly DateTimeOffset Later = CaseStory.Filed.AddHours(3);

    [Fact]
    public void A_rating_closes_a_returned_case_and_reaches_office_and_official()
    {
        var story = CaseStory.Returned().When(new CaseCommand.Rate(5, "Nhanh"), Later);
        story.Then(new CaseEvent.CaseRated(Later, 5, "Nhanh"), new CaseEvent.CaseClosed(Later));
        story.ThenSends(
            CaseStory.To(SmallCity.North, new OfficeCommand.RecordRating(CaseStory.Case, 5)),
            CaseStory.To(CaseStory.Clerk, new OfficialCommand.RecordRating(CaseStory.Case, 5)));
        Assert.True(CaseDecider.IsFinished(story.State));
        story.When(new CaseCommand.Rate(1), Later).ThenRefused(Refusal.CaseAlreadyRated);
    }

    [Fact]
    public void A_rating_is_one_to_five_of_a_result_that_there_is()
    {
        CaseStory.Returned().When(new CaseCommand.Rate(0), Later).ThenRefused(Refusal.OutOfRange);
        CaseStory.Returned().When(new CaseCommand.Rate(6), Later).ThenRefused(Refusal.OutOfRange);
        CaseStory.InHand().When(new CaseCommand.Rate(3), Later).ThenRefused(Refusal.CaseNotResolved);
        CaseStory.Returned().When(new CaseCommand.Close(), Later).When(new CaseCommand.Rate(3), Later).ThenRefused(Refusal.CaseNotOpen);
        CaseStory.Resolved().When(new CaseCommand.Rate(3), Later).Then(new CaseEvent.CaseRated(Later, 3, null));
    }

    [Fact]
    public void A_returned_case_closes_by_itself_after_three_working_days()
    {
        var story = CaseStory.Returned();
        DateTimeOffset closes = CaseStory.Filed.AddHours(2).AddDays(3);
        Assert.Equal(closes, CaseDecider.NextDeadline(story.State));
        story.When(new CaseCommand.ReachDeadline(), closes.AddTicks(-1)).ThenNothing();
        story.When(new CaseCommand.ReachDeadline(), closes).Then(new CaseEvent.CaseClosed(closes));
    }

    [Fact]
    public void A_rejected_case_closes_by_itself_once_nobody_may_object_any_more()
    {
        var story = CaseStory.InHand().When(new CaseCommand.Reject(CaseStory.Clerk, "Không đủ điều kiện"), Later);
        DateTimeOffset closes = CaseDecider.NextDeadline(story.State)!.Value;
        Assert.Equal(SmallCity.Rules.Calendar.AddDays(Later, 5), closes);
        story.When(new CaseCommand.Reopen("Có đủ"), closes).ThenOne<CaseEvent.CaseReopened>();
    }

    [Fact]
    public void Returning_twice_and_closing_twice_change_nothing()
    {
        CaseStory.Returned().When(new CaseCommand.ReturnResult(), Later).ThenNothing();
        CaseStory.Returned().When(new CaseCommand.Close(), Later).When(new CaseCommand.Close(), Later).ThenNothing();
        CaseStory.InHand().When(new CaseCommand.ReturnResult(), Later).ThenRefused(Refusal.CaseNotResolved);
        CaseStory.InHand().When(new CaseCommand.Close(), Later).ThenRefused(Refusal.CaseNotResolved);
    }

    [Fact]
    public void A_reopened_case_begins_again_with_a_new_deadline()
    {
        var story = CaseStory.Returned();
        story.When(new CaseCommand.Reopen("Sai tên"), Later);
        DateTimeOffset due = SmallCity.Rules.Calendar.AddDays(Later, 1);
        story.Then(new CaseEvent.CaseReopened(Later, "Sai tên", SmallCity.North, due))
            .ThenSends(CaseStory.To(SmallCity.North, CaseStory.Admit(AdmitReason.Reopened, due)));
        Assert.Equal(1, story.State.Reopenings);
        Assert.Null(story.State.OnTime);
        Assert.Equal(due, CaseDecider.NextDeadline(story.State));
    }

    [Fact]
    public void Reopening_has_its_time()
    {
        DateTimeOffset last = SmallCity.Rules.Calendar.AddDays(CaseStory.Filed.AddHours(1), 5);
        CaseStory.Resolved().When(new CaseCommand.Reopen("x"), last).ThenOne<CaseEvent.CaseReopened>();
        CaseStory.Resolved().When(new CaseCommand.Reopen("x"), last.AddTicks(1)).ThenRefused(Refusal.ReopenTooLate);
        CaseStory.Returned().When(new CaseCommand.Close(), Later).When(new CaseCommand.Reopen("x"), Later).ThenRefused(Refusal.ReopenTooLate);
        CaseStory.Queued().When(new CaseCommand.Reopen("x"), Later).ThenRefused(Refusal.CaseNotResolved);
        CaseStory.Resolved().When(new CaseCommand.Reopen(" "), Later).ThenRefused(Refusal.OutOfRange);
    }

    [Fact]
    public void A_withdrawn_case_leaves_its_desk_and_the_work_done_is_counted()
    {
        CaseStory.InHand().When(new CaseCommand.Withdraw("Thôi"), Later)
            .Then(new CaseEvent.CaseWithdrawn(Later, "Thôi", CaseStory.Desk, TimeSpan.FromHours(3)))
            .ThenSends(
                CaseStory.To(CaseStory.Desk, new DeskCommand.Release(CaseStory.Case, LeaveReason.Withdrawn)),
                CaseStory.To(SmallCity.North, new OfficeCommand.RecordLeave(CaseStory.Case, CaseStory.Desk, LeaveReason.Withdrawn, 25, false)),
                CaseStory.To(CaseStory.Clerk, new OfficialCommand.RecordWork(CaseStory.Case, LeaveReason.Withdrawn, TimeSpan.FromHours(3), false)))
            .When(new CaseCommand.Withdraw(), Later).ThenNothing();
        CaseStory.Resolved().When(new CaseCommand.Withdraw(), Later).ThenRefused(Refusal.CaseNotOpen);
    }

    [Fact]
    public void A_case_withdrawn_on_its_way_is_called_back_from_the_desk_where_it_arrives()
    {
        var story = CaseStory.Received().When(new CaseCommand.Withdraw(), Later);
        Assert.Empty(story.Messages);
        story.When(new CaseCommand.RecordQueued(SmallCity.North, CaseStory.Desk), Later)
            .Then(new CaseEvent.CaseRecalled(Later, SmallCity.North, CaseStory.Desk))
            .ThenSends(
                CaseStory.To(CaseStory.Desk, new DeskCommand.Release(CaseStory.Case, LeaveReason.Withdrawn)),
                CaseStory.To(SmallCity.North, new OfficeCommand.RecordLeave(CaseStory.Case, CaseStory.Desk, LeaveReason.Withdrawn, 25, false)))
            .When(new CaseCommand.RecordQueued(SmallCity.North, CaseStory.Desk), Later).ThenNothing();
    }

    [Fact]
    public void A_citizen_who_does_not_answer_withdraws_the_case()
    {
        var story = CaseStory.Asked();
        DateTimeOffset until = CaseDecider.NextDeadline(story.State)!.Value;
        story.When(new CaseCommand.ReachDeadline(), until).ThenOne<CaseEvent.CaseWithdrawn>();
        Assert.Empty(story.Messages);
        Assert.True(CaseDecider.IsFinished(story.State));
    }
}
