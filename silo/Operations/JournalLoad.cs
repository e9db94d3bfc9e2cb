using System.Data.Common;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Turns;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

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
    public long Add(JournalTable table, IEnumerable<object?[]> rows) =>
        _connection is NpgsqlConnection postgres ? Copy(postgres, table, rows) : Insert(table, rows);

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

    private long Insert(JournalTable table, IEnumerable<object?[]> rows)
    {
        using DbCommand insert = _connection.CreateCommand();
        insert.Transaction = _transaction;
        insert.CommandText = $"INSERT INTO {table.Name} ({table.ColumnList}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => "$p" + i))})";
        for (int i = 0; i < table.Columns.Length; i++)
        {
            insert.Parameters.Add(new SqliteParameter("$p" + i, null));
        }
        insert.Prepare();
        long added = 0;
        foreach (object?[] row in rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                insert.Parameters[i].Value = row[i] ?? DBNull.Value;
            }
            insert.ExecuteNonQuery();
            added++;
        }
        return added;
    }

    private static long Copy(NpgsqlConnection postgres, JournalTable table, IEnumerable<object?[]> rows)
    {
        long added = 0;
        using NpgsqlBinaryImporter copy = postgres.BeginBinaryImport($"COPY {table.Name} ({table.ColumnList}) FROM STDIN (FORMAT BINARY)");
        foreach (object?[] row in rows)
        {
            copy.StartRow();
            for (int i = 0; i < row.Length; i++)
            {
                Write(copy, table.Columns[i].Kind, row[i]);
            }
            added++;
        }
        copy.Complete();
        return added;
    }

    private static void Write(NpgsqlBinaryImporter copy, ColumnKind kind, object? value)
    {
        switch (kind, value)
        {
            case (ColumnKind.Bytes, null):
                copy.Write(Array.Empty<byte>(), NpgsqlDbType.Bytea);
                break;
            case (_, null):
                copy.WriteNull();
                break;
            case (ColumnKind.Moment, long ms):
                copy.Write(DateTimeOffset.FromUnixTimeMilliseconds(ms).UtcDateTime, NpgsqlDbType.TimestampTz);
                break;
            case (ColumnKind.Command, byte[] id):
                copy.Write(new Guid(id, bigEndian: true), NpgsqlDbType.Uuid);
                break;
            case (ColumnKind.Flag, long flag):
                copy.Write(flag != 0, NpgsqlDbType.Boolean);
                break;
            case (ColumnKind.SmallNumber, long number):
                copy.Write(checked((int)number), NpgsqlDbType.Integer);
                break;
            case (ColumnKind.Json, string json):
                copy.Write(WithoutNul(json), NpgsqlDbType.Jsonb);
                break;
            case (_, string text):
                copy.Write(text, NpgsqlDbType.Text);
                break;
            case (_, byte[] bytes):
                copy.Write(bytes, NpgsqlDbType.Bytea);
                break;
            case (_, long number):
                copy.Write(number, NpgsqlDbType.Bigint);
                break;
            default:
                throw new JournalException($"a value of {value.GetType().Name} does not fit a column of kind {kind}");
        }
    }

    private static string WithoutNul(string json)
    {
        if (!json.Contains("\\u0000", StringComparison.Ordinal))
        {
            return json;
        }
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(json);
        CopyRows.ReplaceNul(bytes);
        return System.Text.Encoding.UTF8.GetString(bytes);
    }
}
