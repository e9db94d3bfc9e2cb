using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Embedded;

/// <summary>One run of a city over an open journal, from its recovery to its end or its failure: everything but the threads.</summary>
internal sealed class CityRun : IDisposable
{
    private readonly CityParts _parts;
    private readonly IJournal _journal;
    private readonly TurnEngine _engine;

    private CityRun(CityParts parts, IJournal journal, TurnEngine engine, ViewFeed feed)
    {
        _parts = parts;
        _journal = journal;
        _engine = engine;
        Feed = feed;
        Committer = new Committer(journal, feed, parts.Statistics, parts.Ingress.Signal, parts.Seams);
        Pump = new TurnPump(engine, parts.Ingress, Committer, parts.Runtime.Clock, Observe);
    }

    /// <summary>Executes the turns.</summary>
    public TurnPump Pump { get; }

    /// <summary>Makes them durable.</summary>
    public Committer Committer { get; }

    /// <summary>Shows them.</summary>
    public ViewFeed Feed { get; }

    /// <summary>Takes up a city, and its views, where the journal ends.</summary>
    /// <param name="parts">What stays from run to run.</param>
    /// <param name="journal">The journal, newly opened.</param>
    /// <param name="viewFailed">Called when a view throws.</param>
    public static CityRun Recover(CityParts parts, IJournal journal, Action<Exception> viewFailed)
    {
        CityRun run = AtCheckpoint(parts, journal, viewFailed);
        try
        {
            run._engine.Follow(run.Feed.Replay);
            run._engine.TakeUp();
            parts.Runtime.SetRules(run._engine.Rules);
            return run;
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>Takes up a city, and its views, where the last checkpoint ends: for following a journal that another process writes.</summary>
    public static CityRun AtCheckpoint(CityParts parts, IJournal journal, Action<Exception> viewFailed)
    {
        TurnEngine engine = parts.MakeEngine(parts, journal);
        ViewFeed feed = new(parts.Views, parts.Options.PastViewEvery, engine.PastViews.Enqueue, parts.Ingress.Signal, viewFailed);
        try
        {
            Checkpoint? checkpoint = journal.ReadCheckpoint();
            feed.Load(checkpoint, journal);
            engine.Begin(checkpoint);
            return new CityRun(parts, journal, engine, feed);
        }
        catch
        {
            feed.Dispose();
            throw;
        }
    }

    /// <summary>Stands by: follows the journal, until its writer ends.</summary>
    public StandbyWatch Watch(PostgresJournal journal, ManualResetEventSlim stop) => new(journal, _engine, Feed, _parts, stop);

    /// <summary>Begins to take commands.</summary>
    public void Begin()
    {
        _parts.Runtime.Clock.MoveTo(_engine.Now);
        Feed.Begin(_engine.Now);
        _parts.Runtime.SetState(_journal, ready: true);
    }

    /// <summary>Takes no more commands; reads go on as long as the journal is open.</summary>
    public void Close() => _parts.Runtime.SetState(_journal, ready: false);

    /// <summary>Tells everybody who still waits to come back. The pump and the committer must have ended.</summary>
    public void AnswerRest()
    {
        foreach (Request request in _parts.Ingress.Take(TimeSpan.Zero))
        {
            request.Sink.Complete(request.Index, Reply.Unavailable);
        }
        Committer.GiveUp(_engine.Seal(checkpoint: false));
    }

    /// <summary>Lets go of the journal: reads are refused from now on.</summary>
    public void End() => _parts.Runtime.SetState(null, ready: false);

    /// <inheritdoc/>
    public void Dispose() => Feed.Dispose();

    private void Observe(TurnEngine engine)
    {
        _parts.Statistics.Observe(engine);
        if (!ReferenceEquals(engine.Rules, _parts.Runtime.Rules))
        {
            _parts.Runtime.SetRules(engine.Rules);
        }
        foreach ((TwinId twin, Exception reason) in engine.Counters.Faults)
        {
            _parts.Statistics.Stop(twin, reason);
            RuntimeLog.TwinStopped(_parts.Logger, reason, twin);
        }
        engine.Counters.Faults.Clear();
    }
}
