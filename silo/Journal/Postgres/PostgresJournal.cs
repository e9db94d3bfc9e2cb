using CityTwin.Grains;
using CityTwin.Silo.Turns;
using Npgsql;

namespace CityTwin.Silo.Journal.Postgres;

/// <summary>A journal in a schema of a PostgreSQL database: one transaction for each batch, one writer by a lease with an epoch.</summary>
/// <remarks>Durable by the server's own settings: with <c>fsync</c> and <c>synchronous_commit</c> on, as they are by default, on its disk.</remarks>
public sealed class PostgresJournal : IJournal
{
    private const int ReadChunk = 4_096;
    private const int ChunksAhead = 2;

    // A batch of a thousand events goes out in one or two writes.
    private const int WriteBufferBytes = 256 * 1024;

    private static readonly TimeSpan PatienceToOpen = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _session;
    private readonly PostgresReader _reader;
    private WriterLease? _lease;
    private readonly Lock _refreshing = new();
    private PostgresWriter? _writer;
    private long _position;
    private long _lastAtTicks;

    private PostgresJournal(NpgsqlConnectionStringBuilder address, TwinTypes types)
    {
        _source = NpgsqlDataSource.Create(address);
        // The session of the lease is never pooled: when it ends, or is cut, the server gives up its lock.
        _session = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(address.ConnectionString) { Pooling = false, KeepAlive = 5, WriteBufferSize = WriteBufferBytes }.ConnectionString);
        _reader = new PostgresReader(_source, types);
    }

    /// <inheritdoc/>
    public long Position => Volatile.Read(ref _position);

    /// <inheritdoc/>
    public DateTimeOffset LastAt => new(Volatile.Read(ref _lastAtTicks), TimeSpan.Zero);

    /// <inheritdoc/>
    public long SizeBytes => _reader.Number(
        "SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r'");

    /// <summary>Whether this process may write.</summary>
    public bool IsWriter => _writer is not null;

    /// <summary>The position of the latest checkpoint; 0 when there is none.</summary>
    internal long CheckpointPosition => _reader.ReadCheckpointPosition();

    /// <summary>The citizens' keys.</summary>
    internal Personal.KeyRing Ring => _reader.Ring;

    /// <summary>Where connections for reading come from.</summary>
    internal NpgsqlDataSource Source => _source;

    /// <summary>The lease; null for a journal that only reads.</summary>
    internal WriterLease? Lease => _lease;

    /// <summary>Opens or creates a journal, for writing.</summary>
    /// <exception cref="JournalException">Another process has it, it is something else, or the server does not answer.</exception>
    public static PostgresJournal Open(string address, TwinTypes types)
    {
        PostgresJournal journal = OpenToRead(address, types);
        try
        {
            return journal.TryTakeLease(PatienceToOpen, out string holder)
                ? journal
                : throw new JournalException(
                    $"the journal is in use by another process ({holder}): one city has one writer. Stop that process, start this one with --standby, or choose another journal with --journal");
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Opens or creates a journal without the right to write, as one that stands by does.</summary>
    /// <exception cref="JournalException">It is something else, or the server does not answer.</exception>
    public static PostgresJournal OpenToRead(string address, TwinTypes types)
    {
        PostgresJournal journal = new(PostgresAddress.Parse(address), types);
        try
        {
            Guarded(() =>
            {
                journal._session.Open();
                PostgresSchema.Ensure(journal._session);
            });
            journal.Refresh();
            return journal;
        }
        catch
        {
            journal.Dispose();
            throw;
        }
    }

    /// <summary>Takes the right to write, if it is free; then every event that was ever committed is behind <see cref="Position"/>.</summary>
    public bool TryTakeLease(TimeSpan patience, out string holder)
    {
        string by = "";
        Guarded(() => _lease = WriterLease.TryTake(_session, _source, patience, out by));
        holder = by;
        if (_lease is null)
        {
            return false;
        }
        // As it stands, even where it ends earlier than was seen: a server that was restored may have less.
        (long position, DateTimeOffset at) = _reader.ReadEnd();
        Volatile.Write(ref _lastAtTicks, at.UtcTicks);
        Volatile.Write(ref _position, position);
        _writer = new PostgresWriter(_session, _lease, _reader.Ring);
        return true;
    }

    /// <summary>Looks how far another process has written; returns <see cref="Position"/>.</summary>
    public long Refresh()
    {
        (long position, DateTimeOffset at) = _reader.ReadEnd();
        Refresh(position, at);
        return position;
    }

    /// <summary>Says how far another writer of this process has written.</summary>
    internal void Refresh(long position, DateTimeOffset at)
    {
        lock (_refreshing)
        {
            if (position > Position)
            {
                Volatile.Write(ref _lastAtTicks, at.UtcTicks);
                Volatile.Write(ref _position, position);
            }
        }
    }

    /// <inheritdoc/>
    public void Append(CommitBatch batch)
    {
        PostgresWriter writer = _writer ?? throw new JournalException("this process only reads the journal");
        Guarded(() => writer.Write(batch));
        if (batch.Events.Count > 0)
        {
            Volatile.Write(ref _lastAtTicks, batch.Events[^1].At.UtcTicks);
            Volatile.Write(ref _position, batch.Events[^1].Position);
        }
    }

    /// <inheritdoc/>
    public TwinSnapshot? ReadSnapshot(TwinId twin) => _reader.ReadSnapshot(twin);

    /// <inheritdoc/>
    public IReadOnlyList<RecordedEvent> ReadHistory(long head, int afterVersion) => head == 0 ? [] : _reader.ReadHistory(head, afterVersion);

    /// <inheritdoc/>
    public IEnumerable<RecordedEvent> ReadForward(long after, long upTo)
    {
        Queue<Task<List<RecordedEvent>>> ahead = new();
        while (after < upTo || ahead.Count > 0)
        {
            while (after < upTo && ahead.Count < ChunksAhead)
            {
                (long first, long last) = (after, Math.Min(upTo, after + ReadChunk));
                ahead.Enqueue(Task.Run(() => _reader.ReadRange(first, last)));
                after = last;
            }
            foreach (RecordedEvent recorded in ahead.Dequeue().GetAwaiter().GetResult())
            {
                yield return recorded;
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<OutboxEntry> ReadOutbox() => _reader.ReadOutbox();

    /// <inheritdoc/>
    public Checkpoint? ReadCheckpoint() => _reader.ReadCheckpoint();

    /// <inheritdoc/>
    public long PositionAt(DateTimeOffset at)
    {
        if (!IsWriter)
        {
            // Another process may have written what its caller was told of, before this one has followed.
            (long position, DateTimeOffset last) = _reader.ReadEnd();
            Refresh(position, last);
        }
        return _reader.PositionAt(at, Position);
    }

    /// <inheritdoc/>
    public TwinId ReadHighestTimeOrderedCase()
    {
        long first = TwinId.Case(0).Value;
        return TwinId.FromValue(_reader.Number("SELECT max(twin) FROM snapshots WHERE twin >= $1 AND twin < $2", first, first + TwinId.TimeOrderedEnd));
    }

    /// <inheritdoc/>
    public TwinSnapshot? ReadPastSnapshot(TwinId twin, long position) => _reader.ReadPastSnapshot(twin, position);

    /// <inheritdoc/>
    public long PastHeadAfter(TwinId twin, long position) => _reader.PastHeadAfter(twin, position);

    /// <inheritdoc/>
    public PastView? ReadPastView(string name, long position) => _reader.ReadPastView(name, position);

    /// <inheritdoc/>
    public void Dispose()
    {
        _lease?.Dispose();
        _writer?.Dispose();
        _session.Dispose();
        _source.Dispose();
    }

    private static void Guarded(Action act)
    {
        try
        {
            act();
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException or IOException or System.Net.Sockets.SocketException or InvalidOperationException)
        {
            throw new JournalException($"the database failed: {e.Message}", e);
        }
    }
}
