using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Journal.Sqlite;
using CityTwin.Silo.Tests.Postgres;

namespace CityTwin.Silo.Tests.Runtime;

public sealed class SqliteRestartTests : RestartContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override async Task<HostUnderTest> OpenAsync() =>
        await new CityUnderTest(() => SqliteJournal.Open(_folder.File("city.db"), CityTwins.Types)).OpenAsync();

    public void Dispose() => _folder.Dispose();
}

public sealed class PostgresRestartTests(PostgresFixture fixture) : RestartContract
{
    private readonly string _address = fixture.Server.NewAddress();

    protected override async Task<HostUnderTest> OpenAsync() => await new CityUnderTest(() => PostgresJournal.Open(_address, CityTwins.Types)).OpenAsync();
}
