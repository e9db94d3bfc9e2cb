using CityTwin.Cluster.Store;
using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Tests.Postgres;
using CityTwin.Silo.Tests.Runtime;
using CityTwin.Silo.Turns;

namespace CityTwin.Cluster.Tests;

/// <summary>Who holds a connection waits for no other: as many readers as a pool has connections would else wait for each other for ever.</summary>
public sealed class SingleConnectionTests(PostgresFixture fixture)
{
    private static readonly TwinId Case1 = TwinId.Case(1001);

    private readonly string _address = fixture.Server.NewAddress();

    [Fact]
    public async Task A_twin_with_texts_is_read_over_one_connection_with_its_citizens_key()
    {
        string text;
        await using (ClusterUnderTest city = await ClusterUnderTest.OpenAsync(_address, silos: 1))
        {
            text = await FileAsync(city);
        }
        using PostgresJournal journal = PostgresJournal.OpenToRead(_address + ";Maximum Pool Size=1", CityTwins.Types);

        TwinHistory read = await new TwinStore(journal.Source, journal.Ring).LoadAsync(Case1, 0);

        Assert.Equal(text, Assert.IsType<CaseEvent.CaseFiled>(read.Events[0].Event).Description);
    }

    [Fact]
    public async Task A_kept_state_with_texts_is_read_over_one_connection_with_its_citizens_key()
    {
        string text;
        await using (CityAlone alone = await CityAlone.OpenAsync(_address, new EngineOptions { PastSnapshotEvery = 1 }))
        {
            text = await FileAsync(alone);
        }
        using PostgresJournal journal = PostgresJournal.OpenToRead(_address + ";Maximum Pool Size=1", CityTwins.Types);

        TwinSnapshot? kept = journal.ReadPastSnapshot(Case1, journal.Position);

        Assert.Equal(text, Assert.IsType<CaseState>(kept?.State).Description);
    }

    private static async Task<string> FileAsync(HostUnderTest city)
    {
        CaseCommand.FileFeedback report = city.Report();
        await city.SendAsync(Case1, report);
        return report.Description;
    }
}
