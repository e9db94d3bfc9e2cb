using CityTwin.Grains;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Journal.Sqlite;

/// <summary>A journal in one SQLite file: WAL, <c>synchronous=FULL</c>, one writer.</summary>
/// <remarks>
/// One writer is ensured by a lock on the file <c>&lt;journal&gt;.lock</c>, which the operating system gives up when the process
/// ends, however it ends; and by the positions, which are the primary key: a second writer's insert would collide.
/// </remarks>
public sealed class SqliteJournal : IJournal
{
    private const int ReadChunk = 4_096;
    private const int SmallRead = 256;
    private const int ChunksAhead = 3;
    private readonly string _path;
    private readonly FileStream _lock;
    private readonly SqliteWriter _writer;
    private readonly SqliteReaderPool _readers;
    private long _position;
    private long _lastAtMs;

    private SqliteJournal(string path, FileStream fileLock, TwinTypes types)
    {
        _path = path;
        _lock = fileLock;
        _readers = new SqliteReaderPool(path, types);
        _writer = new SqliteWriter(path, _readers.Ring);
        _position = _readers.Use(r => r.Scalar("SELECT max(position) FROM events"));
        _lastAtMs = _readers.Use(r => r.Scalar($"SELECT at FROM events WHERE position={_position}"));
    }

    /// <inheritdoc/>
    public long Position => Volatile.Read(ref _position);

    /// <inheritdoc/>
    public DateTimeOffset LastAt => DateTimeOffset.FromUnixTimeMilliseconds(Volatile.Read(ref _lastAtMs));

    /// <inheritdoc/>
    public long SizeBytes => new[] { _path, _path + "-wal" }.Sum(p => new FileInfo(p) is { Exists: true } f ? f.Length : 0);

    /// <summary>Opens or creates a journal.</summary>
    /// <exception cref="JournalException">Another process has it open, it is not a journal, or the disk refuses.</exception>
    public static SqliteJournal Open(string path, TwinTypes types)
    {
        string full = Path.GetFullPath(path);
        FileStream? fileLock = null;
        try
        {
            MakeFolder(full);
            fileLock = new FileStream(full + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return new SqliteJournal(full, fileLock, types);
        }
        catch (IOException e) when (fileLock is null)
        {
            throw new JournalException($"the journal '{full}' is in use by another process: one city has one writer. Stop that process, or choose another file with --journal", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new JournalException($"the journal '{full}' cannot be written: {e.Message}", e);
        }
        catch (JournalException e)
        {
            fileLock?.Dispose();
            throw new JournalException($"the journal '{full}' cannot be used: {e.Message}", e);
        }
        catch
        {
            fileLock?.Dispose();
            throw;
        }
    }

    private static void MakeFolder(string journal)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(journal)!);
        }
        catch (IOException e)
        {
            throw new JournalException($"there can be no folder for it: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Append(CommitBatch batch)
    {
        _writer.Write(batch);
        if (batch.Events.Count > 0)
        {
            Volatile.Write(ref _lastAtMs, batch.Events[^1].At.ToUnixTimeMilliseconds());
            Volatile.Write(ref _position, batch.Events[^1].Position);
        }
    }

    /// <inheritdoc/>
    public TwinSnapshot? ReadSnapshot(TwinId twin) => _readers.Use(r => r.ReadSnapshot(twin));

    /// <inheritdoc/>
    public IReadOnlyList<RecordedEvent> ReadHistory(long head, int afterVersion) => _readers.Use(r =>
    {
        List<RecordedEvent> history = [];
        for (long position = head; position != 0;)
        {
            RecordedEvent recorded = r.ReadEvent(position);
            if (recorded.Version <= afterVersion)
            {
                break;
            }
            history.Add(recorded);
            position = recorded.Previous;
        }
        history.Reverse();
        return history;
    });

    /// <inheritdoc/>
    public IEnumerable<RecordedEvent> ReadForward(long after, long upTo)
    {
        // Chunks are read and parsed ahead of the caller, which is busy with the ones before: a restart uses both.
        Queue<Task<List<RecordedEvent>>> ahead = new();
        while (after < upTo || ahead.Count > 0)
        {
            while (after < upTo && ahead.Count < ChunksAhead)
            {
                (long first, long last) = (after, Math.Min(upTo, after + ReadChunk));
                ahead.Enqueue(upTo - after <= SmallRead ? Task.FromResult(ReadRange(first, last)) : Task.Run(() => ReadRange(first, last)));
                after = last;
            }
            foreach (RecordedEvent recorded in ahead.Dequeue().GetAwaiter().GetResult())
            {
                yield return recorded;
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<OutboxEntry> ReadOutbox() => _readers.Use(r => r.ReadOutbox());

    /// <inheritdoc/>
    public Checkpoint? ReadCheckpoint() => _readers.Use(r => r.ReadCheckpoint());

    /// <inheritdoc/>
    public TwinSnapshot? ReadPastSnapshot(TwinId twin, long position) => _readers.Use(r => r.ReadPastSnapshot(twin, position));

    /// <inheritdoc/>
    public long PastHeadAfter(TwinId twin, long position) => _readers.Use(r => r.PastHeadAfter(twin, position));

    /// <inheritdoc/>
    public PastView? ReadPastView(string name, long position) => _readers.Use(r => r.ReadPastView(name, position));

    /// <inheritdoc/>
    public TwinId ReadHighestTimeOrderedCase()
    {
        long first = TwinId.Case(0).Value;
        return TwinId.FromValue(_readers.Use(r => r.Scalar(
            $"SELECT max(twin) FROM snapshots WHERE twin>={first} AND twin<{first + TwinId.TimeOrderedEnd}")));
    }

    /// <inheritdoc/>
    public long PositionAt(DateTimeOffset at) => _readers.Use(r =>
    {
        // Moments never go back from one position to the next: a binary search, without an index.
        long ms = at.ToUnixTimeMilliseconds(), low = 0, high = Position;
        while (low < high)
        {
            long middle = low + ((high - low + 1) / 2);
            if (r.Scalar($"SELECT at FROM events WHERE position={middle}") <= ms)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }
        return low;
    });

    private List<RecordedEvent> ReadRange(long after, long upTo) => _readers.Use(r =>
    {
        List<RecordedEvent> chunk = new((int)(upTo - after));
        r.ReadRange(after, upTo, chunk);
        return chunk;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _readers.Dispose();
        try
        {
            _writer.Truncate();
        }
        catch (JournalException)
        {
            // The log stays beside the file, and the next opening reads it: nothing is lost.
        }
        _writer.Dispose();
        _lock.Dispose();
    }
}
