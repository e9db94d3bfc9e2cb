using System.Data;
using System.Data.Common;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CityTwin.Silo.Operations;

/// <summary>The rows of a journal as of one moment, read beside a city that may be running: nobody waits, but nobody can be forgotten meanwhile.</summary>
/// <remarks>A row is an array of <see cref="long"/>, <see cref="string"/>, bytes or null, the same for SQLite and PostgreSQL. One thread.</remarks>
internal sealed class JournalRows : IDisposable
{
    private static readonly ColumnKind[] EventKinds = [.. JournalTable.Events.Columns.Select(c => c.Kind)];

    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private DbCommand? _one;

    private JournalRows(DbConnection connection)
    {
        _connection = connection;
        _transaction = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : connection.BeginTransaction(IsolationLevel.RepeatableRead);
        if (connection is NpgsqlConnection)
        {
            // Before the snapshot is taken: a citizen who is forgotten meanwhile would empty the table of keys for readers with an older one.
            using DbCommand hold = connection.CreateCommand();
            hold.CommandText = "LOCK TABLE keys IN ACCESS SHARE MODE";
            hold.ExecuteNonQuery();
        }
        (Position, AtMs) = Read("SELECT position, at FROM events ORDER BY position DESC LIMIT 1", ColumnKind.Number, ColumnKind.Moment)
            .Select(r => ((long)r[0]!, (long)r[1]!)).FirstOrDefault();
    }

    /// <summary>The last position as of the moment.</summary>
    public long Position { get; }

    /// <summary>The moment of that event, Unix milliseconds.</summary>
    public long AtMs { get; }

    /// <summary>Opens a journal for reading as of now.</summary>
    /// <exception cref="JournalException">There is none, or it cannot be read.</exception>
    public static JournalRows Open(string journal)
    {
        JournalFactory.MustExist(journal);
        DbConnection connection = PostgresAddress.Is(journal)
            ? new NpgsqlConnection(new NpgsqlConnectionStringBuilder(PostgresAddress.Parse(journal).ConnectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString)
            : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = journal, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        try
        {
            connection.Open();
            return new JournalRows(connection);
        }
        catch (DbException e)
        {
            connection.Dispose();
            throw new JournalException($"the journal cannot be read: {e.Message}", e);
        }
    }

    /// <summary>How many rows a table has.</summary>
    public long Count(JournalTable table) => (long)Read($"SELECT count(*) FROM {table.Name}", ColumnKind.Number).First()[0]!;

    /// <summary>All rows of a table, in order.</summary>
    public IEnumerable<object?[]> Read(JournalTable table, string where = "") =>
        Read($"SELECT {table.ColumnList} FROM {table.Name} {where} ORDER BY {table.Order}", [.. table.Columns.Select(c => c.Kind)]);

    /// <summary>The highest position whose moment is not after <paramref name="at"/>; 0: none.</summary>
    /// <remarks>Positions have no gaps and moments never go back, so it is found by halving.</remarks>
    public long PositionAt(DateTimeOffset at)
    {
        long atMs = at.ToUnixTimeMilliseconds();
        long low = 0, high = Position;
        while (low < high)
        {
            long middle = low + ((high - low + 1) / 2);
            (low, high) = (long)One(middle)[4]! <= atMs ? (middle, high) : (low, middle - 1);
        }
        return low;
    }

    /// <summary>A twin's events up to one of them, oldest first.</summary>
    /// <param name="twin">The twin's packed value.</param>
    /// <param name="head">The position of the last event wanted; 0: none.</param>
    public List<object?[]> ReadHistory(long twin, long head)
    {
        if (_connection is not SqliteConnection)
        {
            return [.. Read($"SELECT {JournalTable.Events.ColumnList} FROM events WHERE twin = {twin} AND position <= {head} ORDER BY version", EventKinds)];
        }
        List<object?[]> rows = [];
        while (head > 0)
        {
            object?[] row = One(head);
            rows.Add(row);
            head = (long)row[3]!;
        }
        rows.Reverse();
        return rows;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _one?.Dispose();
        _transaction.Dispose();
        _connection.Dispose();
    }

    private object?[] One(long position)
    {
        if (_one is null)
        {
            _one = _connection.CreateCommand();
            _one.Transaction = _transaction;
            _one.CommandText = $"SELECT {JournalTable.Events.ColumnList} FROM events WHERE position = @position";
            DbParameter parameter = _one.CreateParameter();
            parameter.ParameterName = "@position";
            parameter.DbType = DbType.Int64;
            _one.Parameters.Add(parameter);
        }
        _one.Parameters[0].Value = position;
        using DbDataReader reader = _one.ExecuteReader();
        return reader.Read() ? TableRows.Row(reader, EventKinds) : throw new JournalException($"the journal has no position {position}");
    }

    private IEnumerable<object?[]> Read(string sql, params ColumnKind[] kinds) => TableRows.Read(_connection, _transaction, sql, kinds);
}
