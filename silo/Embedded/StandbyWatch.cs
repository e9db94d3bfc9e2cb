using System.Diagnostics;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Embedded;

/// <summary>Follows a journal that another process writes, answers readings from what it has seen, and takes over when that process ends.</summary>
/// <remarks>Runs on the turn thread, before there is a turn loop. The engine is warm: taking over is reading the last few events.</remarks>
internal sealed class StandbyWatch(PostgresJournal journal, TurnEngine engine, ViewFeed feed, CityParts parts, ManualResetEventSlim stop)
{
    /// <summary>It tries so often to take the lease.</summary>
    public static readonly TimeSpan TryEvery = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    private long _checkpoint = journal.CheckpointPosition;
    private long _lookedAt = Stopwatch.GetTimestamp();
    private long _triedAt;
    private long _behind;

    /// <summary>Events that are in the journal and not taken in yet, as of the last look.</summary>
    public long EventsBehind => Volatile.Read(ref _behind);

    /// <summary>From the former writer's last sign of life until this process was ready to write, once it is.</summary>
    public TimeSpan TakeoverTime { get; private set; }

    /// <summary>How long ago everything was taken in.</summary>
    public TimeSpan Behind => Stopwatch.GetElapsedTime(Volatile.Read(ref _lookedAt));

    /// <summary>Waits for the lease; false when stopped before.</summary>
    /// <exception cref="JournalException">The database went away.</exception>
    public bool Run()
    {
        while (!stop.IsSet)
        {
            Look();
            if (Stopwatch.GetElapsedTime(_triedAt) >= TryEvery && TryTakeOver())
            {
                return true;
            }
            Answer(parts.Ingress.Take(LookEvery));
        }
        return false;
    }

    /// <summary>Catches up and takes the lease if it is free; then turns can be executed.</summary>
    public bool TryTakeOver()
    {
        Look();
        _triedAt = Stopwatch.GetTimestamp();
        if (!journal.TryTakeLease(TimeSpan.Zero, out _))
        {
            return false;
        }
        long taken = Stopwatch.GetTimestamp();
        Look();
        engine.TakeUp();
        TimeSpan silence = journal.Lease!.SinceSignOfLife;
        TakeoverTime = silence == TimeSpan.MaxValue ? silence : silence + Stopwatch.GetElapsedTime(taken);
        return true;
    }

    private void Look()
    {
        long end = journal.IsWriter ? journal.Position : journal.Refresh();
        if (end > engine.Position)
        {
            Volatile.Write(ref _behind, end - engine.Position);
            engine.Follow(feed.Replay);
            engine.RefreshRules();
            parts.Runtime.SetRules(engine.Rules);
            parts.Runtime.Clock.MoveTo(engine.Now);
            feed.Begin(engine.Now);
        }
        Volatile.Write(ref _behind, 0);
        Volatile.Write(ref _lookedAt, Stopwatch.GetTimestamp());
        long checkpoint = journal.CheckpointPosition;
        if (checkpoint > _checkpoint && checkpoint <= engine.Position && journal.ReadCheckpoint() is { } completed)
        {
            _checkpoint = checkpoint;
            engine.Rebase(completed);
        }
    }

    private void Answer(List<Request> requests)
    {
        foreach (Request request in requests)
        {
            if (request.Command is not null)
            {
                request.Sink.Complete(request.Index, Reply.Unavailable);
                continue;
            }
            TwinReading reading = engine.Read(request.Target, out Exception? fault);
            request.Sink.Complete(request.Index, fault is null
                ? new Reply(ReplyStatus.Unchanged, Grains.Refusal.None, reading.Position, reading.Version, [], reading.State)
                : Reply.Faulted);
        }
    }
}
