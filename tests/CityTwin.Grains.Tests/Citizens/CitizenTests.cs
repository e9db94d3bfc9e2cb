namespace CityTwin.Grains.Tests;

public sealed class CitizenTests
{
    private static readonly TwinId First = TwinId.Case(1);
    private static readonly TwinId Second = TwinId.Case(2);
    private static readonly DateTimeOffset Now = SmallCity.Monday;

    [Fact]
    public void What_was_given_once_and_verified_is_not_asked_for_again()
    {
        var story = New().When(new CitizenCommand.CheckDocuments(First, ["id", "landbook"], ["id"]), Now)
            .Then(new CitizenEvent.LedgerChecked(Now, First, [new GivenDocument("id", Now.AddDays(365))], [], ["landbook"]))
            .ThenSends(new Message(First, new CaseCommand.RecordDocumentCheck([], ["landbook"])));
        story.When(new CitizenCommand.VerifyDocuments(First), Now).When(new CitizenCommand.CheckDocuments(Second, ["id"], []), Now.AddDays(30))
            .ThenSends(new Message(Second, new CaseCommand.RecordDocumentCheck(["id"], [])));
        Assert.Equal((2L, 1L), (story.State.Needed, story.State.Reused));
    }

    [Fact]
    public void An_unverified_document_is_not_used_again() =>
        Given("id").When(new CitizenCommand.CheckDocuments(Second, ["id"], []), Now)
            .ThenSends(new Message(Second, new CaseCommand.RecordDocumentCheck([], ["id"])));

    [Fact]
    public void A_document_is_used_until_its_expiry_and_not_at_it()
    {
        var story = Given("photo").When(new CitizenCommand.VerifyDocuments(First), Now);
        story.When(new CitizenCommand.CheckDocuments(Second, ["photo"], []), Now.AddDays(10).AddTicks(-1))
            .ThenSends(new Message(Second, new CaseCommand.RecordDocumentCheck(["photo"], [])));
        story.When(new CitizenCommand.CheckDocuments(Second, ["photo"], []), Now.AddDays(10))
            .ThenSends(new Message(Second, new CaseCommand.RecordDocumentCheck([], ["photo"])));
    }

    [Fact]
    public void A_document_without_a_term_never_expires() =>
        Given("landbook").When(new CitizenCommand.VerifyDocuments(First), Now)
            .When(new CitizenCommand.CheckDocuments(Second, ["landbook"], []), Now.AddYears(50))
            .ThenSends(new Message(Second, new CaseCommand.RecordDocumentCheck(["landbook"], [])));

    [Fact]
    public void A_copy_that_was_not_needed_does_not_put_a_verified_document_in_doubt()
    {
        var story = Given("id").When(new CitizenCommand.VerifyDocuments(First), Now)
            .When(new CitizenCommand.CheckDocuments(Second, ["id"], ["id"]), Now);
        Assert.True(story.State.Documents["id"].Verified);
        Assert.Equal(First, story.State.Documents["id"].Case);
    }

    [Fact]
    public void A_revoked_document_is_asked_for_again()
    {
        var story = Given("id").When(new CitizenCommand.VerifyDocuments(First), Now);
        story.When(new CitizenCommand.RevokeDocument("id", "Mất"), Now).Then(new CitizenEvent.DocumentRevoked(Now, "id", "Mất"));
        story.When(new CitizenCommand.RevokeDocument("id", "Mất"), Now).ThenRefused(Refusal.DocumentNotInLedger);
        story.When(new CitizenCommand.CheckDocuments(Second, ["id"], []), Now)
            .ThenSends(new Message(Second, new CaseCommand.RecordDocumentCheck([], ["id"])));
        Given("id").When(new CitizenCommand.RevokeDocument("id", " "), Now).ThenRefused(Refusal.OutOfRange);
    }

    [Fact]
    public void Verifying_twice_or_nothing_changes_nothing()
    {
        Given("id").When(new CitizenCommand.VerifyDocuments(First), Now).When(new CitizenCommand.VerifyDocuments(First), Now).ThenNothing();
        Given("id").When(new CitizenCommand.VerifyDocuments(Second), Now).ThenNothing();
    }

    [Fact]
    public void An_event_that_cannot_follow_is_a_corrupt_history() => Assert.Throws<CorruptHistoryException>(
        () => CitizenDecider.Evolve(CitizenState.Empty, new CitizenEvent.DocumentRevoked(Now, "id", "x")));

    private static Story<CitizenDecider, CitizenCommand, CitizenEvent, CitizenState> New() => new(TwinId.Citizen(9), SmallCity.Rules);

    private static Story<CitizenDecider, CitizenCommand, CitizenEvent, CitizenState> Given(string document) =>
        New().When(new CitizenCommand.CheckDocuments(First, [document], [document]), Now);
}
