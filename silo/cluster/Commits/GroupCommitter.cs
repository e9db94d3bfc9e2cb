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
internal sealed partial class GroupCommitter : IGroupCommitter, IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly CommitterParts _parts;
    private readonly Lock _statisticsGate = new();
    private readonly object _gate = new();
    private readonly Thread _thread;
    private List<TurnEntry> _waiting = [];
    private List<TurnEntry> _spare = [];
    private TaskCompletionSource<Task>? _forgetting;
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

    /// <summary>Has the node forget whom others have forgotten, between two groups.</summary>
    /// <exception cref="TwinMovedException">The journal is away or the node stops: ask again.</exception>
    public async Task ForgetAsync()
    {
        Task<Task> asked;
        lock (_gate)
        {
            if (!_open || _stopping)
            {
                throw new TwinMovedException("the journal cannot be read now");
            }
            asked = (_forgetting ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            Monitor.Pulse(_gate);
        }
        await await asked;
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
                Forget();
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
            while (_waiting.Count == 0 && _forgetting is null && !_stopping)
            {
                Monitor.Wait(_gate);
            }
            if (_waiting.Count == 0 && _forgetting is null)
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
            _forgetting?.SetException(new TwinMovedException("the journal cannot be read now"));
            _forgetting = null;
            return rest;
        }
    }

    private void Forget()
    {
        TaskCompletionSource<Task>? asked;
        lock (_gate)
        {
            (asked, _forgetting) = (_forgetting, null);
        }
        if (asked is null)
        {
            return;
        }
        try
        {
            asked.SetResult(_parts.Memory.CatchUp());
        }
        catch (Exception e)
        {
            asked.SetException(new TwinMovedException("the journal cannot be read now", e));
            throw;
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
