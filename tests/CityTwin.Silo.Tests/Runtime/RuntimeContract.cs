using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Tests.Runtime;

/// <summary>What the runtime promises, on every host and journal.</summary>
public abstract class RuntimeContract : IAsyncLifetime
{
    private static readonly TwinId Case1 = TwinId.Case(1001);

    private HostUnderTest? _city;

    private HostUnderTest City => _city!;

    protected abstract Task<HostUnderTest> OpenAsync();

    public async ValueTask InitializeAsync() => _city = await OpenAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await City.DisposeAsync();
    }

    [Fact]
    public async Task A_new_city_is_founded_with_every_office_and_desk()
    {
        OfficeState office = (OfficeState)(await City.Runtime.ReadAsync(City.Commune)).State;

        Assert.Equal(HostUnderTest.Hue.Offices[0].Profile, office.Profile);
        foreach (DeskLoad desk in office.Desks)
        {
            Assert.Equal(City.Commune, ((DeskState)(await City.Runtime.ReadAsync(desk.Desk)).State).Office);
        }
    }

    [Fact]
    public async Task A_reply_is_given_when_everything_that_follows_is_durable()
    {
        Reply reply = await City.SendAsync(Case1, City.Report());

        CaseState state = Assert.IsType<CaseState>(reply.State);
        Assert.Equal(ReplyStatus.Accepted, reply.Status);
        Assert.Equal(CaseStage.Queued, state.Stage);
        Assert.True(City.Runtime.Position >= reply.Position);
        DeskState desk = (DeskState)(await City.Runtime.ReadAsync(state.Desk)).State;
        Assert.Contains(desk.Queue, p => p.Case == Case1);
    }

    [Fact]
    public async Task A_repeated_command_gives_the_first_answer_and_changes_nothing()
    {
        CommandId id = City.NextId();
        Reply first = await City.Runtime.SendAsync(Case1, City.Report(), id);
        await City.SendAsync(Case1, new CaseCommand.Withdraw());
        await City.SettleAsync();
        long position = City.Runtime.Position;

        Reply second = await City.Runtime.SendAsync(Case1, City.Report(), id);

        Assert.Equal((first.Status, first.Position, first.Version), (second.Status, second.Position, second.Version));
        Assert.Equal(first.Events.Select(e => e.ToString()), second.Events.Select(e => e.ToString()));
        Assert.True(second.Repeated);
        Assert.Equal(position, City.Runtime.Position);
    }

    [Fact]
    public async Task A_repeated_refusal_gives_the_first_answer()
    {
        CommandId id = City.NextId();
        Assert.Equal(Refusal.CaseNotFiled, (await City.Runtime.SendAsync(Case1, new CaseCommand.Withdraw(), id)).Refusal);
        await City.SendAsync(Case1, City.Report());

        Reply second = await City.Runtime.SendAsync(Case1, new CaseCommand.Withdraw(), id);

        Assert.Equal((ReplyStatus.Refused, Refusal.CaseNotFiled), (second.Status, second.Refusal));
    }

    [Fact]
    public async Task Commands_sent_together_are_answered_in_order_each_on_its_own()
    {
        Envelope[] envelopes =
        [
            new(Case1, City.Report(), City.NextId()),
            new(Case1, City.Report(), City.NextId()),
            new(Case1, new CaseCommand.Withdraw(), City.NextId()),
        ];

        Reply[] replies = await City.Runtime.SendAsync(envelopes);

        Assert.Equal([Refusal.None, Refusal.CaseAlreadyFiled, Refusal.None], replies.Select(r => r.Refusal));
        Assert.Equal(CaseStage.Withdrawn, ((CaseState)replies[2].State!).Stage);
    }

    [Fact]
    public async Task Concurrent_callers_never_meet_inside_one_twin()
    {
        (CaseState state, _) = await City.InHandAsync(Case1);
        Reply[] replies = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => City.SendAsync(Case1, new CaseCommand.Withdraw())));

        Assert.Equal(CaseStage.InProgress, state.Stage);
        Assert.Single(replies, r => r.Status == ReplyStatus.Accepted);
    }

    [Fact]
    public async Task A_deadline_fires_once_at_its_moment()
    {
        await City.SendAsync(Case1, City.Report());
        DateTimeOffset due = (await City.CaseAsync(Case1)).DueAt;

        await City.Runtime.AdvanceAsync(due.AddMilliseconds(-1));
        Assert.False((await City.CaseAsync(Case1)).Overdue);
        await City.Runtime.AdvanceAsync(due.AddDays(3));
        await City.Runtime.AdvanceAsync(due.AddDays(6));

        IReadOnlyList<RecordedEvent> history = await City.Runtime.HistoryAsync(Case1, 0, 100);
        RecordedEvent overdue = Assert.Single(history, r => r.Event is CaseEvent.CaseBecameOverdue);
        Assert.Equal(due, overdue.At);
    }

    [Fact]
    public async Task A_twin_can_be_read_as_of_any_past_moment()
    {
        await City.Runtime.AdvanceAsync(HostUnderTest.Start.AddMinutes(10));
        (_, TwinId official) = await City.InHandAsync(Case1);
        await City.Runtime.AdvanceAsync(HostUnderTest.Start.AddMinutes(60));
        await City.SendAsync(Case1, new CaseCommand.Resolve(official, "đã sửa"));

        TwinReading before = await City.Runtime.ReadAsync(Case1, HostUnderTest.Start.AddMinutes(9));
        TwinReading between = await City.Runtime.ReadAsync(Case1, HostUnderTest.Start.AddMinutes(59));
        TwinReading after = await City.Runtime.ReadAsync(Case1, HostUnderTest.Start.AddMinutes(60));

        Assert.Equal((0, CaseStage.Absent), (before.Version, ((CaseState)before.State).Stage));
        Assert.Equal(CaseStage.InProgress, ((CaseState)between.State).Stage);
        Assert.Equal(CaseStage.Resolved, ((CaseState)after.State).Stage);
    }

    [Fact]
    public async Task A_history_is_whole_and_in_order()
    {
        (_, TwinId official) = await City.InHandAsync(Case1);
        await City.SendAsync(Case1, new CaseCommand.Resolve(official));

        IReadOnlyList<RecordedEvent> history = await City.Runtime.HistoryAsync(Case1, 0, 100);

        Assert.Equal(["CaseFiled", "CaseQueued", "WorkStarted", "CaseResolved"], history.Select(r => r.Event.GetType().Name));
        Assert.Equal([1, 2, 3, 4], history.Select(r => r.Version));
        Assert.Equal(["WorkStarted", "CaseResolved"], (await City.Runtime.HistoryAsync(Case1, 2, 100)).Select(r => r.Event.GetType().Name));
    }

    [Fact]
    public async Task A_command_for_another_kind_of_twin_is_an_error_of_the_caller() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await City.SendAsync(City.Commune, new CaseCommand.Withdraw()));

    [Fact]
    public async Task Policy_changes_apply_from_the_next_turn_on()
    {
        await City.SendAsync(Case1, City.Report());
        Reply amended = await City.SendAsync(HostUnderTest.Hue.Id, new CityCommand.AmendService("roads-drainage", 40, null, null));
        await City.SendAsync(TwinId.Case(1002), City.Report());

        Assert.Equal(ReplyStatus.Accepted, amended.Status);
        Assert.True((await City.CaseAsync(TwinId.Case(1002))).DueAt > (await City.CaseAsync(Case1)).DueAt.AddDays(30));
        Assert.Equal(40, City.Runtime.Rules.Catalogue.Find("roads-drainage")!.Limit.WorkingDays);
    }
}
