using System.Buffers.Binary;
using CityTwin.Grains;
using CityTwin.Silo.Journal.Personal;
using CityTwin.Silo.Turns;
using Npgsql;

namespace CityTwin.Silo.Journal.Postgres;

/// <summary>Reads a journal through pooled connections. Thread-safe; every reading sees whole batches only.</summary>
internal sealed class PostgresReader
{
    /// <summary>The columns of an event, as <see cref="Frame"/> reads them, from a table <c>e</c>.</summary>
    internal const string EventColumns = "e.position, e.twin, e.version, e.previous, e.at, e.command, e.type, e.data";

    private readonly NpgsqlDataSource _source;
    private readonly TwinTypes _types;

    /// <summary>A reader over a source of connections.</summary>
    public PostgresReader(NpgsqlDataSource source, TwinTypes types)
    {
        _source = source;
        _types = types;
        Ring = new KeyRing(LoadKeys);
    }

    /// <summary>The citizens' keys.</summary>
    public KeyRing Ring { get; }

    /// <summary>The last position and its moment; 0 when there is none.</summary>
    public (long Position, DateTimeOffset At) ReadEnd() =>
        Rows("SELECT position, at FROM events ORDER BY position DESC LIMIT 1", [], r => (r.GetInt64(0), Moment(r, 1))).FirstOrDefault();

    /// <summary>The position of the latest checkpoint; 0 when there is none.</summary>
    public long ReadCheckpointPosition() => Rows("SELECT position FROM checkpoints WHERE part = 'deadlines'", [], r => r.GetInt64(0)).FirstOrDefault();

    /// <summary>The events after one position, up to and including another.</summary>
    public List<RecordedEvent> ReadRange(long after, long upTo) =>
        Events($"SELECT {EventColumns} FROM events e WHERE e.position > $1 AND e.position <= $2 ORDER BY e.position", after, upTo);

    /// <summary>A twin's events above a version, up to the one at a position.</summary>
    public List<RecordedEvent> ReadHistory(long head, int afterVersion) => Events($"""
        SELECT {EventColumns} FROM events h JOIN events e ON e.twin = h.twin AND e.version <= h.version AND e.version > $2::integer
        WHERE h.position = $1 ORDER BY e.version
        """, head, afterVersion);

    /// <summary>The latest snapshot of a twin, or null.</summary>
    public TwinSnapshot? ReadSnapshot(TwinId twin) => Rows(
        "SELECT version, position, data, recent, finished FROM snapshots WHERE twin = $1", [twin.Value],
        r => (Version: r.GetInt32(0), Position: r.GetInt64(1), State: r.GetFieldValue<byte[]>(2), Recent: r.GetFieldValue<byte[]>(3), IsFinished: r.GetBoolean(4)))
        .Select(r => new TwinSnapshot(twin, r.Version, r.Position, State(twin, r.State), r.Recent, r.IsFinished)).FirstOrDefault();

    /// <summary>The latest kept state of a twin that is at or before a position, or null.</summary>
    public TwinSnapshot? ReadPastSnapshot(TwinId twin, long position) => Rows(
        "SELECT version, position, data FROM past_snapshots WHERE twin = $1 AND position <= $2 ORDER BY position DESC LIMIT 1", [twin.Value, position],
        r => (Version: r.GetInt32(0), Position: r.GetInt64(1), State: r.GetFieldValue<byte[]>(2)))
        .Select(r => new TwinSnapshot(twin, r.Version, r.Position, State(twin, r.State), [], false)).FirstOrDefault();

    /// <summary>The position of the earliest kept state of a twin after a position; 0: none.</summary>
    public long PastHeadAfter(TwinId twin, long position) => Rows(
        "SELECT position FROM past_snapshots WHERE twin = $1 AND position > $2 ORDER BY position LIMIT 1", [twin.Value, position], r => r.GetInt64(0)).FirstOrDefault();

    /// <summary>The latest kept form of a view that is at or before a position, or null.</summary>
    public PastView? ReadPastView(string name, long position) => Rows(
        "SELECT position, data FROM past_views WHERE name = $1 AND position <= $2 ORDER BY position DESC LIMIT 1", [name, position],
        r => new PastView(r.GetInt64(0), name, r.GetFieldValue<byte[]>(1))).FirstOrDefault();

    /// <summary>Messages sent and not yet delivered.</summary>
    public List<OutboxEntry> ReadOutbox() => Rows("SELECT sequence, target, type, data FROM outbox ORDER BY sequence", [], r => new OutboxEntry(
        r.GetInt64(0), TwinId.FromValue(r.GetInt64(1)), (TwinCommand)JournalJson.Read(r.GetString(2), r.GetFieldValue<byte[]>(3))));

    /// <summary>The latest checkpoint, or null.</summary>
    public Checkpoint? ReadCheckpoint()
    {
        List<(string Part, long Position, DateTimeOffset At, byte[] Saved)> parts = Rows(
            "SELECT part, position, at, data FROM checkpoints", [], r => (r.GetString(0), r.GetInt64(1), Moment(r, 2), r.GetFieldValue<byte[]>(3)));
        int deadlines = parts.FindIndex(p => p.Part == "deadlines");
        return deadlines < 0 ? null : new Checkpoint(
            parts[deadlines].Position, parts[deadlines].At, parts[deadlines].Saved,
            parts.Where(p => p.Part.StartsWith("view:", StringComparison.Ordinal)).ToDictionary(p => p.Part["view:".Length..], p => p.Saved));
    }

    /// <summary>The one number that a query gives; 0 for none.</summary>
    public long Number(string sql, params object[] values) => Rows(sql, values, r => r.IsDBNull(0) ? 0 : r.GetInt64(0)).FirstOrDefault();

    /// <summary>The highest position whose moment is not after another; moments never go back, so a binary search finds it.</summary>
    public long PositionAt(DateTimeOffset at, long end)
    {
        long low = 0;
        while (low < end)
        {
            long middle = low + ((end - low + 1) / 2);
            if (Number("SELECT count(*) FROM events WHERE position = $1 AND at <= $2", middle, at.UtcDateTime) > 0)
            {
                low = middle;
            }
            else
            {
                end = middle - 1;
            }
        }
        return low;
    }

    private List<RecordedEvent> Events(string sql, long first, long second)
    {
        HashSet<long> subjects = [];
        List<(RecordedEvent Frame, string Type, byte[] Json)> rows = Rows(sql, [first, second], r =>
        {
            byte[] json = r.GetFieldValue<byte[]>(7);
            PersonalTextJson.CollectSubjects(json, subjects);
            return (Frame(r), r.GetString(6), json);
        });
        Ring.Fetch(subjects);
        using PersonalScope scope = new(Ring);
        List<RecordedEvent> events = new(rows.Count);
        foreach ((RecordedEvent frame, string type, byte[] json) in rows)
        {
            events.Add(frame with { Event = (TwinEvent)JournalJson.Read(type, json) });
        }
        return events;
    }

    /// <summary>A row of events without its data.</summary>
    internal static RecordedEvent Frame(NpgsqlDataReader r)
    {
        CommandId command = default;
        if (!r.IsDBNull(5))
        {
            Span<byte> id = stackalloc byte[16];
            r.GetGuid(5).TryWriteBytes(id, bigEndian: true, out _);
            command = new CommandId(BinaryPrimitives.ReadUInt128BigEndian(id));
        }
        return new RecordedEvent(r.GetInt64(0), TwinId.FromValue(r.GetInt64(1)), r.GetInt32(2), r.GetInt64(3), Moment(r, 4), command, null!);
    }

    // May read a key: never while a connection is held, for who holds one and waits for another may wait for ever among equals.
    private TwinState State(TwinId twin, byte[] json)
    {
        using PersonalScope scope = new(Ring);
        return JournalJson.ReadState(_types[twin.Kind].StateType, json);
    }

    private static DateTimeOffset Moment(NpgsqlDataReader r, int column) => new(r.GetDateTime(column), TimeSpan.Zero);

    private Dictionary<long, byte[]> LoadKeys(long[] subjects) =>
        Rows("SELECT subject, key FROM keys WHERE subject = ANY($1)", [subjects], r => (r.GetInt64(0), r.GetFieldValue<byte[]>(1))).ToDictionary();

    private List<T> Rows<T>(string sql, object[] values, Func<NpgsqlDataReader, T> read)
    {
        try
        {
            using NpgsqlCommand command = _source.CreateCommand(sql);
            foreach (object value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }
            using NpgsqlDataReader reader = command.ExecuteReader();
            List<T> rows = [];
            while (reader.Read())
            {
                rows.Add(read(reader));
            }
            return rows;
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException)
        {
            throw new JournalException($"the database cannot be read: {e.Message}", e);
        }
    }
}
