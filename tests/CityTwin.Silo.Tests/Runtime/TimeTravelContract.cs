using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Tests.Runtime;

/// <summary>Reading the past: any twin and the whole board, as of any position, whatever was kept.</summary>
public abstract class TimeTravelContract
{
    private const int Seed = 20260701;

    /// <summary>Opens a city with the view, which keeps forms and states so many events apart.</summary>
    protected abstract Task<HostUnderTest> OpenAsync(int pastViewEvery, int pastSnapshotEvery);

    [Fact]
    public async Task The_board_as_of_any_position_is_the_one_that_all_events_before_make()
    {
        await using HostUnderTest city = await PlayAsync();
        IJournal journal = city.Host.Journal;
        Random random = new(Seed);
        for (int i = 0; i < 6; i++)
        {
            long position = random.NextInt64(1_500, journal.Position);
            CityView fast = View(), slow = View();

            long taken = PastViews.Load(journal, fast, position);
            foreach (RecordedEvent recorded in journal.ReadForward(0, position))
            {
                slow.Apply(recorded);
            }

            Assert.True(taken < 1_500, $"seed {Seed}, position {position}: {taken} events were taken in");
            DateTimeOffset at = slow.At;
            Assert.Equal(slow.Board.City(at), fast.Board.City(at));
            Assert.Equal(slow.Board.Offices(at), fast.Board.Offices(at));
            Assert.Equal(slow.Cases.Count, fast.Cases.Count);
        }
    }

    [Fact]
    public async Task A_twin_as_of_any_position_is_the_one_that_its_events_before_make()
    {
        await using HostUnderTest city = await PlayAsync();
        TwinType type = CityTwins.Types[TwinKind.Commune];
        IReadOnlyList<RecordedEvent> history = await city.Runtime.HistoryAsync(city.Commune, 0, 10_000);
        TwinState state = type.Initial;
        Assert.True(history.Count > 100);
        foreach (RecordedEvent recorded in history)
        {
            state = type.Evolve(state, recorded.Event);
            if (recorded.Version % 37 == 1)
            {
                TwinReading reading = await city.Host.ReadAsync(city.Commune, recorded.Position);
                Assert.Equal((recorded.Version, Json(state)), (reading.Version, Json(reading.State)));
            }
        }
        Assert.NotNull(city.Host.Journal.ReadPastSnapshot(city.Commune, city.Runtime.Position));
    }

    [Fact]
    public async Task The_difference_between_two_moments_says_what_changed_at_an_office()
    {
        await using HostUnderTest city = await OpenAsync(50_000, 2_048);
        await city.SendAsync(TwinId.Case(1), Waste(city.Commune));
        await city.Runtime.AdvanceAsync(HostUnderTest.Start.AddHours(1));
        await city.SendAsync(TwinId.Case(2), Waste(city.Commune));
        await city.SendAsync(TwinId.Case(3), Waste(HostUnderTest.Hue.Offices[1].Profile.Id));
        await city.SendAsync(TwinId.Case(1), new CaseCommand.Withdraw());
        await city.Runtime.AdvanceAsync(HostUnderTest.Start.AddHours(2));
        await city.SendAsync(TwinId.Case(4), Waste(city.Commune));

        CityChanges changes = CityDifference.Between(
            city.Host.Journal, HostUnderTest.Hue.Rules.Calendar, HostUnderTest.Start.AddMinutes(30), HostUnderTest.Start.AddMinutes(90), city.Commune);

        Assert.Equal((1, 1), (changes.Before!.All.Open, changes.After!.All.Open));
        Assert.Equal((1, 2), (changes.Before.All.Filed, changes.After.All.Filed));
        Assert.Equal(2, changes.CasesChanged);
        Assert.Equal((1, 1), (changes.Happened["CaseFiled"], changes.Happened["CaseWithdrawn"]));
        Assert.Equal([(TwinId.Case(2), null, CaseStage.Queued), (TwinId.Case(1), (CaseStage?)CaseStage.Queued, CaseStage.Withdrawn)],
            changes.Cases.Select(c => (c.Case, c.Before?.Stage, c.After!.Stage)));
    }

    private static string Json(TwinState state) => System.Text.Json.JsonSerializer.Serialize(state, state.GetType(), JournalJson.Format);

    // Communes handle these themselves.
    private static CaseCommand.FileFeedback Waste(TwinId commune) => new("waste-environment", commune, default, Channel.App, "Rác chưa thu gom");

    private static CityView View() => new(HostUnderTest.Hue.Rules.Calendar);

    private async Task<HostUnderTest> PlayAsync()
    {
        HostUnderTest city = await OpenAsync(1_000, 16);
        await city.SendTogetherAsync(1_000, n => (TwinId.Case(n), Waste(HostUnderTest.Hue.Offices[n % 3].Profile.Id)));
        await city.SendTogetherAsync(500, n => (TwinId.Case(n), new CaseCommand.Withdraw("đã tự xử lý")));
        return city;
    }
}
