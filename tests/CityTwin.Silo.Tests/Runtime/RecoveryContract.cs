using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Tests.Runtime;

/// <summary>What a restart, a crash or a failed commit must leave as it was, on every journal.</summary>
public abstract class RecoveryContract
{
    protected abstract IJournal OpenJournal();

    [Theory]
    [InlineData(1_000_000)]
    [InlineData(1_000)]
    public async Task A_city_goes_on_after_a_restart_where_it_stopped(long checkpointEvery)
    {
        EmbeddedOptions options = new() { Engine = new EngineOptions { CheckpointEvery = checkpointEvery, SnapshotsPerBatch = 7 } };
        CountingView before = new();
        CommandId repeated = new(4711);
        Dictionary<long, string> states = [];
        Reply first;
        await using (CityUnderTest city = await OpenAsync(options, [before]))
        {
            await city.SendTogetherAsync(500, n => (TwinId.Case(n), city.Report(CityUnderTest.Hue.Offices[n % 40].Profile.Id)));
            first = await city.Runtime.SendAsync(TwinId.Case(7), new CaseCommand.Withdraw("vì đã xong"), repeated);
            for (int n = 1; n <= 500; n++)
            {
                states[n] = Json(await city.CaseAsync(TwinId.Case(n)));
            }
        }

        CountingView after = new();
        await using CityUnderTest again = await OpenAsync(options, [after]);

        for (int n = 1; n <= 500; n++)
        {
            Assert.Equal(states[n], Json(await again.CaseAsync(TwinId.Case(n))));
        }
        Reply second = await again.Runtime.SendAsync(TwinId.Case(7), new CaseCommand.Withdraw("vì đã xong"), repeated);
        Assert.True(second.Repeated);
        Assert.Equal((first.Position, first.Version), (second.Position, second.Version));
        Assert.Equal(before.Events, after.Events);
    }

    [Fact]
    public async Task Deadlines_survive_a_restart_and_fire_once()
    {
        DateTimeOffset due;
        await using (CityUnderTest city = await OpenAsync())
        {
            await city.SendAsync(TwinId.Case(1), city.Report());
            due = (await city.CaseAsync(TwinId.Case(1))).DueAt;
        }
        await using (CityUnderTest again = await OpenAsync())
        {
            await again.Runtime.AdvanceAsync(due.AddHours(1));
        }

        await using CityUnderTest third = await OpenAsync();
        await third.Runtime.AdvanceAsync(due.AddHours(2));
        IReadOnlyList<RecordedEvent> history = await third.Runtime.HistoryAsync(TwinId.Case(1), 0, 100);

        Assert.Equal(due, Assert.Single(history, r => r.Event is CaseEvent.CaseBecameOverdue).At);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_failed_commit_loses_nothing_that_was_acknowledged_and_doubles_nothing(bool afterDurable)
    {
        FlakyJournal.Trouble trouble = new() { AfterDurable = afterDurable };
        CountingView view = new();
        await using CityUnderTest city = await OpenAsync(null, [view], trouble);
        await city.SendAsync(TwinId.Case(1), city.Report());
        trouble.Order(3);
        CommandId id = city.NextId();

        Reply reply = await city.Runtime.SendAsync(TwinId.Case(2), city.Report(), id);
        Assert.Equal(ReplyStatus.Unavailable, reply.Status);
        for (int attempt = 0; attempt < 50 && reply.Status == ReplyStatus.Unavailable; attempt++)
        {
            Assert.True(SpinWait.SpinUntil(() => city.Runtime.IsReady, TimeSpan.FromSeconds(30)));
            reply = await city.Runtime.SendAsync(TwinId.Case(2), city.Report(), id);
        }

        Assert.Equal(ReplyStatus.Accepted, reply.Status);
        Assert.Equal(afterDurable, reply.Repeated);
        Assert.Equal(CaseStage.Queued, (await city.CaseAsync(TwinId.Case(1))).Stage);
        Assert.Equal(["CaseFiled", "CaseQueued"], (await city.Runtime.HistoryAsync(TwinId.Case(2), 0, 10)).Select(r => r.Event.GetType().Name));
        long position = city.Runtime.Position;
        await city.DisposeAsync();
        Assert.Equal(position, view.Events);
    }

    [Fact]
    public async Task Cold_twins_leave_memory_and_come_back_unchanged()
    {
        EmbeddedOptions options = new() { Engine = new EngineOptions { ResidentMax = 1_000, CheckpointEvery = 2_000, SnapshotsPerBatch = 200 } };
        await using CityUnderTest city = await OpenAsync(options);
        await city.SendTogetherAsync(3_000, n => (TwinId.Case(n), city.Report(CityUnderTest.Hue.Offices[n % 40].Profile.Id)));

        for (int n = 1; n <= 3_000; n += 37)
        {
            Assert.Equal(CaseStage.Queued, (await city.CaseAsync(TwinId.Case(n))).Stage);
            Reply withdrawn = await city.SendAsync(TwinId.Case(n), new CaseCommand.Withdraw());
            Assert.Equal((ReplyStatus.Accepted, 3), (withdrawn.Status, withdrawn.Version));
        }
        Assert.InRange(city.City.Statistics.Resident, 1, 1_500);
        Assert.True(city.City.Statistics.Activations > 0);
    }

    [Fact]
    public async Task A_second_process_on_the_same_journal_is_refused()
    {
        await using CityUnderTest city = await OpenAsync();

        JournalException refused = await Assert.ThrowsAsync<JournalException>(() => OpenAsync());

        Assert.Contains("in use by another process", refused.Message, StringComparison.Ordinal);
    }

    private static string Json(TwinState state) => System.Text.Json.JsonSerializer.Serialize(state, state.GetType(), JournalJson.Format);

    private Task<CityUnderTest> OpenAsync(EmbeddedOptions? options = null, IReadOnlyList<IView>? views = null, FlakyJournal.Trouble? trouble = null) =>
        new CityUnderTest(
            () => trouble is null ? OpenJournal() : new FlakyJournal(OpenJournal(), trouble),
            options,
            views).OpenAsync();
}
