using System.Data;
using System.Data.Common;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Sensors;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CityTwin.Silo.Operations;

/// <summary>The time series of readings beside a journal, as rows: read as of one moment while a city may be running, or filled. One thread.</summary>
/// <remarks>
/// Journal and series are copied one after the other. Where a twin knows more or less than the readings say, the next start finds it
/// out and reports anew.
/// </remarks>
internal sealed class ReadingSeries : IDisposable
{
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;

    private ReadingSeries(DbConnection connection)
    {
        _connection = connection;
        _transaction = connection is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: true) : connection.BeginTransaction(IsolationLevel.RepeatableRead);
    }

    /// <summary>Opens the series beside a journal for reading; null where there is none.</summary>
    /// <exception cref="JournalException">It cannot be read.</exception>
    public static ReadingSeries? Find(string journal)
    {
        string place = SensorOptions.Beside(journal);
        if (!PostgresAddress.Is(place) && !File.Exists(place))
        {
            return null;
        }
        ReadingSeries series = Connect(place, SqliteOpenMode.ReadOnly);
        if (series.IsThere)
        {
            return series;
        }
        series.Dispose();
        return null;
    }

    /// <summary>Makes the series beside a journal, to be filled.</summary>
    /// <exception cref="JournalException">It has readings, is in use, or cannot be written.</exception>
    public static ReadingSeries Make(string journal)
    {
        string place = SensorOptions.Beside(journal);
        ReadingStore.Open(place).DisposeAsync().AsTask().GetAwaiter().GetResult();
        ReadingSeries series = Connect(place, SqliteOpenMode.ReadWrite);
        if (JournalTable.Readings.Any(t => t.Name != "reading_mark" && series.Count(t) > 0))
        {
            series.Dispose();
            throw new JournalException($"the time series beside the journal has readings: it must be empty{(PostgresAddress.Is(place) ? "" : $"; it is the file {place}")}");
        }
        series.Execute($"DELETE FROM {series.NameOf("reading_mark")}");
        return series;
    }

    /// <summary>How many rows a table has.</summary>
    public long Count(JournalTable table) => (long)TableRows.Read(_connection, _transaction, $"SELECT count(*) FROM {NameOf(table.Name)}", [ColumnKind.Number]).First()[0]!;

    /// <summary>All rows of a table, in order.</summary>
    public IEnumerable<object?[]> Read(JournalTable table) => TableRows.Read(
        _connection, _transaction, $"SELECT {table.ColumnList} FROM {NameOf(table.Name)} ORDER BY {table.Order}", [.. table.Columns.Select(c => c.Kind)]);

    /// <summary>Adds rows to a table; they stand once <see cref="Commit"/> returns. Returns how many.</summary>
    public long Add(JournalTable table, IEnumerable<object?[]> rows) => TableRows.Add(_connection, _transaction, table with { Name = NameOf(table.Name) }, rows);

    /// <summary>Makes what was added durable.</summary>
    public void Commit() => _transaction.Commit();

    /// <inheritdoc/>
    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
    }

    private bool IsThere => (_connection is NpgsqlConnection
        ? TableRows.Read(_connection, _transaction, "SELECT (to_regclass('reading_mark') IS NOT NULL)::int", [ColumnKind.Number])
        : TableRows.Read(_connection, _transaction, "SELECT count(*) FROM sqlite_master WHERE name = 'mark'", [ColumnKind.Number])).First()[0]!.Equals(1L);

    private static ReadingSeries Connect(string place, SqliteOpenMode mode)
    {
        DbConnection connection = PostgresAddress.Is(place)
            ? new NpgsqlConnection(new NpgsqlConnectionStringBuilder(PostgresAddress.Parse(place).ConnectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString)
            : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = place, Mode = mode, Pooling = false, DefaultTimeout = 60 }.ConnectionString);
        try
        {
            connection.Open();
            return new ReadingSeries(connection);
        }
        catch (DbException e)
        {
            connection.Dispose();
            throw new JournalException($"the time series cannot be opened: {e.Message}", e);
        }
    }

    /// <summary>A table's name here: in SQLite without the prefix and in the singular.</summary>
    private string NameOf(string table) => _connection is NpgsqlConnection ? table : table switch
    {
        "reading_blocks" => "block",
        "reading_chunks" => "chunk",
        "reading_rollups" => "rollup",
        "reading_watches" => "watch",
        _ => "mark",
    };

    private void Execute(string sql)
    {
        using DbCommand command = _connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
