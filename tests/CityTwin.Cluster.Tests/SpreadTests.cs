using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using CityTwin.Silo;
using CityTwin.Silo.Tests.Postgres;
using CityTwin.Silo.Tests.Runtime;
using Orleans.Runtime;

namespace CityTwin.Cluster.Tests;

/// <summary>What lives where.</summary>
public sealed class SpreadTests(PostgresFixture fixture)
{
    [Fact]
    public void An_office_s_twins_are_placed_on_one_silo_and_offices_on_all()
    {
        SiloAddress[] silos = [.. Enumerable.Range(1, 3).Select(i => SiloAddress.New(System.Net.IPAddress.Loopback, 11_000 + i, i))];
        Dictionary<SiloAddress, int> offices = silos.ToDictionary(s => s, _ => 0);
        foreach (OfficeDefinition office in HostUnderTest.Hue.Offices)
        {
            SiloAddress home = Home(office.Profile.Id, 0);
            offices[home]++;
            Assert.All(office.Desks, d => Assert.Equal(home, Home(d.Id, 0)));
            Assert.All(office.Desks.SelectMany(d => d.Officials), o => Assert.Equal(home, Home(o, 0)));
            Assert.Equal(home, Home(TwinId.Case(4_711), office.Profile.Id.Number));
        }
        Assert.All(offices.Values, n => Assert.InRange(n, 5, 35));

        SiloAddress Home(TwinId twin, long office) => OfficePlacementDirector.Choose(silos, OfficePlacementDirector.KeyOf(twin, office));
    }

    [Fact]
    public void A_silo_that_leaves_moves_only_what_it_had()
    {
        SiloAddress[] silos = [.. Enumerable.Range(1, 4).Select(i => SiloAddress.New(System.Net.IPAddress.Loopback, 11_000 + i, i))];
        for (long key = 1; key <= 1_000; key++)
        {
            SiloAddress before = OfficePlacementDirector.Choose(silos, key);
            SiloAddress after = OfficePlacementDirector.Choose(silos[..3], key);
            Assert.True(before == after || before.Equals(silos[3]));
        }
    }

    [Fact]
    public async Task Every_silo_shows_the_same_board()
    {
        await using ClusterUnderTest city = await ClusterUnderTest.OpenAsync(fixture.Server.NewAddress(), silos: 2);

        await city.SendTogetherAsync(60, n => (TwinId.Case(n), city.Report(HostUnderTest.Hue.Offices[n % 40].Profile.Id)));
        // Each silo follows the journal at its own pace, and what follows from the last filings is written after their replies.
        Assert.True(SpinWait.SpinUntil(() => Enumerable.Range(0, 2).All(i => city.View(i).Board.City(HostUnderTest.Start).All is { Queued: 60, Open: 60 }), TimeSpan.FromSeconds(30)));
        Assert.Equal(city.View(0).Board.City(HostUnderTest.Start), city.View(1).Board.City(HostUnderTest.Start));
    }

    [Fact]
    public async Task Twins_that_leave_memory_come_back_unchanged()
    {
        await using ClusterUnderTest city = await ClusterUnderTest.OpenAsync(fixture.Server.NewAddress(), silos: 2);
        await city.SendTogetherAsync(200, n => (TwinId.Case(n), city.Report(HostUnderTest.Hue.Offices[n % 40].Profile.Id)));

        await city.Grains.GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero, TestContext.Current.CancellationToken);

        Assert.True(Enumerable.Range(0, 2).Sum(i => city.Counters(i).Deactivations) >= 200);
        for (int n = 1; n <= 200; n++)
        {
            Assert.Equal(CaseStage.Queued, (await city.CaseAsync(TwinId.Case(n))).Stage);
            Reply withdrawn = await city.SendAsync(TwinId.Case(n), new CaseCommand.Withdraw());
            Assert.Equal((ReplyStatus.Accepted, 3), (withdrawn.Status, withdrawn.Version));
        }
    }

    [Fact]
    public async Task Snapshots_in_grain_storage_shorten_what_is_read_and_change_nothing()
    {
        string journal = fixture.Server.NewAddress();
        TwinReading before;
        await using (ClusterUnderTest city = await ClusterUnderTest.OpenAsync(journal, silos: 1, o => o.Grains.SnapshotEvery = 16))
        {
            await city.SendTogetherAsync(100, n => (TwinId.Case(n), city.Report()));
            before = await city.Runtime.ReadAsync(city.Commune);
        }
        Assert.True((long)PostgresServer.Execute(journal, "SELECT count(*) FROM orleansstorage WHERE payloadbinary IS NOT NULL")! > 0);

        await using ClusterUnderTest again = await ClusterUnderTest.OpenAsync(journal, silos: 1, o => o.Grains.SnapshotEvery = 16);
        TwinReading after = await again.Runtime.ReadAsync(again.Commune);

        Assert.Equal((before.Version, before.Position), (after.Version, after.Position));
        Assert.Equal(Json(before.State), Json(after.State));
    }

    private static string Json(TwinState state) =>
        System.Text.Json.JsonSerializer.Serialize(state, state.GetType(), CityTwin.Silo.Journal.JournalJson.Format);
}
