namespace CityTwin.Grains.Tests;

public sealed class CaseDeadlineTests
{
    [Fact]
    public void A_missed_deadline_happens_once_and_is_told_to_the_office()
    {
        var story = CaseStory.Queued();
        DateTimeOffset due = story.State.DueAt;
        Assert.Equal(due, CaseDecider.NextDeadline(story.State));
        story.When(new CaseCommand.ReachDeadline(), due.AddTicks(-1)).ThenNothing();
        story.When(new CaseCommand.ReachDeadline(), due)
            .Then(new CaseEvent.CaseBecameOverdue(due, due))
            .ThenSends(CaseStory.To(SmallCity.North, new OfficeCommand.RecordOverdue(CaseStory.Case)));
        Assert.Null(CaseDecider.NextDeadline(story.State));
        story.When(new CaseCommand.ReachDeadline(), due.AddHours(1)).ThenNothing();
    }

    [Fact]
    public void A_deadline_stands_still_while_the_citizen_is_waited_for()
    {
        var story = CaseStory.Asked();
        DateTimeOffset due = story.State.DueAt;
        story.When(new CaseCommand.ReachDeadline(), due).ThenNothing();
        DateTimeOffset answered = due.AddDays(1);
        story.When(new CaseCommand.Answer([], "Đây"), answered);

        // An hour of the one working day was used up before the question.
        Assert.Equal(SmallCity.Rules.Calendar.StandardDay - TimeSpan.FromHours(1), SmallCity.Rules.Calendar.Between(answered, story.State.DueAt));
        Assert.Equal(story.State.DueAt, CaseDecider.NextDeadline(story.State));
    }

    [Fact]
    public void A_question_after_the_deadline_does_not_make_a_second_one_to_miss()
    {
        var story = CaseStory.InHand();
        DateTimeOffset due = story.State.DueAt;
        story.When(new CaseCommand.ReachDeadline(), due)
            .When(new CaseCommand.AskCitizen(CaseStory.Clerk, [], "?"), due.AddHours(1))
            .When(new CaseCommand.Answer([], "!"), due.AddHours(2));
        Assert.True(story.State.Overdue);
        Assert.Null(CaseDecider.NextDeadline(story.State));
        story.When(new CaseCommand.RecordQueued(SmallCity.North, CaseStory.Desk), due.AddHours(2))
            .When(new CaseCommand.StartWork(CaseStory.Desk, CaseStory.Clerk), due.AddHours(2))
            .When(new CaseCommand.Resolve(CaseStory.Clerk), due.AddHours(3));
        Assert.False(story.State.OnTime);
    }

    [Fact]
    public void Reopening_gives_a_deadline_that_can_be_missed_again()
    {
        var story = CaseStory.InHand();
        DateTimeOffset due = story.State.DueAt;
        story.When(new CaseCommand.ReachDeadline(), due)
            .When(new CaseCommand.Resolve(CaseStory.Clerk), due.AddHours(1))
            .When(new CaseCommand.Reopen("Sai"), due.AddHours(2));
        Assert.False(story.State.Overdue);
        Assert.Equal(story.State.DueAt, CaseDecider.NextDeadline(story.State));
    }

    [Fact]
    public void The_clock_gives_back_on_resuming_what_was_left_on_stopping()
    {
        WorkCalendar calendar = SmallCity.Rules.Calendar;
        DateTimeOffset due = calendar.AddDays(SmallCity.Monday, 3);
        for (int hour = 0; hour < 100; hour++)
        {
            DateTimeOffset stopped = SmallCity.Monday.AddHours(hour);
            TimeSpan left = DeadlineClock.Stop(calendar, stopped, due);
            DateTimeOffset resumed = DeadlineClock.Resume(calendar, stopped.AddDays(10), left);
            Assert.Equal(left, calendar.Between(stopped.AddDays(10), resumed));
            Assert.Equal(stopped >= due, left == TimeSpan.Zero);
        }
    }
}
