namespace CityTwin.Grains.Tests;

public sealed class CaseDocumentTests
{
    private static readonly DateTimeOffset Checked = CaseStory.Filed.AddHours(1);

    [Fact]
    public void With_all_documents_there_the_case_goes_to_its_office()
    {
        var story = Filed().When(new CaseCommand.RecordDocumentCheck(["landbook"], []), Checked);
        story.Then(new CaseEvent.DocumentsChecked(Checked, ["landbook"], [], null, null));
        story.ThenSends(CaseStory.To(SmallCity.North, CaseStory.Admit(AdmitReason.Filed, story.State.DueAt, "land", 120)));
        Assert.Equal(1, story.State.Reused);
    }

    [Fact]
    public void With_a_document_missing_the_deadline_stops_and_the_citizen_has_four_working_days()
    {
        var story = Filed();
        TimeSpan limit = SmallCity.Rules.Calendar.Between(CaseStory.Filed, story.State.DueAt);
        var happened = story.When(new CaseCommand.RecordDocumentCheck([], ["landbook"]), Checked).ThenOne<CaseEvent.DocumentsChecked>();
        Assert.Equal(limit - TimeSpan.FromHours(1), happened.Remaining);
        Assert.Equal(Checked.AddDays(4), happened.AnswerBy);
        Assert.Equal(CaseStage.WaitingForCitizen, story.State.Stage);
        Assert.Equal(happened.AnswerBy, CaseDecider.NextDeadline(story.State));
        Assert.Empty(story.Messages);
    }

    [Fact]
    public void After_the_answer_the_ledger_is_asked_for_what_was_missing_and_the_deadline_runs_on()
    {
        var story = Filed().When(new CaseCommand.RecordDocumentCheck([], ["landbook"]), Checked);
        TimeSpan remaining = story.State.Remaining;
        DateTimeOffset answered = Checked.AddDays(2);
        var happened = story.When(new CaseCommand.Answer(["landbook"]), answered).ThenOne<CaseEvent.CitizenAnswered>();
        Assert.Equal(remaining, SmallCity.Rules.Calendar.Between(answered, happened.DueAt));
        story.ThenSends(CaseStory.To(
            CaseStory.Citizen, new CitizenCommand.CheckDocuments(CaseStory.Case, ["landbook"], ["landbook"])));
        story.When(new CaseCommand.RecordDocumentCheck([], []), answered)
            .ThenSends(CaseStory.To(SmallCity.North, CaseStory.Admit(AdmitReason.Filed, happened.DueAt, "land", 120)));
    }

    [Fact]
    public void A_document_still_missing_stops_the_deadline_again()
    {
        var story = Filed().When(new CaseCommand.RecordDocumentCheck([], ["landbook"]), Checked)
            .When(new CaseCommand.Answer([], "Tôi sẽ nộp sau"), Checked)
            .When(new CaseCommand.RecordDocumentCheck([], ["landbook"]), Checked);
        Assert.Equal(CaseStage.WaitingForCitizen, story.State.Stage);
        Assert.Equal(["landbook"], story.State.Missing);
    }

    [Fact]
    public void A_late_word_of_the_ledger_changes_nothing() =>
        CaseStory.InHand().When(new CaseCommand.RecordDocumentCheck([], ["id"]), Checked).ThenNothing();

    [Fact]
    public void An_answer_must_say_something_and_name_known_documents()
    {
        CaseStory.Asked().When(new CaseCommand.Answer([], " "), Checked).ThenRefused(Refusal.OutOfRange);
        CaseStory.Asked().When(new CaseCommand.Answer(["passport"]), Checked).ThenRefused(Refusal.UnknownDocument);
        CaseStory.Queued().When(new CaseCommand.Answer([], "Đây"), Checked).ThenRefused(Refusal.CaseNotWaiting);
    }

    [Fact]
    public void What_an_official_asks_for_is_verified_with_the_result()
    {
        var story = CaseStory.InHand().When(new CaseCommand.AskCitizen(CaseStory.Clerk, ["photo"]), Checked)
            .When(new CaseCommand.Answer(["photo"]), Checked)
            .When(new CaseCommand.RecordDocumentCheck([], []), Checked)
            .When(new CaseCommand.RecordQueued(SmallCity.North, CaseStory.Desk), Checked)
            .When(new CaseCommand.StartWork(CaseStory.Desk, CaseStory.Clerk), Checked)
            .When(new CaseCommand.Resolve(CaseStory.Clerk), Checked);
        Assert.Contains(CaseStory.To(CaseStory.Citizen, new CitizenCommand.VerifyDocuments(CaseStory.Case)), story.Messages);
    }

    [Fact]
    public void A_rejection_vouches_for_no_document()
    {
        var story = Filed().When(new CaseCommand.RecordDocumentCheck([], []), Checked)
            .When(new CaseCommand.RecordQueued(SmallCity.North, CaseStory.Desk), Checked)
            .When(new CaseCommand.StartWork(CaseStory.Desk, CaseStory.Clerk), Checked)
            .When(new CaseCommand.Reject(CaseStory.Clerk, "Giấy tờ giả"), Checked);
        Assert.DoesNotContain(story.Messages, m => m.Command is CitizenCommand.VerifyDocuments);
    }

    private static Story<CaseDecider, CaseCommand, CaseEvent, CaseState> Filed() =>
        CaseStory.New().When(CaseStory.File("land", "id"), CaseStory.Filed);
}
