using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Embedded;

/// <summary>What the turn thread does, round by round: executes requests, fires deadlines, hands batches to the committer, ends.</summary>
/// <remarks>No thread and no waiting of its own: <see cref="TurnLoop"/> drives it, or a fault simulator, one round at a time.</remarks>
internal sealed class TurnPump(TurnEngine engine, Ingress ingress, Committer committer, CityClock clock, Action<TurnEngine> observed)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);
    private volatile bool _stopping;
    private bool _finishing;
    private bool _lastCheckpointBegun;
    private int _handled;

    /// <summary>Whether nothing more is to be done: stopped, or failed.</summary>
    public bool IsDone { get; private set; }

    /// <summary>How long the next round may wait for requests: not at all when there is work.</summary>
    public TimeSpan WaitTime
    {
        get
        {
            if (engine.HasMessages || (engine.HasWork && committer.IsIdle) || committer.HasFailed)
            {
                return TimeSpan.Zero;
            }
            TimeSpan? untilDue = engine.NextDeadline is { } due ? clock.RealTimeUntil(due) : null;
            return untilDue is { } wait && wait < LongestWait ? (wait > TimeSpan.Zero ? wait : TimeSpan.Zero) : LongestWait;
        }
    }

    // A clock that was set back does not bring back the time before the last turn.
    private DateTimeOffset Now => clock.Now is { } now && now > engine.Now ? now : engine.Now;

    /// <summary>Lets the rounds finish what waits, write a last checkpoint and end.</summary>
    public void Stop()
    {
        _stopping = true;
        ingress.SetClosed(true);
    }

    /// <summary>One round.</summary>
    /// <param name="requests">What came in since the last one. Each is answered once, whatever happens.</param>
    public void Step(List<Request> requests)
    {
        _handled = 0;
        try
        {
            Round(requests);
        }
        catch
        {
            IsDone = true;
            foreach (Request request in requests.Skip(_handled))
            {
                request.Sink.Complete(request.Index, Reply.Unavailable);
            }
            throw;
        }
    }

    private void Round(List<Request> requests)
    {
        engine.Committed(committer.DurableBatch);
        foreach (Request request in requests)
        {
            Execute(request);
        }
        if (_finishing)
        {
            Finish();
        }
        else
        {
            FireDue(Now);
            if (engine.HasWork && committer.IsIdle)
            {
                HandOver(engine.IsCheckpointDue);
            }
            _finishing = _stopping && requests.Count == 0 && !engine.HasMessages;
        }
        IsDone |= committer.Failure is not null;
        observed(engine);
    }

    private void Execute(in Request request)
    {
        if (request.Command is AdvanceClock advance)
        {
            Deliver();
            clock.MoveTo(advance.To);
            FireDue(advance.To);
            engine.SetTime(advance.To);
            engine.Execute(request with { Command = null });
            _handled++;
        }
        else
        {
            DateTimeOffset now = Now;
            FireDue(now);
            engine.SetTime(now);
            engine.Execute(request);
            _handled++;
            Deliver();
        }
        if (engine.IsBatchFull)
        {
            HandOver(engine.IsCheckpointDue);
        }
    }

    private void FireDue(DateTimeOffset now)
    {
        Deliver();
        while (!engine.FireDue(now))
        {
            HandOver(engine.IsCheckpointDue);
            Deliver();
        }
    }

    private void Deliver()
    {
        while (engine.HasMessages)
        {
            if (engine.IsBatchFull)
            {
                HandOver(engine.IsCheckpointDue);
            }
            engine.DeliverMessages();
        }
    }

    private void HandOver(bool checkpoint) => committer.Post(engine.Seal(checkpoint));

    // A checkpoint under way is completed, then a last one is made, unless nothing happened since; then all that is left is handed over.
    // Without the journal or the views no checkpoint can be completed: a restart replays then.
    private void Finish()
    {
        if (committer.HasFailed)
        {
            if (engine.HasWork)
            {
                HandOver(checkpoint: false);
            }
            IsDone = true;
        }
        else if (!_lastCheckpointBegun && engine.Plan is null)
        {
            _lastCheckpointBegun = true;
            if (!engine.IsCheckpointed)
            {
                HandOver(checkpoint: true);
            }
        }
        else if (engine.HasWork)
        {
            HandOver(checkpoint: false);
        }
        else
        {
            IsDone = engine.Plan is null;
        }
    }
}
