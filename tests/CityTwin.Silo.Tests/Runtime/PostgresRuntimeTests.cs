using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Tests.Postgres;

namespace CityTwin.Silo.Tests.Runtime;

public sealed class PostgresRuntimeTests(PostgresFixture fixture) : RuntimeContract
{
    private readonly string _address = fixture.Server.NewAddress();

    protected override async Task<HostUnderTest> OpenAsync() => await new CityUnderTest(() => PostgresJournal.Open(_address, CityTwins.Types)).OpenAsync();
}
