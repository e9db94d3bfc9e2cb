using CityTwin.Grains;
using CityTwin.Silo.Journal;
using Microsoft.Data.Sqlite;

namespace CityTwin.Silo.Sensors;

/// <summary>The time series in one SQLite file, beside an SQLite journal, with a writer of its own.</summary>
internal sealed partial class SqliteReadings : ReadingStore
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _mark;
    private readonly string _readOnly;
    private byte[] _block = new byte[64 * 1024];
    private long _number;

    private SqliteReadings(SqliteConnection connection, string path)
    {
        _connection = connection;
        _readOnly = new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = true }.ToString();
        _insert = Command("INSERT INTO block (number, count, readings) VALUES ($number, $count, $readings)");
        _insert.Parameters.Add("$number", SqliteType.Integer);
        _insert.Parameters.Add("$count", SqliteType.Integer);
        _insert.Parameters.Add("$readings", SqliteType.Blob);
        _mark = Command("UPDATE mark SET followed = $followed");
        _mark.Parameters.Add("$followed", SqliteType.Integer);
        _number = Scalar("SELECT max(number) FROM (SELECT max(number) AS number FROM block UNION ALL SELECT followed FROM mark)");
        Stand(Scalar("SELECT followed FROM mark"), Scalar("SELECT coalesce(sum(count), 0) FROM block"));
    }

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <exception cref="JournalException">The file cannot be opened or is no time series.</exception>
    public static SqliteReadings OpenFile(string path)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
            connection.Open();
            Prepare(connection);
            return new SqliteReadings(connection, path);
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            throw new JournalException($"the time series {path} cannot be opened: {e.Message}", e);
        }
    }

    private static void Prepare(SqliteConnection connection)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA busy_timeout = 5000;
            CREATE TABLE IF NOT EXISTS block (number INTEGER PRIMARY KEY, count INTEGER NOT NULL, readings BLOB NOT NULL);
            CREATE TABLE IF NOT EXISTS chunk (
                sensor INTEGER NOT NULL, measure INTEGER NOT NULL, start INTEGER NOT NULL, packed BLOB NOT NULL,
                PRIMARY KEY (sensor, measure, start)) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS rollup (
                span INTEGER NOT NULL, sensor INTEGER NOT NULL, measure INTEGER NOT NULL, start INTEGER NOT NULL,
                count INTEGER NOT NULL, sum REAL NOT NULL, min REAL NOT NULL, max REAL NOT NULL,
                PRIMARY KEY (span, sensor, measure, start)) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS watch (sensor INTEGER PRIMARY KEY, number INTEGER NOT NULL, state BLOB NOT NULL);
            CREATE TABLE IF NOT EXISTS mark (one INTEGER PRIMARY KEY CHECK (one = 1), followed INTEGER NOT NULL);
            INSERT OR IGNORE INTO mark VALUES (1, 0);
            """;
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public override long Accepted => Interlocked.Read(ref _number);

    /// <inheritdoc/>
    public override async ValueTask<long> AcceptAsync(ReadOnlyMemory<Reading> batch)
    {
        await _writing.WaitAsync();
        try
        {
            int length = ReadingBlock.Write(batch.Span, ref _block);
            using SqliteTransaction transaction = _connection.BeginTransaction(deferred: true);
            _insert.Transaction = transaction;
            _insert.Parameters[0].Value = _number + 1;
            _insert.Parameters[1].Value = batch.Length;
            _insert.Parameters[2].Value = _block;
            _insert.Parameters[2].Size = length;
            _insert.ExecuteNonQuery();
            Mark(transaction);
            transaction.Commit();
            Stored(batch.Length);
            return ++_number;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<(long Number, Reading[] Readings)> BatchesAfter(long number)
    {
        using SqliteConnection connection = new(_readOnly);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT number, readings FROM block WHERE number > $number ORDER BY number";
        command.Parameters.AddWithValue("$number", number);
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return (rows.GetInt64(0), ReadingBlock.Read((byte[])rows[1]));
        }
    }

    /// <inheritdoc/>
    public override IEnumerable<StoredWatch> Watches()
    {
        using SqliteConnection connection = new(_readOnly);
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT sensor, number, state FROM watch";
        using SqliteDataReader rows = command.ExecuteReader();
        while (rows.Read())
        {
            yield return new StoredWatch(TwinId.FromValue(rows.GetInt64(0)), rows.GetInt64(1), (byte[])rows[2]);
        }
    }

    /// <inheritdoc/>
    public override ValueTask SaveAsync(IReadOnlyList<StoredWatch> watches) => WriteAsync(transaction =>
    {
        using SqliteCommand save = Prepared(
            """
            INSERT INTO watch (sensor, number, state) VALUES ($a, $b, $c)
            ON CONFLICT (sensor) DO UPDATE SET number = excluded.number, state = excluded.state WHERE excluded.number >= number
            """, transaction, 3);
        foreach (StoredWatch watch in watches)
        {
            Run(save, watch.Sensor.Value, watch.Number, watch.State).ExecuteNonQuery();
        }
    });

    private protected override async ValueTask CloseAsync()
    {
        await _writing.WaitAsync();
        using (SqliteTransaction transaction = _connection.BeginTransaction())
        {
            Mark(transaction);
            transaction.Commit();
        }
        await _insert.DisposeAsync();
        await _mark.DisposeAsync();
        await _connection.DisposeAsync();
        _writing.Dispose();
        SqliteConnection.ClearPool(new SqliteConnection(_readOnly));
    }

    private void Mark(SqliteTransaction transaction)
    {
        _mark.Transaction = transaction;
        _mark.Parameters[0].Value = Followed;
        _mark.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    private long Scalar(string sql)
    {
        using SqliteCommand command = Command(sql);
        return command.ExecuteScalar() is long value ? value : 0;
    }
}
