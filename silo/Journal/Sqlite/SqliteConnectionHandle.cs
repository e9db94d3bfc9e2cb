using SQLitePCL;
using static SQLitePCL.raw;

namespace CityTwin.Silo.Journal.Sqlite;

/// <summary>A connection to an SQLite file, on the library itself: no object per row or parameter. Used by one thread at a time.</summary>
internal sealed class SqliteConnectionHandle : IDisposable
{
    private readonly List<sqlite3_stmt> _statements = [];

    static SqliteConnectionHandle() => Batteries_V2.Init();

    /// <summary>Opens a file, which is created if need be.</summary>
    /// <exception cref="JournalException">It cannot be opened.</exception>
    public SqliteConnectionHandle(string path, bool readOnly)
    {
        int flags = readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
        int code = sqlite3_open_v2(path, out sqlite3 handle, flags | SQLITE_OPEN_NOMUTEX, null);
        Handle = handle;
        if (code != SQLITE_OK)
        {
            string reason = sqlite3_errmsg(handle).utf8_to_string();
            handle.Dispose();
            throw new JournalException($"cannot open '{path}': {reason}");
        }
        sqlite3_busy_timeout(handle, 5_000);
    }

    /// <summary>The library's handle.</summary>
    public sqlite3 Handle { get; }

    /// <summary>Runs statements without results.</summary>
    public void Execute(string sql) => Check(sqlite3_exec(Handle, sql));

    /// <summary>Prepares a statement that lives as long as the connection.</summary>
    public sqlite3_stmt Prepare(string sql)
    {
        Check(sqlite3_prepare_v2(Handle, sql, out sqlite3_stmt statement));
        _statements.Add(statement);
        return statement;
    }

    /// <summary>The one number that a query gives; 0 for none.</summary>
    public long Scalar(string sql)
    {
        Check(sqlite3_prepare_v2(Handle, sql, out sqlite3_stmt statement));
        using (statement)
        {
            return Step(statement) ? sqlite3_column_int64(statement, 0) : 0;
        }
    }

    /// <summary>Executes a prepared statement that gives no rows, and makes it ready for the next use.</summary>
    public void Run(sqlite3_stmt statement)
    {
        int code = sqlite3_step(statement);
        sqlite3_reset(statement);
        if (code != SQLITE_DONE)
        {
            Check(code);
        }
    }

    /// <summary>The next row; false when there is none, and the statement is ready for the next use.</summary>
    public bool Step(sqlite3_stmt statement)
    {
        int code = sqlite3_step(statement);
        if (code == SQLITE_ROW)
        {
            return true;
        }
        sqlite3_reset(statement);
        if (code != SQLITE_DONE)
        {
            Check(code);
        }
        return false;
    }

    /// <summary>Throws what went wrong, unless nothing did.</summary>
    public void Check(int code)
    {
        if (code is not SQLITE_OK and not SQLITE_DONE and not SQLITE_ROW)
        {
            throw new JournalException($"SQLite: {sqlite3_errmsg(Handle).utf8_to_string()} (code {sqlite3_extended_errcode(Handle)})");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (sqlite3_stmt statement in _statements)
        {
            statement.Dispose();
        }
        Handle.Dispose();
    }
}
