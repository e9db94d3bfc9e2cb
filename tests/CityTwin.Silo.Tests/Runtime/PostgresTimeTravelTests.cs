using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Tests.Postgres;

namespace CityTwin.Silo.Tests.Runtime;

public sealed class PostgresTimeTravelTests(PostgresFixture fixture) : TimeTravelContract
{
    private readonly string _address = fixture.Server.NewAddress();

    protected override IJournal OpenJournal() => PostgresJournal.Open(_address, CityTwins.Types);
}
