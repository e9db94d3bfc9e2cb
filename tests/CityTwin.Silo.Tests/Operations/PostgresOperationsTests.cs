using CityTwin.Silo.Operations;
using CityTwin.Silo.Tests.Postgres;

namespace CityTwin.Silo.Tests.Operations;

public sealed class PostgresOperationsTests(PostgresFixture fixture) : OperationsContract
{
    [Fact]
    public async Task A_city_moves_from_SQLite_to_PostgreSQL_and_back_whole()
    {
        string sqlite = Folder.File("city.db"), postgres = NewJournal(), back = Folder.File("back.db");
        await FillAsync(sqlite, 100);

        JournalTransfer.Migrate(sqlite, postgres, CityTwins.Types);
        JournalTransfer.Migrate(postgres, back, CityTwins.Types);

        AssertSameEvents(sqlite, postgres);
        AssertSameEvents(sqlite, back);
        Assert.Empty(JournalVerification.Run(postgres, CityTwins.Types).Findings);
        Assert.Empty(JournalVerification.Run(back, CityTwins.Types).Findings);
    }

    protected override string NewJournal() => fixture.Server.NewAddress();

    protected override void Damage(string journal, string sql) => PostgresServer.Execute(
        journal, sql.Replace("REPLACE(CAST(data AS TEXT), 'queued', 'closed')", "REPLACE(data::text, 'queued', 'closed')::jsonb", StringComparison.Ordinal));

    // Everything that the server has on its disk: tables, logs, the lot.
    protected override IEnumerable<string> FilesOf(string journal) =>
        Directory.GetFiles(fixture.Server.Data, "*", SearchOption.AllDirectories).Where(f => new FileInfo(f) is { Length: > 0 });
}
