namespace CityTwin.Grains.Tests;

public sealed class DeskTests
{
    private static readonly TwinId Self = SmallCity.DeskOf(SmallCity.North, 1);
    private static readonly TwinId An = SmallCity.OfficialOf(SmallCity.North, 11);
    private static readonly TwinId Binh = SmallCity.OfficialOf(SmallCity.North, 12);
    private static readonly DateTimeOffset Now = SmallCity.Monday;

    [Fact]
    public void A_desk_opens_once_and_appoints_its_officials()
    {
        var story = Opened();
        story.ThenSends(
            new Message(An, new OfficialCommand.Appoint(SmallCity.North, Self)),
            new Message(Binh, new OfficialCommand.Appoint(SmallCity.North, Self)));
        DeskDefinition definition = SmallCity.Offices[0].Desks[0];
        story.When(new DeskCommand.Open(SmallCity.North, definition), Now).ThenNothing();
        story.When(new DeskCommand.Open(SmallCity.South, definition), Now).ThenRefused(Refusal.DeskAlreadyOpen);
        New().When(new DeskCommand.TakeNext(An), Now).ThenRefused(Refusal.DeskNotOpen);
    }

    [Fact]
    public void The_earliest_deadline_is_taken_first_and_urgency_before_it()
    {
        var story = With((1, 5, Urgency.Normal), (2, 3, Urgency.Normal), (3, 9, Urgency.Immediate), (4, 3, Urgency.High));
        Assert.Equal([3, 4, 2, 1], story.State.Queue.Select(p => p.Case.Number));
    }

    [Fact]
    public void First_in_first_out_looks_at_the_moment_of_joining_and_can_be_changed_with_cases_waiting()
    {
        var story = With((1, 5, Urgency.Normal), (2, 3, Urgency.Normal), (3, 9, Urgency.High))
            .When(new DeskCommand.SetDiscipline(Discipline.Fifo), Now);
        Assert.Equal([3, 1, 2], story.State.Queue.Select(p => p.Case.Number));
        Assert.Equal(story.State.Queue.ToArray(), story.State.Places.Values.Order().ToArray());
        story.When(new DeskCommand.SetDiscipline(Discipline.Fifo), Now).ThenNothing();
        story.When(new DeskCommand.SetDiscipline((Discipline)7), Now).ThenRefused(Refusal.OutOfRange);
    }

    [Fact]
    public void A_taken_case_is_in_hand_and_its_work_starts()
    {
        var story = With((1, 5, Urgency.Normal)).When(new DeskCommand.TakeNext(An), Now);
        story.Then(new DeskEvent.CaseTaken(Now, TwinId.Case(1), An))
            .ThenSends(new Message(TwinId.Case(1), new CaseCommand.StartWork(Self, An)));
        Assert.Equal(An, story.State.InHand[TwinId.Case(1)]);
        story.When(new DeskCommand.TakeNext(An), Now).ThenRefused(Refusal.DeskEmpty);
        story.When(new DeskCommand.Start(TwinId.Case(1), An), Now).ThenNothing();
        story.When(new DeskCommand.Start(TwinId.Case(1), Binh), Now).ThenRefused(Refusal.CaseNotAtDesk);
    }

    [Fact]
    public void A_case_may_be_taken_out_of_its_turn()
    {
        With((1, 5, Urgency.Normal), (2, 7, Urgency.Normal)).When(new DeskCommand.Start(TwinId.Case(2), Binh), Now)
            .Then(new DeskEvent.CaseTaken(Now, TwinId.Case(2), Binh));
    }

    [Fact]
    public void Hands_are_full_at_the_limit_of_the_terms_and_free_again_after_a_release()
    {
        var story = With((1, 1, Urgency.Normal), (2, 2, Urgency.Normal), (3, 3, Urgency.Normal), (4, 4, Urgency.Normal));
        for (int i = 0; i < SmallCity.Rules.Terms.InHandMax; i++)
        {
            story.When(new DeskCommand.TakeNext(An), Now).ThenOne<DeskEvent.CaseTaken>();
        }
        story.When(new DeskCommand.TakeNext(An), Now).ThenRefused(Refusal.OfficialHandsFull);
        story.When(new DeskCommand.Start(TwinId.Case(4), An), Now).ThenRefused(Refusal.OfficialHandsFull);
        story.When(new DeskCommand.Release(TwinId.Case(1), LeaveReason.Resolved), Now).ThenOne<DeskEvent.CaseReleased>();
        story.When(new DeskCommand.TakeNext(An), Now).Then(new DeskEvent.CaseTaken(Now, TwinId.Case(4), An));
    }

    [Fact]
    public void Only_officials_of_the_desk_take_cases() =>
        With((1, 1, Urgency.Normal)).When(new DeskCommand.TakeNext(TwinId.Official(5)), Now).ThenRefused(Refusal.OfficialNotAtDesk);

    [Fact]
    public void A_case_joins_once_and_leaves_once()
    {
        var story = With((1, 1, Urgency.Normal));
        story.When(new DeskCommand.Enqueue(TwinId.Case(1), Now, Urgency.High), Now).ThenNothing();
        story.When(new DeskCommand.Release(TwinId.Case(1), LeaveReason.Moved), Now).ThenOne<DeskEvent.CaseReleased>();
        story.When(new DeskCommand.Release(TwinId.Case(1), LeaveReason.Moved), Now).ThenRefused(Refusal.CaseNotAtDesk);
    }

    [Fact]
    public void Staff_changes_are_told_to_the_office_and_the_last_official_stays_while_cases_wait()
    {
        var story = With((1, 1, Urgency.Normal)).When(new DeskCommand.RemoveOfficial(Binh), Now)
            .ThenSends(new Message(SmallCity.North, new OfficeCommand.RecordStaff(Self, 1)));
        story.When(new DeskCommand.RemoveOfficial(Binh), Now).ThenRefused(Refusal.OfficialNotAtDesk);
        story.When(new DeskCommand.RemoveOfficial(An), Now).ThenRefused(Refusal.LastOfficial);
        story.When(new DeskCommand.AssignOfficials([An, Binh, Binh]), Now).Then(new DeskEvent.OfficialsAssigned(Now, [Binh]));
        story.When(new DeskCommand.AssignOfficials([An]), Now).ThenNothing();
        story.When(new DeskCommand.AssignOfficials([]), Now).ThenRefused(Refusal.OutOfRange);
        story.When(new DeskCommand.AssignOfficials([SmallCity.North]), Now).ThenRefused(Refusal.OutOfRange);
    }

    [Fact]
    public void A_closed_desk_sends_cases_and_officials_to_the_successor()
    {
        var story = With((1, 1, Urgency.Normal), (2, 2, Urgency.Normal)).When(new DeskCommand.TakeNext(An), Now)
            .When(new DeskCommand.Close(SmallCity.South), Now);
        story.ThenSends(
            new Message(TwinId.Case(1), new CaseCommand.Reroute(SmallCity.South, "The office was merged.", Self)),
            new Message(TwinId.Case(2), new CaseCommand.Reroute(SmallCity.South, "The office was merged.", Self)),
            new Message(SmallCity.South, new OfficeCommand.Absorb(Self, 0, 0, [new StaffedDesk(["justice", "order"], [An, Binh])])));
        story.When(new DeskCommand.TakeNext(An), Now).ThenRefused(Refusal.DeskNotOpen);
        story.When(new DeskCommand.Close(SmallCity.South), Now).ThenNothing();
        story.When(new DeskCommand.Enqueue(TwinId.Case(3), Now, Urgency.Normal), Now)
            .Then(new DeskEvent.CaseTurnedAway(Now, TwinId.Case(3), SmallCity.South));
        Assert.False(DeskDecider.IsFinished(story.State));
        story.When(new DeskCommand.Release(TwinId.Case(1), LeaveReason.Moved), Now).When(new DeskCommand.Release(TwinId.Case(2), LeaveReason.Moved), Now);
        Assert.True(DeskDecider.IsFinished(story.State));
    }

    [Fact]
    public void Handing_over_sends_the_share_that_the_hash_picks()
    {
        var story = With([.. Enumerable.Range(1, 500).Select(n => (n, n, Urgency.Normal))]);
        TwinId to = TwinId.Commune(201);
        story.When(new DeskCommand.HandOver(to, 30), Now);
        Assert.InRange(story.Messages.Count, 110, 190);
        Assert.All(story.Messages, m => Assert.True(CaseShare.Falls(m.Target, to, 30)));
        Assert.Equal(500, story.State.Queue.Count);
        story.When(new DeskCommand.HandOver(to, 0), Now).ThenRefused(Refusal.OutOfRange);
    }

    [Fact]
    public void The_key_for_plain_numbers_orders_as_the_queue_does()
    {
        const int seed = 20261102;
        var random = new Random(seed);
        QueuePlace[] places = [.. Enumerable.Range(0, 400).Select(i => QueueOrder.PlaceOf(
            (Discipline)random.Next(1, 3), TwinId.Case(random.Next(50)), (Urgency)random.Next(3), Now.AddMinutes(random.Next(20)), Now.AddMinutes(random.Next(20))))];
        foreach ((QueuePlace one, QueuePlace other) in places.Zip(places.Skip(1)))
        {
            int byKey = QueueOrder.Key(one.Urgency, one.Order.UtcTicks).CompareTo(QueueOrder.Key(other.Urgency, other.Order.UtcTicks));
            int expected = byKey != 0 ? byKey : one.Case.CompareTo(other.Case);
            Assert.True(Math.Sign(expected) == Math.Sign(one.CompareTo(other)), $"seed {seed}: {one} and {other}");
        }
    }

    [Fact]
    public void An_event_that_cannot_follow_is_a_corrupt_history()
    {
        Assert.Throws<CorruptHistoryException>(() => DeskDecider.Evolve(DeskState.Absent, new DeskEvent.CaseTaken(Now, TwinId.Case(1), An)));
        Assert.Throws<CorruptHistoryException>(() => DeskDecider.Evolve(Opened().State, new DeskEvent.CaseReleased(Now, TwinId.Case(1), LeaveReason.Moved)));
    }

    private static Story<DeskDecider, DeskCommand, DeskEvent, DeskState> New() => new(Self, SmallCity.Rules);

    private static Story<DeskDecider, DeskCommand, DeskEvent, DeskState> Opened() =>
        New().When(new DeskCommand.Open(SmallCity.North, SmallCity.Offices[0].Desks[0]), Now);

    private static Story<DeskDecider, DeskCommand, DeskEvent, DeskState> With(params (int Case, int DueInHours, Urgency Urgency)[] cases)
    {
        var story = Opened();
        for (int i = 0; i < cases.Length; i++)
        {
            story.When(new DeskCommand.Enqueue(TwinId.Case(cases[i].Case), Now.AddHours(cases[i].DueInHours), cases[i].Urgency), Now.AddSeconds(i));
        }
        return story;
    }
}
