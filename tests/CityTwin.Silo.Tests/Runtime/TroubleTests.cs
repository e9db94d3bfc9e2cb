using System.Buffers;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Sqlite;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Tests.Runtime;

/// <summary>Trouble in the middle of turns, of recovery and of stopping. Whoever waits is told; nothing hangs.</summary>
public sealed class TroubleTests : IDisposable
{
    private static readonly TimeSpan Guard = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly FlakyJournal.Trouble _trouble = new();

    [Fact]
    public async Task Everybody_is_answered_when_a_twin_cannot_be_read_in_the_middle_of_a_turn()
    {
        await using CityUnderTest city = await OpenAsync([]);
        await city.SendAsync(TwinId.Case(50), city.Report());
        _trouble.OrderReads(1);

        Task<Reply>[] replies = [.. Enumerable.Range(1, 40).Select(n => city.SendAsync(TwinId.Case(n), city.Report()))];
        await Task.WhenAll(replies).WaitAsync(Guard, TestContext.Current.CancellationToken);

        Assert.Contains(replies, r => r.Result.Status == ReplyStatus.Unavailable);
        Assert.True(SpinWait.SpinUntil(() => city.Runtime.IsReady, Guard));
        Assert.Equal(ReplyStatus.Accepted, (await city.SendAsync(TwinId.Case(60), city.Report())).Status);
    }

    [Fact]
    public async Task A_stop_ends_although_a_view_has_failed()
    {
        FailingView view = new();
        CityUnderTest city = await OpenAsync([view]);
        view.Fails = true;
        await city.SendAsync(TwinId.Case(1), city.Report());
        await city.DisposeAsync().AsTask().WaitAsync(Guard, TestContext.Current.CancellationToken);

        await using CityUnderTest again = await OpenAsync([]);
        Assert.Equal(CaseStage.Queued, (await again.CaseAsync(TwinId.Case(1))).Stage);
    }

    [Fact]
    public async Task A_stop_ends_although_its_checkpoint_cannot_be_written()
    {
        CityUnderTest city = await OpenAsync([]);
        await city.SendAsync(TwinId.Case(1), city.Report());
        _trouble.EmptyToo = true;
        _trouble.Order(1_000);
        await city.DisposeAsync().AsTask().WaitAsync(Guard, TestContext.Current.CancellationToken);
        _trouble.Order(0);

        await using CityUnderTest again = await OpenAsync([]);
        Assert.Equal(CaseStage.Queued, (await again.CaseAsync(TwinId.Case(1))).Stage);
    }

    [Fact]
    public async Task A_recovery_that_fails_half_way_feeds_no_view_twice()
    {
        CountingView view = new();
        await using CityUnderTest city = await OpenAsync([view]);
        await city.SendAsync(TwinId.Case(1), city.Report());
        long last = city.Runtime.Position;
        _trouble.AfterDurable = true;
        _trouble.OrderReadAt(last + 2);
        _trouble.Order(1);

        Assert.Equal(ReplyStatus.Unavailable, (await city.SendAsync(TwinId.Case(2), city.Report())).Status);
        CommandId id = city.NextId();
        for (Reply? reply = null; reply is not { Status: ReplyStatus.Accepted };)
        {
            Assert.True(SpinWait.SpinUntil(() => city.Runtime.IsReady, Guard));
            reply = await city.Runtime.SendAsync(TwinId.Case(3), city.Report(), id);
        }
        long position = city.Runtime.Position;
        await city.DisposeAsync();

        Assert.True(position > last + 2);
        Assert.Equal(position, view.Events);
    }

    [Fact]
    public async Task A_driven_clock_stands_on_whole_milliseconds_as_the_journal_does()
    {
        await using CityUnderTest city = await OpenAsync([]);
        await city.Runtime.AdvanceAsync(CityUnderTest.Start.AddTicks(12_345));
        Reply reply = await city.SendAsync(TwinId.Case(1), city.Report());

        Assert.Equal(CityUnderTest.Start.AddMilliseconds(1), ((CaseEvent)reply.Events[0]).At);
    }

    public void Dispose() => _folder.Dispose();

    private Task<CityUnderTest> OpenAsync(IReadOnlyList<IView> views) =>
        new CityUnderTest(() => new FlakyJournal(SqliteJournal.Open(_folder.File("city.db"), CityTwins.Types), _trouble), null, views).OpenAsync();

    private sealed class FailingView : IView
    {
        private volatile bool _fails;

        public string Name => "failing";

        public bool Fails
        {
            set => _fails = value;
        }

        public void Apply(in RecordedEvent recorded)
        {
            if (_fails)
            {
                throw new InvalidOperationException("a view failed (test)");
            }
        }

        public void Flush(long position, DateTimeOffset at)
        {
        }

        public void Save(IBufferWriter<byte> output)
        {
        }

        public bool Load(ReadOnlySpan<byte> saved) => true;
    }
}
