using System.Buffers;
using System.Collections.Concurrent;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Embedded;

/// <summary>Feeds the views what became durable, in order, on a thread of its own. Bounded: when views fall behind, commits wait.</summary>
internal sealed class ViewFeed : IDisposable
{
    private const int BatchesMax = 64;

    private readonly IReadOnlyList<FedView> _views;
    private readonly BlockingCollection<SealedBatch> _batches = new(BatchesMax);
    private readonly Action _checkpointReady;
    private readonly Action<Exception> _failed;
    private readonly long _pastEvery;
    // A large form is kept more rarely, so that keeping it costs each event so many bytes (before packing) at most, about.
    private const int PastBytesAnEvent = 200;

    private readonly Action<PastView> _keep;
    private Thread? _thread;
    private long _pastPosition;
    private long _pastBytes;
    private long _position;
    private volatile bool _hasFailed;

    /// <summary>A feed of some views.</summary>
    /// <param name="views">The views.</param>
    /// <param name="pastEvery">Events between two forms of each view that are kept for reading the past; 0: none are kept.</param>
    /// <param name="keep">Takes the forms to be kept.</param>
    /// <param name="checkpointReady">Called when the views of a checkpoint are saved, and when there is a form to keep.</param>
    /// <param name="failed">Called when a view throws: the feed has stopped then.</param>
    public ViewFeed(IReadOnlyList<FedView> views, long pastEvery, Action<PastView> keep, Action checkpointReady, Action<Exception> failed)
    {
        _views = views;
        _pastEvery = pastEvery;
        _keep = keep;
        _checkpointReady = checkpointReady;
        _failed = failed;
    }

    /// <summary>The position that all views have taken in.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Whether a view threw: nothing is fed any more, and no checkpoint can be completed.</summary>
    public bool HasFailed => _hasFailed;

    /// <summary>Whether one more batch would have to wait.</summary>
    public bool IsFull => _batches.Count >= BatchesMax;

    /// <summary>Brings the views to a checkpoint's position: new ones from their saved forms or else from zero, others from where they stand.</summary>
    public void Load(Checkpoint? checkpoint, IJournal journal)
    {
        if (checkpoint is null)
        {
            return;
        }
        foreach (FedView view in _views)
        {
            view.Load(checkpoint);
        }
        long lowest = _views.Count == 0 ? checkpoint.Position : _views.Min(v => v.Position);
        foreach (RecordedEvent recorded in journal.ReadForward(lowest, checkpoint.Position))
        {
            Replay(recorded);
        }
        _position = checkpoint.Position;
    }

    /// <summary>Feeds one event directly, while the thread does not run: for recovery.</summary>
    public void Replay(RecordedEvent recorded)
    {
        foreach (FedView view in _views)
        {
            view.Apply(recorded);
        }
        _position = recorded.Position;
    }

    /// <summary>Tells watchers where the views stand.</summary>
    public void Begin(DateTimeOffset at) => Flush(at);

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "city views" };
        _thread.Start();
    }

    /// <summary>Hands over a durable batch; waits while too many wait.</summary>
    public void Post(SealedBatch batch)
    {
        try
        {
            _batches.Add(batch);
        }
        catch (InvalidOperationException) when (_batches.IsAddingCompleted)
        {
            // The views have failed, which was reported, and the runtime is stopping: what is durable stays durable.
        }
    }

    /// <summary>Takes in one batch if one waits; what the thread does, for whoever has no thread.</summary>
    public bool TryStep() => !_hasFailed && _batches.TryTake(out SealedBatch? batch) && TakeGuarded(batch);

    /// <summary>Waits until everything handed over is taken in.</summary>
    public void Drain()
    {
        _batches.CompleteAdding();
        _thread?.Join();
    }

    /// <inheritdoc/>
    public void Dispose() => _batches.Dispose();

    private void Run()
    {
        foreach (SealedBatch batch in _batches.GetConsumingEnumerable())
        {
            if (!TakeGuarded(batch))
            {
                return;
            }
        }
    }

    private bool TakeGuarded(SealedBatch batch)
    {
        try
        {
            Take(batch);
            return true;
        }
#pragma warning disable CA1031 // A view that throws stops the process's readiness, with its reason; see the caller.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _hasFailed = true;
            _batches.CompleteAdding();
            _failed(e);
            return false;
        }
    }

    private void Take(SealedBatch batch)
    {
        foreach (RecordedEvent recorded in batch.Commit.Events)
        {
            foreach (FedView view in _views)
            {
                view.Apply(recorded);
            }
        }
        if (batch.Commit.Events is { Count: > 0 } events)
        {
            long before = _position;
            Volatile.Write(ref _position, events[^1].Position);
            Flush(events[^1].At);
            KeepPast(before);
        }
        if (batch.SaveViewsFor is { } plan)
        {
            plan.SetViews(_views.ToDictionary(v => v.View.Name, v => Save(v.View)));
            _checkpointReady();
        }
        batch.Afterwards?.Invoke();
    }

    private void KeepPast(long before)
    {
        if (_pastEvery > 0 && before / _pastEvery != _position / _pastEvery && _position - _pastPosition >= _pastBytes / PastBytesAnEvent)
        {
            (_pastPosition, _pastBytes) = (_position, 0);
            foreach (FedView view in _views)
            {
                byte[] saved = Save(view.View);
                _pastBytes += saved.Length;
                _keep(new PastView(_position, view.View.Name, PastViews.Pack(saved)));
            }
            _checkpointReady();
        }
    }

    private void Flush(DateTimeOffset at)
    {
        foreach (FedView view in _views)
        {
            view.View.Flush(_position, at);
        }
    }

    private static byte[] Save(IView view)
    {
        ArrayBufferWriter<byte> output = new();
        view.Save(output);
        return output.WrittenSpan.ToArray();
    }
}
