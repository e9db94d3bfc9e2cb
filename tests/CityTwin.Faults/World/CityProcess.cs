using CityTwin.Faults.Audit;
using CityTwin.Faults.Twins;
using CityTwin.Silo;
using CityTwin.Silo.Embedded;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityTwin.Faults.World;

/// <summary>One process that runs the city, from its start to a stop or a crash: what <see cref="EmbeddedCity"/> is, without its threads.</summary>
internal sealed class CityProcess
{
    private readonly World _world;
    private readonly CityParts _parts;
    private IJournal? _journal;
    private SealedBatch? _writing;
    private Task? _founding;
    private bool _viewFailed;

    public CityProcess(World world)
    {
        _world = world;
        Circumstances c = world.Circumstances;
        RunSeams seams = new(_ => world.WhileTurnsWait(), Elsewhere);
        EmbeddedOptions options = c.Options();
        Clock = c.Driven ? CityClock.Driven(Town.Start) : CityClock.Wall(world.Time);
        Ingress ingress = new(options.QueueDepthMax);
        Runtime = new EmbeddedRuntime(Town.Types, Town.Definition.Id, Town.Definition.Rules, Clock, ingress, seams);
        View = new AuditedView(world.Verdict, () => world.Disk.Durable.Count, world.Fate.MayFailView, c.ViewsLoad);
        _parts = new CityParts(
            Town.Types, Town.Definition.Id, Town.Definition.Rules, options, ingress, Runtime, [new FedView(View)], new RuntimeStatistics(), NullLogger.Instance, seams)
        {
            MakeEngine = (parts, journal) => Engine = world.Variant.MakeEngine(parts, journal),
        };
    }

    public EmbeddedRuntime Runtime { get; }

    public CityClock Clock { get; }

    public AuditedView View { get; }

    public TurnEngine? Engine { get; private set; }

    public CityRun? Run { get; private set; }

    public SimulatedContext Context { get; } = new();

    public SimulatedScheduler Elsewhere { get; } = new();

    /// <summary>Whether the process has ended by itself.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Whether callers can reach it.</summary>
    public bool IsFounded => _founding is { IsCompletedSuccessfully: true };

    /// <summary>Whether it was told to stop.</summary>
    public bool IsStopping { get; private set; }

    public bool IsIdle => Run is { } run && IsFounded && _writing is null && run.Committer.IsIdle && _parts.Ingress.Depth == 0 && run.Feed.Position == _world.Disk.Durable.Count
        && Engine is { HasMessages: false, HasWork: false } && Context.Count == 0 && Elsewhere.Count == 0;

    /// <summary>What keeps it busy, for a failure's text.</summary>
    public string Condition =>
        $"run {Run is not null}, founded {IsFounded}, stopping {IsStopping}, ended {HasEnded}, writing {_writing is not null}, idle committer {Run?.Committer.IsIdle}, "
        + $"queue {_parts.Ingress.Depth}, views at {Run?.Feed.Position} of {_world.Disk.Durable.Count}, messages {Engine?.HasMessages}, work {Engine?.HasWork}, "
        + $"continuations {Context.Count}, reads {Elsewhere.Count}, pump done {Run?.Pump.IsDone}, failure {Run?.Committer.Failure?.Message}";

    public bool CanCommit => Run is { } run && (_writing is null ? !run.Committer.IsIdle : !run.Feed.IsFull);

    /// <summary>Opens the journal and recovers; does nothing when that fails, as it may be tried again.</summary>
    public void TryRecover()
    {
        IJournal? journal = null;
        try
        {
            journal = _world.OpenJournal();
            Run = CityRun.Recover(_parts, journal, _ => _viewFailed = true);
            _journal = journal;
            Run.Begin();
            _world.Trace($"recovered at position {journal.Position}, {Engine!.Now:O}");
            if (IsStopping)
            {
                Run.Pump.Stop();
            }
            _founding ??= Founding.EnsureAsync(Runtime, Town.Definition);
        }
        catch (Exception e) when (e is JournalException or InvalidOperationException or SimulatedCrash)
        {
            journal?.Dispose();

            // A view that throws while it is fed for recovery ends the process.
            HasEnded = e is InvalidOperationException;
            _world.Trace($"cannot recover: {e.Message}");
        }
    }

    public void Pump()
    {
        try
        {
            Run!.Pump.Step(_parts.Ingress.Take(TimeSpan.Zero));
        }
        catch (JournalException e)
        {
            _world.Trace($"a turn failed: {e.Message}");
        }
        catch (SimulatedCrash)
        {
            return;
        }
        if (Run!.Pump.IsDone && !_world.Fate.IsDead)
        {
            EndRun();
        }
        if (_founding is { IsFaulted: true })
        {
            _world.Trace($"cannot be founded: {_founding.Exception!.InnerException!.Message}");
            Stop();
        }
    }

    /// <summary>One of the two things that a committer does.</summary>
    public void Commit()
    {
        if (_writing is null)
        {
            _writing = Run!.Committer.TryTake();
            if (_writing is { } taken)
            {
                _world.Variant.Taken(Run.Committer, taken);
            }
            return;
        }
        SealedBatch batch = _writing;
        _writing = null;
        bool written = Run!.Committer.Write(batch);
        _world.Trace($"batch {batch.Commit.Number}: {batch.Commit.Events.Count} events, {batch.Commit.Snapshots.Count} snapshots{(batch.Commit.Checkpoint is { } c ? $", checkpoint at {c.Position}" : "")}{(written ? "" : ", failed")}");
    }

    public void FeedViews()
    {
        Run!.Feed.TryStep();
        if (_viewFailed)
        {
            Stop();
        }
    }

    /// <summary>Does at once whatever waits.</summary>
    public void WorkOff(Random random)
    {
        Pump();
        while (CanCommit)
        {
            Commit();
            FeedViews();
        }
        RunLeftovers(random);
    }

    /// <summary>Runs what still waits beside turns and commits.</summary>
    public void RunLeftovers(Random random)
    {
        while (Elsewhere.Count + Context.Count > 0)
        {
            if (Elsewhere.Count > 0)
            {
                Elsewhere.RunAny(random);
            }
            if (Context.Count > 0)
            {
                Context.RunAny(random);
            }
        }
    }

    public void Stop()
    {
        IsStopping = true;
        Run?.Pump.Stop();
    }

    // As EmbeddedCity ends a run: what waits is written, everybody is answered, the journal is closed.
    private void EndRun()
    {
        CityRun run = Run!;
        run.Close();
        while (_writing is not null || !run.Committer.IsIdle)
        {
            Commit();
            run.Feed.TryStep();
        }
        run.AnswerRest();
        while (run.Feed.TryStep())
        {
        }
        run.Feed.Drain();
        run.End();
        if (!_world.Fate.IsDead)
        {
            _world.Trace(run.Committer.Failure is { } failure ? $"the run ended: {failure.Message}" : "the run ended");
        }
        run.Dispose();
        _journal!.Dispose();
        Run = null;
        HasEnded = IsStopping || _viewFailed;
    }
}
