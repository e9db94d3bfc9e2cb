using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;
using CityTwin.Grains;
using CityTwin.Silo.Journal.Personal;
using CityTwin.Silo.Turns;
using SQLitePCL;
using static SQLitePCL.raw;

namespace CityTwin.Silo.Journal.Sqlite;

/// <summary>Reads a journal on a connection of its own. Used by one thread at a time; see <see cref="SqliteReaderPool"/>.</summary>
internal sealed class SqliteReader : IDisposable
{
    private const string EventColumns = "position, twin, version, previous, at, command, type, data";

    private static readonly ConcurrentDictionary<int, string[]> NamesByLength = new();

    private readonly SqliteConnectionHandle _connection;
    private readonly TwinTypes _types;
    private readonly sqlite3_stmt _event;
    private readonly sqlite3_stmt _range;
    private readonly sqlite3_stmt _snapshot;
    private readonly sqlite3_stmt _pastSnapshot;
    private readonly sqlite3_stmt _pastHead;
    private readonly sqlite3_stmt _pastView;
    private readonly sqlite3_stmt _key;
    private readonly KeyRing _ring;

    /// <summary>Opens the file for reading.</summary>
    public SqliteReader(string path, TwinTypes types, KeyRing ring)
    {
        (_types, _ring) = (types, ring);
        _connection = new SqliteConnectionHandle(path, readOnly: true);
        _connection.Execute("PRAGMA cache_size=-8000; PRAGMA mmap_size=1073741824");
        _event = _connection.Prepare($"SELECT {EventColumns} FROM events WHERE position=?1");
        _range = _connection.Prepare($"SELECT {EventColumns} FROM events WHERE position>?1 AND position<=?2 ORDER BY position");
        _snapshot = _connection.Prepare("SELECT version, position, finished, recent, data FROM snapshots WHERE twin=?1");
        _pastSnapshot = _connection.Prepare("SELECT version, position, data FROM past_snapshots WHERE twin=?1 AND position<=?2 ORDER BY position DESC LIMIT 1");
        _pastHead = _connection.Prepare("SELECT position FROM past_snapshots WHERE twin=?1 AND position>?2 ORDER BY position LIMIT 1");
        _pastView = _connection.Prepare("SELECT position, data FROM past_views WHERE name=?1 AND position<=?2 ORDER BY position DESC LIMIT 1");
        _key = _connection.Prepare("SELECT key FROM keys WHERE subject=?1");
    }

    /// <summary>The event at a position.</summary>
    public RecordedEvent ReadEvent(long position)
    {
        using PersonalScope scope = new(_ring);
        sqlite3_bind_int64(_event, 1, position);
        if (!_connection.Step(_event))
        {
            throw new CorruptHistoryException($"the journal has no event {position}");
        }
        RecordedEvent recorded = Event(_event);
        sqlite3_reset(_event);
        return recorded;
    }

    /// <summary>Adds the events after one position, up to and including another, to a list.</summary>
    public void ReadRange(long after, long upTo, List<RecordedEvent> into)
    {
        using PersonalScope scope = new(_ring);
        sqlite3_bind_int64(_range, 1, after);
        sqlite3_bind_int64(_range, 2, upTo);
        while (_connection.Step(_range))
        {
            into.Add(Event(_range));
        }
    }

    /// <summary>The latest snapshot of a twin, or null.</summary>
    public TwinSnapshot? ReadSnapshot(TwinId twin)
    {
        sqlite3_bind_int64(_snapshot, 1, twin.Value);
        if (!_connection.Step(_snapshot))
        {
            return null;
        }
        try
        {
            TwinState state = State(twin, sqlite3_column_blob(_snapshot, 4));
            return new TwinSnapshot(
                twin, sqlite3_column_int(_snapshot, 0), sqlite3_column_int64(_snapshot, 1), state,
                sqlite3_column_blob(_snapshot, 3).ToArray(), sqlite3_column_int(_snapshot, 2) != 0);
        }
        finally
        {
            sqlite3_reset(_snapshot);
        }
    }

    /// <summary>The latest kept state of a twin that is at or before a position, or null.</summary>
    public TwinSnapshot? ReadPastSnapshot(TwinId twin, long position)
    {
        sqlite3_bind_int64(_pastSnapshot, 1, twin.Value);
        sqlite3_bind_int64(_pastSnapshot, 2, position);
        if (!_connection.Step(_pastSnapshot))
        {
            return null;
        }
        TwinState state = State(twin, sqlite3_column_blob(_pastSnapshot, 2));
        TwinSnapshot read = new(twin, sqlite3_column_int(_pastSnapshot, 0), sqlite3_column_int64(_pastSnapshot, 1), state, [], false);
        sqlite3_reset(_pastSnapshot);
        return read;
    }

    /// <summary>The position of the earliest kept state of a twin after a position; 0: none.</summary>
    public long PastHeadAfter(TwinId twin, long position)
    {
        sqlite3_bind_int64(_pastHead, 1, twin.Value);
        sqlite3_bind_int64(_pastHead, 2, position);
        if (!_connection.Step(_pastHead))
        {
            return 0;
        }
        long head = sqlite3_column_int64(_pastHead, 0);
        sqlite3_reset(_pastHead);
        return head;
    }

    /// <summary>The latest kept form of a view that is at or before a position, or null.</summary>
    public PastView? ReadPastView(string name, long position)
    {
        sqlite3_bind_text(_pastView, 1, name);
        sqlite3_bind_int64(_pastView, 2, position);
        if (!_connection.Step(_pastView))
        {
            return null;
        }
        PastView read = new(sqlite3_column_int64(_pastView, 0), name, sqlite3_column_blob(_pastView, 1).ToArray());
        sqlite3_reset(_pastView);
        return read;
    }

    /// <summary>The keys of some subjects, as far as there are any.</summary>
    public Dictionary<long, byte[]> ReadKeys(long[] subjects)
    {
        Dictionary<long, byte[]> keys = [];
        foreach (long subject in subjects)
        {
            sqlite3_bind_int64(_key, 1, subject);
            if (_connection.Step(_key))
            {
                keys.Add(subject, sqlite3_column_blob(_key, 0).ToArray());
                sqlite3_reset(_key);
            }
        }
        return keys;
    }

    /// <summary>Messages sent and not yet delivered.</summary>
    public List<OutboxEntry> ReadOutbox()
    {
        List<OutboxEntry> entries = [];
        sqlite3_stmt statement = _connection.Prepare("SELECT sequence, target, type, data FROM outbox ORDER BY sequence");
        while (_connection.Step(statement))
        {
            TwinCommand command = (TwinCommand)JournalJson.Read(sqlite3_column_text(statement, 2).utf8_to_string(), sqlite3_column_blob(statement, 3));
            entries.Add(new OutboxEntry(sqlite3_column_int64(statement, 0), TwinId.FromValue(sqlite3_column_int64(statement, 1)), command));
        }
        return entries;
    }

    /// <summary>The latest checkpoint, or null.</summary>
    public Checkpoint? ReadCheckpoint()
    {
        Dictionary<string, byte[]> views = [];
        byte[]? deadlines = null;
        long position = 0, at = 0;
        sqlite3_stmt statement = _connection.Prepare("SELECT position, at, part, data FROM checkpoints");
        while (_connection.Step(statement))
        {
            string part = sqlite3_column_text(statement, 2).utf8_to_string();
            byte[] saved = sqlite3_column_blob(statement, 3).ToArray();
            if (part == "deadlines")
            {
                (position, at, deadlines) = (sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1), saved);
            }
            else
            {
                views[part["view:".Length..]] = saved;
            }
        }
        return deadlines is null ? null : new Checkpoint(position, DateTimeOffset.FromUnixTimeMilliseconds(at), deadlines, views);
    }

    /// <summary>The one number that a query gives; 0 for none.</summary>
    public long Scalar(string sql) => _connection.Scalar(sql);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private TwinState State(TwinId twin, ReadOnlySpan<byte> json)
    {
        using PersonalScope scope = new(_ring);
        return JournalJson.ReadState(_types[twin.Kind].StateType, json);
    }

    private static RecordedEvent Event(sqlite3_stmt row)
    {
        ReadOnlySpan<byte> command = sqlite3_column_blob(row, 5);
        return new RecordedEvent(
            sqlite3_column_int64(row, 0),
            TwinId.FromValue(sqlite3_column_int64(row, 1)),
            sqlite3_column_int(row, 2),
            sqlite3_column_int64(row, 3),
            DateTimeOffset.FromUnixTimeMilliseconds(sqlite3_column_int64(row, 4)),
            command.Length == 16 ? new CommandId(BinaryPrimitives.ReadUInt128BigEndian(command)) : default,
            (TwinEvent)JournalJson.Read(Intern(sqlite3_column_blob(row, 6)), sqlite3_column_blob(row, 7)));
    }

    // The names of types are few and read for every event: they are looked up by their bytes instead of being made anew.
    private static string Intern(ReadOnlySpan<byte> name)
    {
        string[] known = NamesByLength.GetOrAdd(name.Length, static length =>
            [.. JournalJson.EventTypes.Select(t => t.Name).Where(n => n.Length == length)]);
        foreach (string candidate in known)
        {
            if (Ascii.Equals(name, candidate))
            {
                return candidate;
            }
        }
        return Encoding.UTF8.GetString(name);
    }
}
