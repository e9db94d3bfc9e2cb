namespace CityTwin.Grains.Tests;

public sealed class OfficialTests
{
    private static readonly TwinId Case = TwinId.Case(1);
    private static readonly TwinId Desk = SmallCity.DeskOf(SmallCity.North, 1);
    private static readonly DateTimeOffset Now = SmallCity.Monday;

    [Fact]
    public void Results_count_as_handled_and_all_work_counts_as_time()
    {
        var story = Appointed()
            .When(new OfficialCommand.RecordWork(Case, LeaveReason.Waiting, TimeSpan.FromMinutes(10), false), Now)
            .When(new OfficialCommand.RecordWork(Case, LeaveReason.Resolved, TimeSpan.FromMinutes(20), true), Now)
            .When(new OfficialCommand.RecordWork(Case, LeaveReason.Rejected, TimeSpan.FromMinutes(5), false), Now);
        Assert.Equal((2L, 1L, TimeSpan.FromMinutes(35)), (story.State.Handled, story.State.OnTime, story.State.Worked));
    }

    [Fact]
    public void Ratings_add_up()
    {
        var story = Appointed().When(new OfficialCommand.RecordRating(Case, 5), Now).When(new OfficialCommand.RecordRating(Case, 2), Now);
        Assert.Equal((2L, 7L), (story.State.Ratings, story.State.RatingSum));
        story.When(new OfficialCommand.RecordRating(Case, 0), Now).ThenRefused(Refusal.OutOfRange);
    }

    [Fact]
    public void An_appointment_is_to_a_desk_and_the_same_one_again_changes_nothing()
    {
        Appointed().When(new OfficialCommand.Appoint(SmallCity.North, Desk), Now).ThenNothing();
        Appointed().When(new OfficialCommand.Appoint(SmallCity.South, Desk), Now).ThenOne<OfficialEvent.OfficialAppointed>();
        New().When(new OfficialCommand.Appoint(SmallCity.City, Desk), Now).ThenRefused(Refusal.OutOfRange);
    }

    [Fact]
    public void Work_of_nobody_and_work_beyond_reason_is_refused()
    {
        New().When(new OfficialCommand.RecordWork(Case, LeaveReason.Resolved, TimeSpan.Zero, true), Now).ThenRefused(Refusal.OfficialNotAppointed);
        Appointed().When(new OfficialCommand.RecordWork(Case, LeaveReason.Resolved, TimeSpan.FromTicks(-1), true), Now).ThenRefused(Refusal.OutOfRange);
        Appointed().When(new OfficialCommand.RecordWork(Case, LeaveReason.Resolved, TimeSpan.MaxValue, true), Now).ThenRefused(Refusal.OutOfRange);
    }

    [Fact]
    public void An_event_that_cannot_follow_is_a_corrupt_history() => Assert.Throws<CorruptHistoryException>(
        () => OfficialDecider.Evolve(OfficialState.Absent, new OfficialEvent.OfficialRated(Now, Case, 3)));

    private static Story<OfficialDecider, OfficialCommand, OfficialEvent, OfficialState> New() => new(TwinId.Official(101_011), SmallCity.Rules);

    private static Story<OfficialDecider, OfficialCommand, OfficialEvent, OfficialState> Appointed() =>
        New().When(new OfficialCommand.Appoint(SmallCity.North, Desk), Now);
}
