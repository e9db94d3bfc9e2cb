using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Sqlite;

namespace CityTwin.Silo.Tests.Runtime;

public sealed class RecoveryTests : RecoveryContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override IJournal OpenJournal() => SqliteJournal.Open(_folder.File("city.db"), CityTwins.Types);
}
