using CityTwin.Cluster.Nodes;
using CityTwin.Grains.Orleans;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using Npgsql;

namespace CityTwin.Cluster.Commits;

/// <summary>The committer of one node: a thread that writes whatever has gathered while it wrote the group before.</summary>
/// <remarks>
/// When the outcome of a commit is not known, because the database went away in its middle, everything in it and behind it fails: the
/// twins concerned are given up and read anew, and callers send again under the same ids. Then it opens a new session by itself.
/// </remarks>
internal sealed class GroupCommitter : IGroupCommitter, IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly CommitterParts _parts;
    private readonly Lock _statisticsGate = new();
    private readonly object _gate = new();
    private readonly Thread _thread;
    private List<TurnEntry> _waiting = [];
    private List<TurnEntry> _spare = [];
    private SharedWriter? _writer;
    private volatile bool _open;
    private bool _stopping;

    /// <summary>A committer over a session that is open.</summary>
    public GroupCommitter(CommitterParts parts)
    {
        _parts = parts;
        _thread = new Thread(Run) { IsBackground = true, Name = "city committer" };
    }

    /// <inheritdoc/>
    public bool IsOpen => _open;

    /// <summary>Entries that wait.</summary>
    public int Depth
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Opens the first session and starts the thread.</summary>
    /// <exception cref="JournalException">A single process writes the journal, or the server does not answer.</exception>
    public void Start()
    {
        _writer = _parts.OpenWriter();
        _open = true;
        _thread.Start();
    }

    /// <inheritdoc/>
    public bool TryPost(TurnEntry entry)
    {
        lock (_gate)
        {
            // Messages are always taken: they are what empties the outbox. Commands wait outside when it is too full.
            if (!_open || (entry.Taken == 0 && (_waiting.Count >= _parts.DepthMax || _parts.Courier.Waiting >= _parts.DepthMax)))
            {
                return false;
            }
            _waiting.Add(entry);
            if (_waiting.Count == 1)
            {
                Monitor.Pulse(_gate);
            }
            return true;
        }
    }

    /// <summary>Ends as a killed process does: nothing that waits is written, and nobody is told. For tests.</summary>
    internal void Abandon()
    {
        lock (_gate)
        {
            (_open, _stopping) = (false, true);
            _waiting.Clear();
            _writer?.Break();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Writes what waits, then ends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }
        if (_thread.IsAlive)
        {
            _thread.Join();
        }
        _open = false;
        _writer?.Dispose();
    }

    private void Run()
    {
        while (Next() is { } group)
        {
            try
            {
                Write(group);
            }
#pragma warning disable CA1031 // Any failure of the journal has one answer: everybody in flight is told, and the node opens a new session.
            catch (Exception e)
#pragma warning restore CA1031
            {
                Fail(group, e);
                Reopen();
            }
        }
        foreach (TurnEntry entry in Close())
        {
            entry.Fail(new TwinMovedException("the node stops"));
        }
    }

    private List<TurnEntry>? Next()
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_stopping)
            {
                Monitor.Wait(_gate);
            }
            if (_waiting.Count == 0)
            {
                return null;
            }
            (_waiting, _spare) = (_spare, _waiting);
            _waiting.Clear();
            return _spare;
        }
    }

    private List<TurnEntry> Close()
    {
        lock (_gate)
        {
            _open = false;
            List<TurnEntry> rest = _waiting;
            _waiting = [];
            return rest;
        }
    }

    private void Write(List<TurnEntry> group)
    {
        for (int from = 0; from < group.Count;)
        {
            int count = CountFor(group, from);
            WriteGroup(group.GetRange(from, count));
            from += count;
        }
    }

    private int CountFor(List<TurnEntry> group, int from)
    {
        int events = 0, count = 0;
        while (from + count < group.Count && events < _parts.BatchEventsMax)
        {
            events += 1 + group[from + count].Events.Length;
            count++;
        }
        return count;
    }

    private void WriteGroup(List<TurnEntry> entries)
    {
        // What follows a turn that failed fails with it.
        FailLost(entries);
        while (entries.Count > 0)
        {
            long began = System.Diagnostics.Stopwatch.GetTimestamp();
            try
            {
                GroupWrite write = _writer!.Write(entries);
                lock (_statisticsGate)
                {
                    _parts.Statistics.Committed(write.Commit.Events.Count, System.Diagnostics.Stopwatch.GetElapsedTime(began));
                }
                _parts.Written(write);
                Release(write);
                return;
            }
            catch (StaleTurnsException e)
            {
                HashSet<long> stale = _writer!.FindStale(entries);
                if (stale.Count == 0)
                {
                    throw new JournalException("a group was refused, and none of its twins is to blame", e);
                }
                foreach (TurnEntry entry in entries.Where(t => stale.Contains(t.Twin.Id.Value)))
                {
                    entry.Fail(new TwinMovedException($"{entry.Twin.Id}: the journal has events that this activation does not know of"));
                }
                FailLost(entries);
            }
        }
    }

    private static void FailLost(List<TurnEntry> entries)
    {
        foreach (TurnEntry entry in entries.Where(e => e.Twin.IsLost))
        {
            entry.Fail(new TwinMovedException($"{entry.Twin.Id}: an earlier turn did not stand"));
        }
        entries.RemoveAll(e => e.Twin.IsLost);
    }

    private void Release(GroupWrite write)
    {
        foreach (TurnEntry entry in write.Entries)
        {
            entry.Complete();
            for (int i = 0; i < entry.Sent.Length; i++)
            {
                Letter letter = new() { Sequence = entry.FirstSequence + i, Command = entry.Sent[i].Command, At = entry.At, Trail = entry.Trails[i] };
                _parts.Courier.Send(entry.Twin.Id, entry.Sent[i].Target, letter);
            }
            _parts.Courier.Trails.Return(entry.Ended);
        }
    }

    private void Fail(List<TurnEntry> group, Exception reason)
    {
        NodeLog.CommitFailed(_parts.Logger, reason, group.Count);
        foreach (TurnEntry entry in group.Concat(Close()).Where(e => !e.Durable.IsCompleted))
        {
            entry.Fail(new TwinMovedException($"the journal could not be written: {reason.Message}"));
        }
    }

    private void Reopen()
    {
        _writer?.Dispose();
        _writer = null;
        _parts.Statistics.Recoveries++;
        for (TimeSpan pause = ShortestPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            lock (_gate)
            {
                if (_stopping)
                {
                    return;
                }
                Monitor.Wait(_gate, pause);
            }
            try
            {
                _writer = _parts.OpenWriter();
                _open = true;
                return;
            }
            catch (Exception e) when (e is JournalException or NpgsqlException)
            {
                NodeLog.CannotReopen(_parts.Logger, e, pause);
            }
        }
    }
}
