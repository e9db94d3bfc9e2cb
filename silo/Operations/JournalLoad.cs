using System.Data.Common;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Turns;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace CityTwin.Silo.Operations;

/// <summary>Writes rows into a journal that this process holds: no city can run on it meanwhile. One thread.</summary>
internal sealed class JournalLoad : IDisposable
{
    private readonly IJournal _held;
    private readonly DbConnection _connection;
    private DbTransaction _transaction;

    private JournalLoad(IJournal held, DbConnection connection)
    {
        (_held, _connection) = (held, connection);
        _transaction = connection.BeginTransaction();
    }

    /// <summary>The journal's last position when it was opened.</summary>
    public long Position => _held.Position;

    /// <summary>Opens or creates a journal and holds it.</summary>
    /// <exception cref="JournalException">It is in use, or cannot be written.</exception>
    public static JournalLoad Open(string journal, TwinTypes types)
    {
        IJournal held = JournalFactory.Open(journal, types);
        DbConnection? connection = null;
        try
        {
            connection = PostgresAddress.Is(journal)
                ? new NpgsqlConnection(new NpgsqlConnectionStringBuilder(PostgresAddress.Parse(journal).ConnectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString)
                : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = journal, Pooling = false, DefaultTimeout = 60 }.ConnectionString);
            connection.Open();
            return new JournalLoad(held, connection);
        }
        catch
        {
            connection?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>Adds rows to a table; they stand once <see cref="Commit"/> returns.</summary>
    /// <returns>How many.</returns>
    public long Add(JournalTable table, IEnumerable<object?[]> rows) => TableRows.Add(_connection, _transaction, table, rows);

    /// <summary>Makes what was added durable, and begins anew.</summary>
    public void Commit()
    {
        _transaction.Commit();
        _transaction.Dispose();
        _transaction = _connection.BeginTransaction();
    }

    /// <summary>Runs a statement within the transaction; returns how many rows it changed.</summary>
    public int Execute(string sql)
    {
        using DbCommand command = _connection.CreateCommand();
        command.Transaction = _transaction;
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    /// <summary>Commits, then runs statements that may be in no transaction.</summary>
    public void ExecuteAlone(params string[] statements)
    {
        _transaction.Commit();
        _transaction.Dispose();
        try
        {
            foreach (string sql in statements)
            {
                using DbCommand command = _connection.CreateCommand();
                command.CommandText = sql;
                command.ExecuteNonQuery();
            }
        }
        finally
        {
            _transaction = _connection.BeginTransaction();
        }
    }

    /// <summary>Whether the journal is PostgreSQL's.</summary>
    public bool IsPostgres => _connection is NpgsqlConnection;

    /// <inheritdoc/>
    public void Dispose()
    {
        _transaction.Dispose();
        _connection.Dispose();
        _held.Dispose();
    }
}
