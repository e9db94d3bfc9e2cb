using System.Collections.Concurrent;
using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Tests.Runtime;

/// <summary>What forgetting a citizen takes away, and what it leaves, on every host, while the city runs.</summary>
public abstract class ForgettingContract
{
    private const string Erased = "(erased)";

    private static readonly TwinId Hang = TwinId.Citizen(77);
    private static readonly TwinId HerCase = TwinId.Case(500_001);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Opens a city over the test's one journal.</summary>
    protected abstract Task<HostUnderTest> OpenAsync();

    [Fact]
    public async Task Who_is_forgotten_leaves_no_text_and_everything_else_stays()
    {
        await using HostUnderTest city = await OpenAsync();
        await city.SendAsync(HerCase, Report(city, "Nước ngập nhà Hằng"));
        await city.SendAsync(TwinId.Case(500_002), city.Report());
        int events = (await city.Runtime.HistoryAsync(HerCase, 0, 100)).Count;

        Assert.True(await city.Host.ForgetAsync(Hang));

        await ReadyAsync(city);
        CaseState forgotten = await city.CaseAsync(HerCase);
        Assert.Equal((CaseStage.Queued, Erased), (forgotten.Stage, forgotten.Description));
        Assert.Equal(city.Report().Description, (await city.CaseAsync(TwinId.Case(500_002))).Description);
        IReadOnlyList<RecordedEvent> history = await city.Runtime.HistoryAsync(HerCase, 0, 100);
        Assert.Equal(events, history.Count);
        Assert.Equal(Erased, Assert.IsType<CaseEvent.CaseFiled>(history[0].Event).Description);
        Assert.True((await city.SendAsync(HerCase, new CaseCommand.Withdraw("tôi đã tự sửa"))).IsSuccess);
    }

    [Fact]
    public async Task Forgetting_again_finds_nothing_and_others_cannot_be_forgotten()
    {
        await using HostUnderTest city = await OpenAsync();
        Assert.False(await city.Host.ForgetAsync(Hang));
        await ReadyAsync(city);
        await city.SendAsync(HerCase, Report(city, "Đèn hỏng"));

        Assert.True(await city.Host.ForgetAsync(Hang));
        await ReadyAsync(city);
        Assert.False(await city.Host.ForgetAsync(Hang));
        await Assert.ThrowsAsync<ArgumentException>(() => city.Host.ForgetAsync(city.Commune));
    }

    [Fact]
    public async Task A_citizen_who_comes_back_is_read_and_the_old_texts_are_not()
    {
        await using (HostUnderTest city = await OpenAsync())
        {
            await city.SendAsync(HerCase, Report(city, "trước"));
            await city.Host.ForgetAsync(Hang);
            await ReadyAsync(city);
            await city.SendAsync(TwinId.Case(500_003), Report(city, "sau"));
            Assert.Equal("sau", (await city.CaseAsync(TwinId.Case(500_003))).Description);
            Assert.Equal(Erased, (await city.CaseAsync(HerCase)).Description);
        }

        await using HostUnderTest again = await OpenAsync();
        Assert.Equal("sau", (await again.CaseAsync(TwinId.Case(500_003))).Description);
        Assert.Equal(Erased, (await again.CaseAsync(HerCase)).Description);
    }

    [Fact]
    public async Task Texts_that_come_in_while_somebody_is_forgotten_are_whole_or_erased()
    {
        await using HostUnderTest city = await OpenAsync();
        const int Callers = 8;
        ConcurrentDictionary<TwinId, string> filed = new();
        bool stops = false;
        Task[] callers = [.. Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (int n = 0; !Volatile.Read(ref stops); n++)
            {
                TwinId id = TwinId.Case((1_000_000L * (caller + 1)) + n);
                CommandId command = new((UInt128)id.Value);
                while ((await city.Runtime.SendAsync(id, Report(city, $"lần {n}"), command)).Status != ReplyStatus.Accepted && !Volatile.Read(ref stops))
                {
                    await Task.Yield();
                }
                filed[id] = $"lần {n}";
            }
        }))];
        for (int round = 1; round <= 3; round++)
        {
            int wanted = filed.Count + 20;
            Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => filed.Count >= wanted, Patience)));
            TwinId[] before = [.. filed.Keys];
            Assert.True(await city.Host.ForgetAsync(Hang));
            await ReadyAsync(city);
            foreach (TwinId id in before)
            {
                Assert.Equal(Erased, (await city.CaseAsync(id)).Description);
            }
        }
        Volatile.Write(ref stops, true);
        await Task.WhenAll(callers);
        foreach ((TwinId id, string text) in filed)
        {
            CaseState state = await city.CaseAsync(id);
            Assert.True(state.Stage == CaseStage.Absent || state.Description == text || state.Description == Erased, $"{id}: {state.Description}");
        }
    }

    private static CaseCommand.FileFeedback Report(HostUnderTest city, string text) =>
        new("roads-drainage", city.Commune, Hang, Channel.App, text);

    // A city in one process pauses for it.
    private static async Task ReadyAsync(HostUnderTest city) => Assert.True(await Task.Run(() => SpinWait.SpinUntil(() => city.Runtime.IsReady, Patience)));
}
