using CityTwin.Grains;
using Microsoft.Data.Sqlite;

namespace CityTwin.Silo.Sensors;

/// <summary>The time series of all sensors in one SQLite file: raw values in packed chunks, and minute and hour values.</summary>
/// <remarks>
/// A commit stores its readings as one block, which is all that durability needs. Blocks are later folded into chunks, in small
/// transactions between the commits. A reading that is there already, by sensor, measure and time, is not counted again.
/// Thread-safe; one writer.
/// </remarks>
public sealed partial class ReadingStore : IReadingSink, IAsyncDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly SemaphoreSlim _folding = new(1, 1);
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _mark;
    private readonly string _readOnly;
    private byte[] _block = new byte[64 * 1024];
    private long _number;
    private long _followed;
    private long _unfolded;

    private ReadingStore(SqliteConnection connection, string path)
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
        _followed = Scalar("SELECT followed FROM mark");
        _unfolded = Scalar("SELECT coalesce(sum(count), 0) FROM block");
    }

    /// <summary>The last batch whose reports the twins have taken. Kept with the next commit or fold.</summary>
    public long Followed
    {
        get => Interlocked.Read(ref _followed);
        set => Interlocked.Exchange(ref _followed, value);
    }

    /// <summary>Readings in blocks that are not folded yet.</summary>
    public long Unfolded => Interlocked.Read(ref _unfolded);

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file; its folder is made.</param>
    /// <exception cref="SqliteException">The file cannot be opened or is no time series.</exception>
    public static ReadingStore Open(string path)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
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
            CREATE TABLE IF NOT EXISTS mark (one INTEGER PRIMARY KEY CHECK (one = 1), followed INTEGER NOT NULL);
            INSERT OR IGNORE INTO mark VALUES (1, 0);
            """;
        command.ExecuteNonQuery();
        return new ReadingStore(connection, path);
    }

    /// <inheritdoc/>
    public async ValueTask<long> AcceptAsync(ReadOnlyMemory<Reading> batch)
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
            Interlocked.Add(ref _unfolded, batch.Length);
            return ++_number;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>The batches after a number that have not been folded, in order: those that were not followed are among them.</summary>
    public IEnumerable<(long Number, Reading[] Readings)> BatchesAfter(long number)
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
    public async ValueTask DisposeAsync()
    {
        await _folding.WaitAsync();
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
        _folding.Dispose();
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
