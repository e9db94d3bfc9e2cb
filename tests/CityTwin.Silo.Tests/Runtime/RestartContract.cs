using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Tests.Runtime;

/// <summary>What stopping and starting must leave as it was, on every host.</summary>
public abstract class RestartContract
{
    /// <summary>Opens a city over the test's one journal.</summary>
    protected abstract Task<HostUnderTest> OpenAsync();

    [Fact]
    public async Task Every_twin_and_every_answer_is_there_again_after_a_restart()
    {
        CommandId repeated = new(4711);
        Dictionary<long, string> states = [];
        Reply first;
        await using (HostUnderTest city = await OpenAsync())
        {
            await city.SendTogetherAsync(200, n => (TwinId.Case(n), city.Report(HostUnderTest.Hue.Offices[n % 40].Profile.Id)));
            first = await city.Runtime.SendAsync(TwinId.Case(7), new CaseCommand.Withdraw("vì đã xong"), repeated);
            for (int n = 1; n <= 200; n++)
            {
                states[n] = Json(await city.CaseAsync(TwinId.Case(n)));
            }
        }

        await using HostUnderTest again = await OpenAsync();

        for (int n = 1; n <= 200; n++)
        {
            Assert.Equal(states[n], Json(await again.CaseAsync(TwinId.Case(n))));
        }
        Reply second = await again.Runtime.SendAsync(TwinId.Case(7), new CaseCommand.Withdraw("vì đã xong"), repeated);
        Assert.True(second.Repeated);
        Assert.Equal((first.Position, first.Version), (second.Position, second.Version));
        Assert.Equal(first.Events.Select(e => e.ToString()), second.Events.Select(e => e.ToString()));
    }

    [Fact]
    public async Task Deadlines_outlive_a_restart_and_fire_once()
    {
        DateTimeOffset due;
        await using (HostUnderTest city = await OpenAsync())
        {
            await city.SendAsync(TwinId.Case(1), city.Report());
            due = (await city.CaseAsync(TwinId.Case(1))).DueAt;
        }
        await using (HostUnderTest again = await OpenAsync())
        {
            await again.Runtime.AdvanceAsync(due.AddHours(1));
        }

        await using HostUnderTest third = await OpenAsync();
        await third.Runtime.AdvanceAsync(due.AddHours(2));
        IReadOnlyList<RecordedEvent> history = await third.Runtime.HistoryAsync(TwinId.Case(1), 0, 100);

        Assert.Equal(due, Assert.Single(history, r => r.Event is CaseEvent.CaseBecameOverdue).At);
    }

    private static string Json(TwinState state) => System.Text.Json.JsonSerializer.Serialize(state, state.GetType(), JournalJson.Format);
}
