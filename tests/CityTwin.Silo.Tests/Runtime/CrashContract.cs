using System.Collections.Concurrent;
using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Tests.Runtime;

/// <summary>What a crash in the middle of work must leave as it was, on every host.</summary>
public abstract class CrashContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Opens a city over the test's one journal.</summary>
    /// <param name="queueDepthMax">Commands that may wait.</param>
    protected abstract Task<HostUnderTest> OpenAsync(int queueDepthMax = 65_536);

    /// <summary>Ends the city as a killed process ends: nothing that waits is written, nobody is told.</summary>
    protected abstract Task CrashAsync(HostUnderTest city);

    [Fact]
    public async Task What_was_acknowledged_before_a_crash_is_there_after_it_and_a_repeat_doubles_nothing()
    {
        const int Cases = 300;
        ConcurrentDictionary<int, Reply> acknowledged = new();
        HostUnderTest city = await OpenAsync();
        Task crash = Task.CompletedTask;
        int count = 0;
        await Task.WhenAll(Enumerable.Range(0, 20).Select(caller => Task.Run(async () =>
        {
            for (int n = caller + 1; n <= Cases; n += 20)
            {
                if (await TrySendAsync(city, n) is { Status: ReplyStatus.Accepted } reply && acknowledged.TryAdd(n, reply) && Interlocked.Increment(ref count) == Cases / 3)
                {
                    crash = CrashAsync(city);
                }
            }
        })));
        await crash;

        await using HostUnderTest again = await OpenAsync();
        Assert.InRange(acknowledged.Count, Cases / 3, Cases);
        await Task.WhenAll(Enumerable.Range(1, Cases).Select(async n =>
        {
            Reply reply = await again.Runtime.SendAsync(TwinId.Case(n), Report(again, n), new CommandId((UInt128)n));
            Assert.Equal(ReplyStatus.Accepted, reply.Status);
            if (acknowledged.TryGetValue(n, out Reply? first))
            {
                Assert.Equal((true, first.Position), (reply.Repeated, reply.Position));
            }
        }));
        // A repeat is answered with the first answer; what follows from the first may still be on its way.
        for (int n = 1; n <= Cases; n++)
        {
            TwinId id = TwinId.Case(n);
            await UntilAsync(async () => await again.CaseAsync(id) is { Stage: CaseStage.Queued } state
                && ((DeskState)(await again.Runtime.ReadAsync(state.Desk)).State).Places.ContainsKey(id));
        }
        Dictionary<string, int> events = [];
        await UntilAsync(() =>
        {
            events = again.Host.Journal.ReadForward(0, again.Runtime.Position).CountBy(r => r.Event.GetType().Name).ToDictionary();
            return Task.FromResult(events.GetValueOrDefault(nameof(CaseEvent.CaseQueued)) >= Cases);
        });
        Assert.Equal((Cases, Cases, Cases), (events[nameof(CaseEvent.CaseFiled)], events[nameof(CaseEvent.CaseQueued)], events["CaseEnqueued"]));
    }

    [Fact]
    public async Task Merging_a_commune_with_many_open_cases_outlives_a_crash_in_its_middle()
    {
        const int Cases = 500;
        TwinId from = HostUnderTest.Hue.Offices[0].Profile.Id, into = HostUnderTest.Hue.Offices[1].Profile.Id;
        CommandId merge = new(99);
        HostUnderTest city = await OpenAsync();
        await city.SendTogetherAsync(Cases, n => (TwinId.Case(n), new CaseCommand.FileFeedback("waste-environment", from, default, Channel.App, "Rác chưa thu gom")));
        Task<Reply> merging = city.Runtime.SendAsync(HostUnderTest.Hue.Id, new CityCommand.MergeCommunes([from], into), merge).AsTask();
        await UntilAsync(async () => merging.IsCompleted || (await city.CaseAsync(TwinId.Case(1))).Office == into);
        await CrashAsync(city);

        await using HostUnderTest again = await OpenAsync();
        Reply merged = await again.Runtime.SendAsync(HostUnderTest.Hue.Id, new CityCommand.MergeCommunes([from], into), merge);
        Assert.True(merged.IsSuccess, $"{merged.Status} {merged.Refusal}");
        for (int n = 1; n <= Cases; n++)
        {
            await UntilAsync(async () => await again.CaseAsync(TwinId.Case(n)) is { Stage: CaseStage.Queued } state && state.Office == into);
        }
        Assert.Equal(Cases, again.Host.Journal.ReadForward(0, again.Runtime.Position).Count(r => r.Event is CaseEvent.CaseFiled));
    }

    [Fact]
    public async Task A_full_queue_is_answered_at_once()
    {
        const int Most = 100;
        await using HostUnderTest city = await OpenAsync(queueDepthMax: Most);

        Reply[] replies = await city.Runtime.SendAsync(
            Enumerable.Range(1, Most + 1).Select(n => new Envelope(TwinId.Case(n), city.Report(), city.NextId())).ToArray());

        Assert.All(replies, r => Assert.Equal(ReplyStatus.Overloaded, r.Status));
        await UntilAsync(async () => (await city.SendAsync(TwinId.Case(1), city.Report())).Status == ReplyStatus.Accepted);
    }

    // Whoever waits when the process is killed is told nothing.
    private static async Task<Reply?> TrySendAsync(HostUnderTest city, int n)
    {
        try
        {
            return await city.Runtime.SendAsync(TwinId.Case(n), Report(city, n), new CommandId((UInt128)n)).AsTask().WaitAsync(TimeSpan.FromSeconds(5));
        }
        catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
        {
            return null;
        }
    }

    private static CaseCommand.FileFeedback Report(HostUnderTest city, int n) => city.Report(HostUnderTest.Hue.Offices[n % 40].Profile.Id);

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        long began = System.Diagnostics.Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(began) < Patience, "it does not come to that");
            await Task.Yield();
        }
    }
}
