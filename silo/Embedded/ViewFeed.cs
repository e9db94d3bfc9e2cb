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

    private readonly IReadOnlyList<IView> _views;
    private readonly BlockingCollection<SealedBatch> _batches = new(BatchesMax);
    private readonly Action _checkpointReady;
    private readonly Action<Exception> _failed;
    private readonly long _pastEvery;
    private Action<PastView>? _keep;
    private Thread? _thread;
    private long _position;

    /// <summary>A feed of some views.</summary>
    /// <param name="views">The views.</param>
    /// <param name="pastEvery">Events between two forms of each view that are kept for reading the past; 0: none are kept.</param>
    /// <param name="checkpointReady">Called when the views of a checkpoint are saved, and when there is a form to keep.</param>
    /// <param name="failed">Called when a view throws: the feed has stopped then.</param>
    public ViewFeed(IReadOnlyList<IView> views, long pastEvery, Action checkpointReady, Action<Exception> failed)
    {
        _pastEvery = pastEvery;
        _views = views;
        _checkpointReady = checkpointReady;
        _failed = failed;
    }

    /// <summary>The position that all views have taken in.</summary>
    public long Position => Volatile.Read(ref _position);

    /// <summary>Brings the views to a checkpoint's position, from their saved forms or else from zero.</summary>
    public void Load(Checkpoint? checkpoint, IJournal journal)
    {
        if (checkpoint is null)
        {
            return;
        }
        IView[] missing = [.. _views.Where(v => !checkpoint.Views.TryGetValue(v.Name, out byte[]? saved) || !v.Load(saved))];
        if (missing.Length > 0)
        {
            foreach (RecordedEvent recorded in journal.ReadForward(0, checkpoint.Position))
            {
                foreach (IView view in missing)
                {
                    view.Apply(recorded);
                }
            }
        }
        _position = checkpoint.Position;
    }

    /// <summary>Takes the views as they stand at a position, after the journal failed, and brings them to a checkpoint's position.</summary>
    public void Resume(long position, long checkpoint, IJournal journal)
    {
        _position = position;
        foreach (RecordedEvent recorded in journal.ReadForward(position, checkpoint))
        {
            Replay(recorded);
        }
    }

    /// <summary>Feeds one event directly, while the thread does not run: for recovery.</summary>
    public void Replay(RecordedEvent recorded)
    {
        if (recorded.Position <= _position)
        {
            return;
        }
        foreach (IView view in _views)
        {
            view.Apply(recorded);
        }
        _position = recorded.Position;
    }

    /// <summary>Tells watchers where the views stand, while the thread does not run.</summary>
    public void Tell(DateTimeOffset at) => Flush(at);

    /// <summary>Tells watchers where the views stand, and starts the thread.</summary>
    /// <param name="at">The moment of the last event.</param>
    /// <param name="keep">Takes forms to be kept for reading the past.</param>
    public void Start(DateTimeOffset at, Action<PastView>? keep = null)
    {
        _keep = keep;
        Flush(at);
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
        try
        {
            foreach (SealedBatch batch in _batches.GetConsumingEnumerable())
            {
                Take(batch);
            }
        }
#pragma warning disable CA1031 // A view that throws stops the process's readiness, with its reason; see the caller.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _batches.CompleteAdding();
            _failed(e);
        }
    }

    private void Take(SealedBatch batch)
    {
        foreach (RecordedEvent recorded in batch.Commit.Events)
        {
            foreach (IView view in _views)
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
            plan.SetViews(_views.ToDictionary(v => v.Name, Save));
            _checkpointReady();
        }
    }

    private void KeepPast(long before)
    {
        if (_pastEvery > 0 && _keep is { } keep && before / _pastEvery != _position / _pastEvery)
        {
            foreach (IView view in _views)
            {
                keep(new PastView(_position, view.Name, PastViews.Pack(Save(view))));
            }
            _checkpointReady();
        }
    }

    private void Flush(DateTimeOffset at)
    {
        foreach (IView view in _views)
        {
            view.Flush(_position, at);
        }
    }

    private static byte[] Save(IView view)
    {
        ArrayBufferWriter<byte> output = new();
        view.Save(output);
        return output.WrittenSpan.ToArray();
    }
}
