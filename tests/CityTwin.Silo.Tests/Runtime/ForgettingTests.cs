using CityTwin.Silo.Journal;
using CityTwin.Silo.Tests.Postgres;

namespace CityTwin.Silo.Tests.Runtime;

public sealed class SqliteForgettingTests : ForgettingContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    protected override async Task<HostUnderTest> OpenAsync() => await Cities.OpenAsync(_folder.File("city.db"));
}

public sealed class PostgresForgettingTests(PostgresFixture fixture) : ForgettingContract
{
    private readonly string _address = fixture.Server.NewAddress();

    protected override async Task<HostUnderTest> OpenAsync() => await Cities.OpenAsync(_address);
}

file static class Cities
{
    public static Task<CityUnderTest> OpenAsync(string journal) =>
        new CityUnderTest(() => JournalFactory.Open(journal, CityTwins.Types), new EmbeddedOptions { Journal = journal }).OpenAsync();
}
