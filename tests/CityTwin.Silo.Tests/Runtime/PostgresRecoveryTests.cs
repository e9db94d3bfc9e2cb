using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Tests.Postgres;

namespace CityTwin.Silo.Tests.Runtime;

public sealed class PostgresRecoveryTests(PostgresFixture fixture) : RecoveryContract
{
    private readonly string _address = fixture.Server.NewAddress();

    protected override IJournal OpenJournal() => PostgresJournal.Open(_address, CityTwins.Types);
}
