using System.Text.Json;
using CityTwin.Grains;
using Microsoft.Data.Sqlite;

namespace CityTwin.Silo.Subscriptions;

/// <summary>Subscriptions, cursors and dead letters in a small SQLite file of their own. Safe to use from any thread.</summary>
/// <remarks>
/// Apart from the journal, so that a slow receiver never waits for, or holds up, the city's commits; a cursor that is lost with a crash
/// only repeats what was delivered after it was last written. The file holds the keys of signatures: guard it as the journal.
/// </remarks>
public sealed class SubscriptionStore : IDisposable
{
    private const string Schema =
        """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA secure_delete = ON;
        CREATE TABLE IF NOT EXISTS subscriptions (id TEXT PRIMARY KEY, body TEXT NOT NULL, cursor INTEGER NOT NULL, delivered INTEGER NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS dead_letters (
            number INTEGER PRIMARY KEY AUTOINCREMENT, subscription TEXT NOT NULL, position INTEGER NOT NULL, twin TEXT NOT NULL, at TEXT NOT NULL,
            attempts INTEGER NOT NULL, reason TEXT NOT NULL, event BLOB NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS told (subscription TEXT NOT NULL, twin INTEGER NOT NULL, print INTEGER NOT NULL, PRIMARY KEY (subscription, twin)) STRICT, WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS dead_letters_of ON dead_letters (subscription, number);
        """;

    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    /// <summary>Opens or creates the file.</summary>
    /// <exception cref="IOException">It is something else, or cannot be written.</exception>
    public SubscriptionStore(string path)
    {
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } folder)
        {
            Directory.CreateDirectory(folder);
        }
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            _connection.Open();
            Execute(Schema);
        }
        catch (SqliteException e)
        {
            _connection.Dispose();
            throw new IOException($"the subscriptions in '{path}' cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>All subscriptions, with how far they have got.</summary>
    public IReadOnlyList<(Subscription Subscription, long Cursor, long Delivered)> All()
    {
        lock (_gate)
        {
            using SqliteCommand command = Command("SELECT body, cursor, delivered FROM subscriptions ORDER BY rowid");
            using SqliteDataReader reader = command.ExecuteReader();
            List<(Subscription, long, long)> all = [];
            while (reader.Read())
            {
                all.Add((JsonSerializer.Deserialize<Subscription>(reader.GetString(0))!, reader.GetInt64(1), reader.GetInt64(2)));
            }
            return all;
        }
    }

    /// <summary>Puts in a subscription that begins after a position.</summary>
    public void Add(Subscription subscription, long cursor) =>
        Execute("INSERT INTO subscriptions VALUES ($1, $2, $3, 0)", subscription.Id, JsonSerializer.Serialize(subscription), cursor);

    /// <summary>Puts another form of a subscription in its place.</summary>
    public void Change(Subscription subscription) =>
        Execute("UPDATE subscriptions SET body = $2 WHERE id = $1", subscription.Id, JsonSerializer.Serialize(subscription));

    /// <summary>Takes a subscription and its dead letters away.</summary>
    public void Remove(string id) => Execute("DELETE FROM subscriptions WHERE id = $1; DELETE FROM dead_letters WHERE subscription = $1; DELETE FROM told WHERE subscription = $1", id);

    /// <summary>Writes how far a subscription has got.</summary>
    public void Progress(string id, long cursor, long delivered) =>
        Execute("UPDATE subscriptions SET cursor = $2, delivered = $3 WHERE id = $1", id, cursor, delivered);

    /// <summary>What a subscription to readings has told.</summary>
    internal Dictionary<TwinId, long> Told(string id)
    {
        lock (_gate)
        {
            using SqliteCommand command = Command("SELECT twin, print FROM told WHERE subscription = $1", id);
            using SqliteDataReader reader = command.ExecuteReader();
            Dictionary<TwinId, long> told = [];
            while (reader.Read())
            {
                told.Add(TwinId.FromValue(reader.GetInt64(0)), reader.GetInt64(1));
            }
            return told;
        }
    }

    /// <summary>Writes what was told since, in one transaction; null: the sensor does not fulfil the condition any more.</summary>
    internal void Tell(string id, IEnumerable<KeyValuePair<TwinId, long?>> told)
    {
        lock (_gate)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            foreach ((TwinId twin, long? print) in told)
            {
                Execute(print is null ? "DELETE FROM told WHERE subscription = $1 AND twin = $2" : "INSERT OR REPLACE INTO told VALUES ($1, $2, $3)", print is { } p ? [id, twin.Value, p] : [id, twin.Value]);
            }
            transaction.Commit();
        }
    }

    /// <summary>Forgets what a subscription to readings has told: all that fulfils its condition is told anew.</summary>
    internal void Untell(string id) => Execute("DELETE FROM told WHERE subscription = $1", id);

    /// <summary>Deletes the dead letters that are about a citizen, or a case, or name them; nothing of them stays in the file.</summary>
    internal int Forget(TwinId subject)
    {
        lock (_gate)
        {
            using SqliteCommand command = Command(
                "DELETE FROM dead_letters WHERE twin = $1 OR json_extract(CAST(event AS TEXT), '$.data.values.citizen') = $1", subject.ToString());
            int deleted = command.ExecuteNonQuery();
            Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            return deleted;
        }
    }

    /// <summary>Sets an event aside, and goes on after it, in one transaction.</summary>
    public void SetAside(string id, DeadLetter letter, long delivered, int keptMax)
    {
        lock (_gate)
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            Execute(
                """
                INSERT INTO dead_letters (subscription, position, twin, at, attempts, reason, event) VALUES ($1, $2, $3, $4, $5, $6, $7);
                DELETE FROM dead_letters WHERE subscription = $1 AND number <=
                    (SELECT number FROM dead_letters WHERE subscription = $1 ORDER BY number DESC LIMIT 1 OFFSET $8);
                UPDATE subscriptions SET cursor = $2, delivered = $9 WHERE id = $1;
                """, id, letter.Position, letter.Twin, letter.At.ToString("O"), letter.Attempts, letter.Reason, letter.Event, keptMax, delivered);
            transaction.Commit();
        }
    }

    /// <summary>The dead letters of a subscription after a number, the oldest first.</summary>
    public IReadOnlyList<DeadLetter> DeadLetters(string id, long after, int limit)
    {
        lock (_gate)
        {
            using SqliteCommand command = Command(
                "SELECT number, position, twin, at, attempts, reason, event FROM dead_letters WHERE subscription = $1 AND number > $2 ORDER BY number LIMIT $3", id, after, limit);
            using SqliteDataReader reader = command.ExecuteReader();
            List<DeadLetter> letters = [];
            while (reader.Read())
            {
                letters.Add(new DeadLetter(
                    reader.GetInt64(0), reader.GetInt64(1), reader.GetString(2), DateTimeOffset.Parse(reader.GetString(3)), reader.GetInt32(4), reader.GetString(5),
                    (byte[])reader[6]));
            }
            return letters;
        }
    }

    /// <summary>How many dead letters a subscription has.</summary>
    public long DeadLetterCount(string id)
    {
        lock (_gate)
        {
            using SqliteCommand command = Command("SELECT count(*) FROM dead_letters WHERE subscription = $1", id);
            return (long)command.ExecuteScalar()!;
        }
    }

    /// <summary>Takes a dead letter away.</summary>
    public void RemoveDeadLetter(string id, long number) => Execute("DELETE FROM dead_letters WHERE subscription = $1 AND number = $2", id, number);

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _connection.Dispose();
        }
    }

    private void Execute(string sql, params object[] values)
    {
        lock (_gate)
        {
            using SqliteCommand command = Command(sql, values);
            command.ExecuteNonQuery();
        }
    }

#pragma warning disable CA2100 // The statements are this file's own; values go in as parameters.
    private SqliteCommand Command(string sql, params object[] values)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i]);
        }
        return command;
    }
#pragma warning restore CA2100
}
