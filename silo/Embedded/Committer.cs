using System.Diagnostics;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Embedded;

/// <summary>Makes batches durable on a thread of its own, then gives their replies and feeds the views.</summary>
/// <remarks>At most one batch waits while another is written: meanwhile the turn thread fills the next one, which is group commit.</remarks>
internal sealed class Committer(Func<IJournal> journal, ViewFeed views, RuntimeStatistics statistics, Action changed)
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
                Monitor.Wait(_gate);
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

    private void Run()
    {
        while (Next() is { } batch)
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
                return;
            }
            changed();
        }
    }

    private SealedBatch? Next()
    {
        lock (_gate)
        {
            _writing = false;
            while (_waiting is null && !_stopping)
            {
                Monitor.Wait(_gate);
            }
            SealedBatch? batch = _waiting;
            _waiting = null;
            _writing = batch is not null;
            Monitor.PulseAll(_gate);
            return batch;
        }
    }

    private void Commit(SealedBatch batch)
    {
        if (!batch.Commit.IsEmpty)
        {
            long began = Stopwatch.GetTimestamp();
            journal().Append(batch.Commit);
            statistics.Committed(batch.Commit.Events.Count, Stopwatch.GetElapsedTime(began));
        }
        Volatile.Write(ref _durableBatch, batch.Commit.Number);
        foreach (ref readonly PendingReply reply in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(batch.Replies))
        {
            Give(reply);
        }
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
        ThreadPool.UnsafeQueueUserWorkItem(
            _ =>
            {
                Reply reply;
                try
                {
                    long last = repeated.Position;
                    reply = Make(repeated, [.. journal().ReadForward(last - repeated.RepeatedCount, last).Select(r => r.Event)]);
                }
                catch (Exception e) when (e is JournalException or ObjectDisposedException)
                {
                    reply = Reply.Unavailable;
                }
                repeated.Sink.Complete(repeated.Index, reply);
            },
            null);
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

    /// <summary>Tells everybody who waits for a batch that it cannot be made durable now.</summary>
    public static void GiveUp(SealedBatch batch)
    {
        foreach (PendingReply reply in batch.Replies)
        {
            reply.Sink.Complete(reply.Index, Reply.Unavailable);
        }
    }
}
