using CityTwin.Cluster.Commits;
using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Operations;
using CityTwin.Silo.Tests.Postgres;
using CityTwin.Silo.Tests.Runtime;

namespace CityTwin.Cluster.Tests;

/// <summary>A second activation of a twin, as there can be for a moment when a cluster loses a member, meets the journal's version check.</summary>
public sealed class JournalGuardTests(PostgresFixture fixture)
{
    private static readonly TwinId Case1 = TwinId.Case(1001);

    private readonly string _address = fixture.Server.NewAddress();

    [Fact]
    public async Task An_activation_that_the_journal_has_overtaken_is_given_up_and_the_command_is_decided_anew()
    {
        await using ClusterUnderTest city = await ClusterUnderTest.OpenAsync(_address, silos: 1);
        await city.SendAsync(Case1, city.Report());
        TwinReading known = await city.Runtime.ReadAsync(Case1);
        Overtake(known);

        Reply reply = await city.SendAsync(Case1, new CaseCommand.Withdraw("ở đây"));

        IReadOnlyList<RecordedEvent> history = await city.Runtime.HistoryAsync(Case1, 0, 100);
        Assert.NotEqual(ReplyStatus.Accepted, reply.Status);
        Assert.Equal("ở nơi khác", Assert.IsType<CaseEvent.CaseWithdrawn>(history[^1].Event).Reason);
        Assert.Equal(known.Version + 1, history.Count);
        Assert.Equal(1, city.Counters(0).Moved);
    }

    [Fact]
    public async Task Other_twins_of_the_same_group_stand()
    {
        await using ClusterUnderTest city = await ClusterUnderTest.OpenAsync(_address, silos: 1);
        await city.SendTogetherAsync(40, n => (TwinId.Case(n), city.Report()));
        Overtake(await city.Runtime.ReadAsync(TwinId.Case(20)));

        Reply[] replies = await city.Runtime.SendAsync(
            Enumerable.Range(1, 40).Select(n => new Envelope(TwinId.Case(n), new CaseCommand.Withdraw(), city.NextId())).ToArray());

        Assert.Equal(39, replies.Count(r => r.Status == ReplyStatus.Accepted));
        Assert.True(JournalVerification.Run(_address, CityTwins.Types) is { Findings: var f } && f.All(x => x.Contains("case/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_process_alone_and_a_cluster_keep_each_other_out()
    {
        await using (ClusterUnderTest city = await ClusterUnderTest.OpenAsync(_address, silos: 1))
        {
            JournalException refused = Assert.Throws<JournalException>(() => PostgresJournal.Open(_address, CityTwins.Types));
            Assert.Contains("in use by another process", refused.Message, StringComparison.Ordinal);
        }
        using PostgresJournal alone = PostgresJournal.Open(_address, CityTwins.Types);

        Assert.Throws<JournalException>(() => SharedSession.Open(PostgresAddress.Parse(_address), 0));
    }

    [Fact]
    public async Task A_cluster_goes_on_where_a_process_alone_has_stopped_and_the_other_way_round()
    {
        DateTimeOffset due;
        await using (CityAlone alone = await CityAlone.OpenAsync(_address))
        {
            await alone.SendAsync(Case1, alone.Report());
            due = (await alone.CaseAsync(Case1)).DueAt;
        }
        await using (ClusterUnderTest city = await ClusterUnderTest.OpenAsync(_address, silos: 2))
        {
            await city.Runtime.AdvanceAsync(due.AddHours(1));
            Assert.True((await city.CaseAsync(Case1)).Overdue);
            await city.SendAsync(TwinId.Case(1002), city.Report());
        }

        await using CityAlone again = await CityAlone.OpenAsync(_address);
        Assert.Equal(CaseStage.Queued, (await again.CaseAsync(TwinId.Case(1002))).Stage);
        Assert.Single(await again.Runtime.HistoryAsync(Case1, 0, 100), r => r.Event is CaseEvent.CaseBecameOverdue);
    }

    // As another silo's activation would, which knows what this one knows.
    private void Overtake(TwinReading known)
    {
        CaseEvent happened = new CaseEvent.CaseWithdrawn(HostUnderTest.Start, "ở nơi khác", ((CaseState)known.State).Desk, null);
        using PostgresJournal journal = PostgresJournal.OpenToRead(_address, CityTwins.Types);
        using SharedWriter writer = new(SharedSession.Open(PostgresAddress.Parse(_address), 100), journal.Ring, () => 0);
        TwinHead head = new(known.Twin, CityTwins.Types[known.Twin.Kind]) { Durable = new DurableTwin(known.State, known.Version, known.Position) };
        writer.Write([new TurnEntry(head)
        {
            Events = [happened],
            Version = known.Version + 1,
            State = head.Type.Evolve(known.State, happened),
            At = HostUnderTest.Start,
        }]);
    }
}
