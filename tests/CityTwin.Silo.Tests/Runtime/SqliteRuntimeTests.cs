using CityTwin.Silo.Journal.Sqlite;

namespace CityTwin.Silo.Tests.Runtime;

public sealed class SqliteRuntimeTests : RuntimeContract
{
    private readonly TemporaryFolder _folder = new();

    protected override async Task<HostUnderTest> OpenAsync() =>
        await new CityUnderTest(() => SqliteJournal.Open(_folder.File("city.db"), CityTwins.Types)).OpenAsync();
}
