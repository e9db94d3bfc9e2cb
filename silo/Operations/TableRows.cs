using System.Data.Common;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;

namespace CityTwin.Silo.Operations;

/// <summary>Rows of tables, read from and written to SQLite and PostgreSQL alike: arrays of <see cref="long"/>, <see cref="double"/>, <see cref="string"/>, bytes or null.</summary>
internal static class TableRows
{
    /// <summary>What a statement finds.</summary>
    public static IEnumerable<object?[]> Read(DbConnection connection, DbTransaction transaction, string sql, ColumnKind[] kinds)
    {
        using DbCommand command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        using DbDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return Row(reader, kinds);
        }
    }

    /// <summary>The row that a reader stands on.</summary>
    public static object?[] Row(DbDataReader reader, ColumnKind[] kinds)
    {
        object?[] row = new object?[kinds.Length];
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = reader.IsDBNull(i) ? null : Value(reader, i, kinds[i]);
        }
        return row;
    }

    /// <summary>Adds rows to a table; returns how many.</summary>
    public static long Add(DbConnection connection, DbTransaction transaction, JournalTable table, IEnumerable<object?[]> rows) =>
        connection is NpgsqlConnection postgres ? Copy(postgres, table, rows) : Insert(connection, transaction, table, rows);

    private static long Insert(DbConnection connection, DbTransaction transaction, JournalTable table, IEnumerable<object?[]> rows)
    {
        using DbCommand insert = connection.CreateCommand();
        insert.Transaction = transaction;
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
            case (ColumnKind.TinyNumber, long number):
                copy.Write(checked((short)number), NpgsqlDbType.Smallint);
                break;
            case (_, double number):
                copy.Write(number, NpgsqlDbType.Double);
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

    private static object Value(DbDataReader reader, int column, ColumnKind kind) => (kind, reader is SqliteDataReader) switch
    {
        (ColumnKind.Moment, false) => new DateTimeOffset(reader.GetDateTime(column), TimeSpan.Zero).ToUnixTimeMilliseconds(),
        (ColumnKind.Command, false) => reader.GetGuid(column).ToByteArray(bigEndian: true),
        (ColumnKind.Flag, false) => reader.GetBoolean(column) ? 1L : 0L,
        (ColumnKind.Real, _) => reader.GetDouble(column),
        (ColumnKind.Text or ColumnKind.Json, _) => reader.GetString(column),
        (ColumnKind.Bytes or ColumnKind.Command, _) => reader.GetFieldValue<byte[]>(column),
        _ => reader.GetInt64(column),
    };
}
