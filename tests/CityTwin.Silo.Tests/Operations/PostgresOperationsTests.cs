using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Operations;
using CityTwin.Silo.Tests.Postgres;
using CityTwin.Silo.Tests.Runtime;
using Npgsql;

namespace CityTwin.Silo.Tests.Operations;

public sealed class PostgresOperationsTests(PostgresFixture fixture) : OperationsContract
{
    [Fact]
    public async Task A_city_moves_from_SQLite_to_PostgreSQL_and_back_whole()
    {
        string sqlite = Folder.File("city.db"), postgres = NewJournal(), back = Folder.File("back.db");
        await FillAsync(sqlite, 100);
        await SeriesContent.FillAsync(sqlite);

        JournalTransfer.Migrate(sqlite, postgres, CityTwins.Types);
        JournalTransfer.Migrate(postgres, back, CityTwins.Types);

        AssertSameEvents(sqlite, postgres);
        AssertSameEvents(sqlite, back);
        string readings = await SeriesContent.ReadAsync(sqlite);
        Assert.Equal(readings, await SeriesContent.ReadAsync(postgres));
        Assert.Equal(readings, await SeriesContent.ReadAsync(back));
        Assert.Empty(JournalVerification.Run(postgres, CityTwins.Types).Findings);
        Assert.Empty(JournalVerification.Run(back, CityTwins.Types).Findings);
    }

    [Fact]
    public async Task Whoever_is_forgotten_leaves_no_key_although_somebody_still_looks_at_the_time_before()
    {
        string journal = NewJournal();
        await FileAsync(journal, TwinId.Citizen(1), TwinId.Citizen(2));
        byte[] key = KeyOf(journal, 1)!, other = KeyOf(journal, 2)!;
        await using NpgsqlConnection analyst = new(journal + ";Pooling=false");
        await analyst.OpenAsync(TestContext.Current.CancellationToken);
        await using NpgsqlTransaction longOne = await analyst.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, TestContext.Current.CancellationToken);
        await using NpgsqlCommand look = new("SELECT count(*) FROM events", analyst);
        await look.ExecuteScalarAsync(TestContext.Current.CancellationToken);

        Assert.True(CitizenErasure.Forget(journal, CityTwins.Types, TwinId.Citizen(1)));
        Assert.False(CitizenErasure.Forget(journal, CityTwins.Types, TwinId.Citizen(1)));

        Assert.Equal((null, Convert.ToHexString(other)), (KeyOf(journal, 1), Convert.ToHexString(KeyOf(journal, 2)!)));
        Assert.DoesNotContain(FilesOf(journal).Where(f => !f.Contains("pg_wal", StringComparison.Ordinal)), f => Bytes(f).AsSpan().IndexOf(key) >= 0);
    }

    [Fact]
    public async Task During_a_backup_nobody_is_forgotten_and_the_backup_has_every_key()
    {
        string journal = NewJournal();
        await FileAsync(journal, TwinId.Citizen(1), TwinId.Citizen(2));
        using (JournalRows backup = JournalRows.Open(journal))
        {
            JournalException refused = Assert.Throws<JournalException>(() => CitizenErasure.Forget(journal, CityTwins.Types, TwinId.Citizen(1)));
            Assert.Contains("nothing was forgotten", refused.Message, StringComparison.Ordinal);
            Assert.Equal(2, backup.Count(JournalTable.Keys));
        }
        Assert.True(CitizenErasure.Forget(journal, CityTwins.Types, TwinId.Citizen(1)));
    }

    private static byte[]? KeyOf(string journal, int citizen) =>
        (byte[]?)PostgresServer.Execute(journal, $"SELECT key FROM keys WHERE subject = {TwinId.Citizen(citizen).Value}");

    protected override string NewJournal() => fixture.Server.NewAddress();

    protected override void Damage(string journal, string sql) => PostgresServer.Execute(
        journal, sql.Replace("REPLACE(CAST(data AS TEXT), 'queued', 'closed')", "REPLACE(data::text, 'queued', 'closed')::jsonb", StringComparison.Ordinal));

    // Everything that the server has on its disk: tables, logs, the lot.
    protected override IEnumerable<string> FilesOf(string journal) =>
        Directory.GetFiles(fixture.Server.Data, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true });
}
