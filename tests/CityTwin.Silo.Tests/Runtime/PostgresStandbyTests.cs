using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Tests.Postgres;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityTwin.Silo.Tests.Runtime;

public sealed class PostgresStandbyTests(PostgresFixture fixture)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly string _address = fixture.Server.NewAddress();
    private volatile bool _dead;

    [Fact]
    public async Task A_process_that_stands_by_follows_reads_and_takes_over_with_nothing_lost()
    {
        CountingView view = new();
        await using CityUnderTest first = await OpenFirstAsync();
        await using EmbeddedCity second = await OpenStandbyAsync(view);
        await first.SendTogetherAsync(300, n => (TwinId.Case(n), first.Report()));
        (CaseState inHand, TwinId official) = await first.InHandAsync(TwinId.Case(1_000));
        long position = first.Runtime.Position;

        Assert.True(SpinWait.SpinUntil(() => second.Runtime.Position == position && second.StandbyLag is { Events: 0 }, Patience));
        Assert.False(second.Runtime.IsReady);
        Assert.Equal(inHand.Stage, ((CaseState)(await second.Runtime.ReadAsync(TwinId.Case(1_000))).State).Stage);
        Assert.Equal(ReplyStatus.Unavailable, (await second.Runtime.SendAsync(TwinId.Case(5), new CaseCommand.Withdraw(), first.NextId())).Status);
        CommandId last = first.NextId();
        Reply acknowledged = await first.Runtime.SendAsync(TwinId.Case(1_000), new CaseCommand.Resolve(official, "đã sửa"), last);
        await KillAsync(first);

        Assert.True(SpinWait.SpinUntil(() => second.Runtime.IsReady, Patience));
        Assert.Null(second.StandbyLag);
        Reply repeated = await second.Runtime.SendAsync(TwinId.Case(1_000), new CaseCommand.Resolve(official, "đã sửa"), last);
        Assert.True(repeated.Repeated);
        Assert.Equal(acknowledged.Position, repeated.Position);
        Assert.Equal(ReplyStatus.Accepted, (await second.Runtime.SendAsync(TwinId.Case(5), new CaseCommand.Withdraw(), first.NextId())).Status);
        Assert.Equal(Enumerable.Range(1, (int)second.Runtime.Position), second.Journal.ReadForward(0, second.Runtime.Position).Select(r => (int)r.Position));
        await second.DisposeAsync();
        Assert.True(view.Events >= acknowledged.Position);
    }

    [Fact]
    public async Task A_process_that_stood_by_through_checkpoints_keeps_every_deadline_and_every_twin()
    {
        EmbeddedOptions often = new() { Engine = { CheckpointEvery = 1_000, SnapshotsPerBatch = 50, ResidentMax = 1_000 } };
        await using CityUnderTest first = await OpenFirstAsync(often);
        await using EmbeddedCity second = await OpenStandbyAsync(new CountingView(), often);
        await first.SendTogetherAsync(1_500, n => (TwinId.Case(n), first.Report(CityUnderTest.Hue.Offices[n % 40].Profile.Id)));
        DateTimeOffset due = (await first.CaseAsync(TwinId.Case(1_500))).DueAt;
        await KillAsync(first);
        Assert.True(SpinWait.SpinUntil(() => second.Runtime.IsReady, Patience));

        await second.Runtime.AdvanceAsync(due.AddHours(1));

        for (int n = 1; n <= 1_500; n++)
        {
            Assert.True(((CaseState)(await second.Runtime.ReadAsync(TwinId.Case(n))).State).Overdue, $"case {n}");
        }
        Assert.Equal(1_500, second.Journal.ReadForward(0, second.Runtime.Position).Count(r => r.Event is CaseEvent.CaseBecameOverdue));
    }

    [Fact]
    public async Task A_process_that_lost_the_journal_while_it_stood_still_answers_that_it_is_not_available()
    {
        await using CityUnderTest first = await OpenFirstAsync();
        await first.SendAsync(TwinId.Case(1), first.Report());
        PostgresServer.Execute(_address, "UPDATE writer SET epoch = epoch + 1");

        Reply reply = await first.SendAsync(TwinId.Case(2), first.Report());

        Assert.Equal(ReplyStatus.Unavailable, reply.Status);
        Assert.Equal(1L, PostgresServer.Execute(_address, "SELECT count(*) FROM events WHERE type = 'CaseFiled'"));
    }

    private Task<CityUnderTest> OpenFirstAsync(EmbeddedOptions? options = null) => new CityUnderTest(
        () => _dead ? throw new JournalException("the process is dead (test)") : PostgresJournal.Open(_address, CityTwins.Types), options).OpenAsync();

    private Task<EmbeddedCity> OpenStandbyAsync(CountingView view, EmbeddedOptions? options = null) => EmbeddedCity.OpenAsync(
        CityUnderTest.Hue,
        new EmbeddedOptions { Journal = _address, Standby = true, Engine = options?.Engine ?? new() },
        CityClock.Driven(CityUnderTest.Start),
        [view],
        NullLogger.Instance);

    // As kill -9 looks to the server: the sessions are gone in the middle of whatever they did, and nobody comes back.
    private async Task KillAsync(CityUnderTest city)
    {
        _dead = true;
        uint key = unchecked((uint)WriterLease.KeyOf(new Npgsql.NpgsqlConnectionStringBuilder(_address).SearchPath!));
        PostgresServer.Execute(_address, $"SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND classid = {key} AND objid = 0");
        await city.SendAsync(TwinId.Case(999_999), city.Report());
    }
}
