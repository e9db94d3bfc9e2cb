using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Embedded;

/// <summary>The one thread on which every turn of the city is executed, from the start of a run to its end or its failure.</summary>
internal sealed class TurnLoop(
    TurnEngine engine, Ingress ingress, Committer committer, CityClock clock, RuntimeStatistics statistics, Action<TurnEngine> observed)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(500);
    private volatile bool _stopping;

    /// <summary>Lets the loop finish what waits, write a last checkpoint and end.</summary>
    public void Stop()
    {
        _stopping = true;
        ingress.SetClosed(true);
    }

    /// <summary>Runs until stopped, or until the committer fails.</summary>
    public void Run()
    {
        while (committer.Failure is null)
        {
            List<Request> requests = ingress.Take(WaitTime());
            engine.Committed(committer.DurableBatch);
            foreach (Request request in requests)
            {
                Execute(request);
            }
            FireDue(clock.Now);
            if (engine.HasWork && committer.IsIdle)
            {
                HandOver(engine.IsCheckpointDue);
            }
            Observe();
            if (_stopping && requests.Count == 0 && !engine.HasMessages)
            {
                break;
            }
        }
        if (committer.Failure is null)
        {
            Finish();
        }
    }

    private TimeSpan WaitTime()
    {
        if (engine.HasMessages || (engine.HasWork && committer.IsIdle))
        {
            return TimeSpan.Zero;
        }
        TimeSpan? untilDue = engine.NextDeadline is { } due ? clock.RealTimeUntil(due) : null;
        return untilDue is { } wait && wait < LongestWait ? (wait > TimeSpan.Zero ? wait : TimeSpan.Zero) : LongestWait;
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
        }
        else
        {
            FireDue(clock.Now);
            engine.SetTime(clock.Now);
            engine.Execute(request);
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

    private void Finish()
    {
        if (!engine.IsCheckpointed)
        {
            while (engine.Plan is not null)
            {
                Carry(checkpoint: false);
            }
            Carry(checkpoint: true);
        }
        while ((engine.Plan is not null || engine.HasWork) && committer.Failure is null)
        {
            Carry(checkpoint: false);
        }
    }

    private void Carry(bool checkpoint)
    {
        if (checkpoint || engine.HasWork)
        {
            HandOver(checkpoint);
        }
        else if (committer.Failure is null)
        {
            ingress.Take(LongestWait);
        }
    }

    private void Observe()
    {
        statistics.Turns = engine.Counters.Turns;
        statistics.Messages = engine.Counters.Messages;
        statistics.RefusedMessages = engine.Counters.RefusedMessages;
        statistics.Deadlines = engine.Counters.Deadlines;
        statistics.Repeats = engine.Counters.Repeats;
        statistics.Resident = engine.Resident;
        (statistics.Activations, statistics.Passivations) = (engine.Activations, engine.Passivations);
        observed(engine);
    }
}
