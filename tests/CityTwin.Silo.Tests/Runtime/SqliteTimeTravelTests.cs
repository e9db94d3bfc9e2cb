using CityTwin.Silo.Journal.Sqlite;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Tests.Runtime;

public sealed class SqliteTimeTravelTests : TimeTravelContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override async Task<HostUnderTest> OpenAsync(int pastViewEvery, int pastSnapshotEvery) => await new CityUnderTest(
        () => SqliteJournal.Open(_folder.File("city.db"), CityTwins.Types),
        new EmbeddedOptions { PastViewEvery = pastViewEvery, Engine = { PastSnapshotEvery = pastSnapshotEvery, BatchEventsMax = 100 } },
        [new CityView(HostUnderTest.Hue.Rules.Calendar)]).OpenAsync();
}
