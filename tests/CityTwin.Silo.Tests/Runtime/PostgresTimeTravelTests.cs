using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Tests.Postgres;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Tests.Runtime;

public sealed class PostgresTimeTravelTests(PostgresFixture fixture) : TimeTravelContract
{
    private readonly string _address = fixture.Server.NewAddress();

    protected override async Task<HostUnderTest> OpenAsync(int pastViewEvery, int pastSnapshotEvery) => await new CityUnderTest(
        () => PostgresJournal.Open(_address, CityTwins.Types),
        new EmbeddedOptions { PastViewEvery = pastViewEvery, Engine = { PastSnapshotEvery = pastSnapshotEvery, BatchEventsMax = 100 } },
        [new CityView(HostUnderTest.Hue.Rules.Calendar)]).OpenAsync();
}
