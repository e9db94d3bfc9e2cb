using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Sqlite;
using Microsoft.Data.Sqlite;

namespace CityTwin.Silo.Tests.Journal;

public sealed class SqliteJournalTests : JournalContract, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    protected override IJournal Open() => SqliteJournal.Open(_folder.File("city.db"), CityTwins.Types);

    [Fact]
    public void A_file_that_is_something_else_is_refused()
    {
        using (SqliteConnection other = new($"Data Source={_folder.File("city.db")};Pooling=False"))
        {
            other.Open();
            using SqliteCommand command = other.CreateCommand();
            command.CommandText = "CREATE TABLE songs (name TEXT)";
            command.ExecuteNonQuery();
        }

        JournalException refused = Assert.Throws<JournalException>(() => Open());

        Assert.Contains("not a CityTwin journal", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_journal_of_a_later_version_is_refused()
    {
        Open().Dispose();
        using (SqliteConnection other = new($"Data Source={_folder.File("city.db")};Pooling=False"))
        {
            other.Open();
            using SqliteCommand command = other.CreateCommand();
            command.CommandText = "PRAGMA user_version=99";
            command.ExecuteNonQuery();
        }

        Assert.Contains("version 99", Assert.Throws<JournalException>(() => Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_SQLite_client_can_query_the_events()
    {
        using (IJournal journal = Open())
        {
            journal.Append(Batch(1, Rated(1, Grains.TwinId.Official(1), 1, 0, 5)));
        }
        using SqliteConnection client = new($"Data Source={_folder.File("city.db")};Mode=ReadOnly;Pooling=False");
        client.Open();
        using SqliteCommand command = client.CreateCommand();
        command.CommandText = "SELECT type || ' ' || json_extract(data, '$.score') FROM events";

        Assert.Equal("OfficialRated 5", command.ExecuteScalar());
    }

    public void Dispose() => _folder.Dispose();
}
