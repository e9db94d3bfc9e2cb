using System.Diagnostics;
using System.Runtime.InteropServices;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Embedded;

/// <summary>Makes batches durable on a thread of its own, then gives their replies and feeds the views.</summary>
/// <remarks>
/// At most one batch waits while another is written: meanwhile the turn thread fills the next one, which is group commit. The thread does
/// nothing but <see cref="TryTake"/> and <see cref="Write"/> in turns, so that a fault simulator can do the same without one.
/// </remarks>
internal sealed class Committer(IJournal journal, ViewFeed views, RuntimeStatistics statistics, Action changed, RunSeams seams)
{
    private readonly object _gate = new();
    private SealedBatch? _waiting;
    private bool _writing;
    private bool _stopping;
    private Thread? _thread;
    private long _durableBatch;

    /// <summary>The number of the last durable batch.</summary>
    public long DurableBatch => Volatile.Read(ref _durableBatch);

    /// <summary>Why the journal could not be written; null while all is well.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Whether nothing more can become durable, or nothing that is durable can be shown.</summary>
    public bool HasFailed => Failure is not null || views.HasFailed;

    /// <summary>Whether nothing waits and nothing is being written.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
            {
                return _waiting is null && !_writing;
            }
        }
    }

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "city committer" };
        _thread.Start();
    }

    /// <summary>Hands over a batch; waits while another one waits.</summary>
    public void Post(SealedBatch batch)
    {
        lock (_gate)
        {
            while (_waiting is not null && Failure is null)
            {
                seams.Wait(_gate);
            }
            if (Failure is null)
            {
                _waiting = batch;
                Monitor.PulseAll(_gate);
                return;
            }
        }
        GiveUp(batch);
    }

    /// <summary>Writes what waits, then ends.</summary>
    public void Stop()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }
        _thread?.Join();
    }

    /// <summary>Takes the batch that waits, if there is one; <see cref="Write"/> must follow.</summary>
    public SealedBatch? TryTake()
    {
        lock (_gate)
        {
            SealedBatch? batch = _waiting;
            _waiting = null;
            _writing = batch is not null;
            Monitor.PulseAll(_gate);
            return batch;
        }
    }

    /// <summary>Makes a batch durable and gives its replies; false when that failed, which everybody in flight has been told then.</summary>
    public bool Write(SealedBatch batch)
    {
        try
        {
            Commit(batch);
        }
#pragma warning disable CA1031 // Any failure of the journal has one answer: everybody in flight is told, and the runtime recovers.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fail(batch, e);
            return false;
        }
        lock (_gate)
        {
            _writing = false;
        }

        // Only now: whoever is woken by this asks whether the committer is idle.
        changed();
        return true;
    }

    /// <summary>Gives the replies of a batch that is durable.</summary>
    public void Release(SealedBatch batch)
    {
        foreach (ref readonly PendingReply reply in CollectionsMarshal.AsSpan(batch.Replies))
        {
            Give(reply);
        }
    }

    /// <summary>Tells everybody who waits for a batch that it cannot be made durable now.</summary>
    public static void GiveUp(SealedBatch batch)
    {
        foreach (PendingReply reply in batch.Replies)
        {
            reply.Sink.Complete(reply.Index, Reply.Unavailable);
        }
    }

    private void Run()
    {
        while (Next() is { } batch && Write(batch))
        {
        }
    }

    private SealedBatch? Next()
    {
        lock (_gate)
        {
            while (_waiting is null && !_stopping)
            {
                Monitor.Wait(_gate);
            }
            return TryTake();
        }
    }

    private void Commit(SealedBatch batch)
    {
        if (!batch.Commit.IsEmpty)
        {
            long began = Stopwatch.GetTimestamp();
            journal.Append(batch.Commit);
            statistics.Committed(batch.Commit.Events.Count, Stopwatch.GetElapsedTime(began));
        }
        Volatile.Write(ref _durableBatch, batch.Commit.Number);
        Release(batch);
        views.Post(batch);
    }

    private void Give(in PendingReply pending)
    {
        if (pending.Events is not null)
        {
            pending.Sink.Complete(pending.Index, Make(pending, pending.Events));
            return;
        }

        // A repeated command: its events are in the journal. Read elsewhere, so that the next commit need not wait.
        PendingReply repeated = pending;
        _ = seams.Run(() =>
        {
            repeated.Sink.Complete(repeated.Index, Recall(repeated));
            return true;
        });
    }

    private Reply Recall(in PendingReply repeated)
    {
        try
        {
            long last = repeated.Position;
            return Make(repeated, [.. journal.ReadForward(last - repeated.RepeatedCount, last).Select(r => r.Event)]);
        }
        catch (Exception e) when (e is JournalException or ObjectDisposedException)
        {
            return Reply.Unavailable;
        }
    }

    private static Reply Make(in PendingReply pending, TwinEvent[] events) =>
        new(pending.Status, pending.Refusal, pending.Position, pending.Version, events, pending.State) { Repeated = pending.Repeated };

    private void Fail(SealedBatch batch, Exception reason)
    {
        SealedBatch? waiting;
        lock (_gate)
        {
            Failure = reason;
            waiting = _waiting;
            _waiting = null;
            _writing = false;
            Monitor.PulseAll(_gate);
        }
        GiveUp(batch);
        if (waiting is not null)
        {
            GiveUp(waiting);
        }
        changed();
    }
}
