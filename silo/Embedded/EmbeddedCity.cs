using CityTwin.Grains;
using CityTwin.Silo.Embedded;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Turns;
using CityTwin.Silo.Views;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo;

/// <summary>A city that lives in this process, over a journal of its own: recovered, founded if it is new, and running.</summary>
/// <remarks>When the journal fails, callers are told at once, and the city recovers by itself from what is durable.</remarks>
public sealed class EmbeddedCity : IAsyncDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly TwinTypes _types;
    private readonly CityDefinition _definition;
    private readonly EmbeddedOptions _options;
    private readonly IReadOnlyList<IView> _views;
    private readonly Func<IJournal> _open;
    private readonly ILogger _logger;
    private readonly Ingress _ingress;
    private readonly EmbeddedRuntime _runtime;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _supervisor;
    private volatile TurnLoop? _loop;
    private volatile ViewFeed? _feed;
    private volatile StandbyWatch? _watch;
    private Task _founding = Task.CompletedTask;
    private long _viewPosition;

    internal EmbeddedCity(
        TwinTypes types, CityDefinition definition, EmbeddedOptions options, CityClock clock, IReadOnlyList<IView> views, Func<IJournal> open, ILogger logger)
    {
        _types = types;
        _definition = definition;
        _options = options;
        _views = views;
        _open = open;
        _logger = logger;
        _ingress = new Ingress(options.QueueDepthMax);
        _runtime = new EmbeddedRuntime(types, definition.Id, definition.Rules, clock, _ingress);
        _supervisor = new Thread(Supervise) { IsBackground = true, Name = "city turns" };
    }

    /// <summary>The seam to send and read through.</summary>
    public ICityRuntime Runtime => _runtime;

    /// <summary>Counters for metrics.</summary>
    public RuntimeStatistics Statistics { get; } = new();

    /// <summary>How far a process that stands by is behind the one that writes; null when this one does not stand by.</summary>
    public StandbyLag? StandbyLag => _watch is { } watch ? new StandbyLag(watch.EventsBehind, watch.Behind) : null;

    /// <summary>Commands that wait.</summary>
    public int QueueDepth => _ingress.Depth;

    /// <summary>The position that the views have taken in.</summary>
    public long ViewPosition => _feed?.Position ?? Volatile.Read(ref _viewPosition);

    /// <summary>The journal, for reading.</summary>
    /// <exception cref="RuntimeUnavailableException">It is not open now.</exception>
    public IJournal Journal => _runtime.Journal;

    /// <summary>The state of a twin as of a journal position: after all events at or before it.</summary>
    /// <exception cref="RuntimeUnavailableException">The runtime is overloaded, recovering or stopping.</exception>
    public ValueTask<TwinReading> ReadAsync(TwinId twin, long position) => _runtime.ReadAsync(twin, position);

    /// <summary>Opens a city over its journal, founding it if the journal is new.</summary>
    /// <exception cref="JournalException">The journal is in use by another process, damaged, or something else.</exception>
    public static async Task<EmbeddedCity> OpenAsync(
        CityDefinition city, EmbeddedOptions options, CityClock clock, IReadOnlyList<IView> views, ILogger logger)
    {
        TwinTypes types = CityTwins.Types;
        EmbeddedCity opened = new(types, city, options, clock, views, () => JournalFactory.Open(options.Journal, types), logger);
        await opened.StartAsync();
        if (opened.StandbyLag is null)
        {
            await opened.FoundAsync();
        }
        return opened;
    }

    /// <summary>Stops taking commands, finishes what waits, writes a checkpoint and closes the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        _stop.Set();
        _loop?.Stop();
        _ingress.Signal();
        await Task.Run(_supervisor.Join);
        await _founding;
        _stop.Dispose();
    }

    internal Task StartAsync()
    {
        _supervisor.Start();
        return _started.Task;
    }

    internal Task FoundAsync() => Founding.EnsureAsync(_runtime, _definition);

    private void Supervise()
    {
        TimeSpan pause = ShortestPause;
        while (!_stop.IsSet)
        {
            try
            {
                RunOnce();
                pause = ShortestPause;
            }
#pragma warning disable CA1031 // Reported, and either thrown to whoever starts the city, or tried again until it is stopped.
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (_started.TrySetException(e))
                {
                    return;
                }
                RuntimeLog.CannotRecover(_logger, e, pause);
                _stop.Wait(pause);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    private void RunOnce()
    {
        using ViewFeed feed = new(_views, _options.PastViewEvery, _ingress.Signal, ViewFailed);
        try
        {
            if (_options.Standby)
            {
                StandByAndRun(feed);
            }
            else
            {
                using IJournal journal = _open();
                RunOver(journal, Recover(journal, feed), feed);
            }
        }
        finally
        {
            _runtime.SetState(null, ready: false);
            (_feed, _watch) = (null, null);
            Volatile.Write(ref _viewPosition, feed.Position);
            foreach (Request request in _ingress.Take(TimeSpan.Zero))
            {
                request.Sink.Complete(request.Index, Reply.Unavailable);
            }
        }
    }

    private void StandByAndRun(ViewFeed feed)
    {
        using PostgresJournal journal = PostgresAddress.Is(_options.Journal)
            ? PostgresJournal.OpenToRead(_options.Journal, _types)
            : throw new JournalException("standing by needs a PostgreSQL journal: an SQLite file has one process");
        TurnEngine engine = NewEngine(journal);
        Checkpoint? checkpoint = LoadViews(journal, feed);
        engine.Begin(checkpoint);
        StandbyWatch watch = new(journal, engine, feed, _ingress, _stop);
        (_watch, _feed) = (watch, feed);
        if (!watch.TryTakeOver())
        {
            _runtime.SetRules(engine.Rules);
            _runtime.Clock.MoveTo(journal.LastAt);
            _runtime.SetStandby(journal);
            _started.TrySetResult();
            if (!watch.Run())
            {
                return;
            }
            _watch = null;
            RuntimeLog.TookOver(_logger, journal.Position);
            _founding = FoundAfterTakeOverAsync();
        }
        _watch = null;
        RunOver(journal, engine, feed);
    }

    private async Task FoundAfterTakeOverAsync()
    {
        try
        {
            await Task.Yield();
            while (!_runtime.IsReady && !_stop.IsSet)
            {
                await Task.Yield();
            }
            await FoundAsync();
        }
        catch (RuntimeUnavailableException e)
        {
            // The journal failed again at once; whoever takes over next finds the city founded or founds it.
            RuntimeLog.JournalFailed(_logger, e);
        }
    }

    private void RunOver(IJournal journal, TurnEngine engine, ViewFeed feed)
    {
        _runtime.SetRules(engine.Rules);
        Committer committer = new(() => journal, feed, Statistics, _ingress.Signal);
        TurnLoop loop = new(engine, _ingress, committer, _runtime.Clock, Statistics, Observe);
        _runtime.Clock.MoveTo(journal.LastAt);
        feed.Start(engine.Now, engine.PastViews.Enqueue);
        (_loop, _feed) = (loop, feed);
        committer.Start();
        _runtime.SetState(journal, ready: true);
        _started.TrySetResult();
        if (_stop.IsSet)
        {
            loop.Stop();
        }
        Exception? failure = RunGuarded(loop);
        _runtime.SetState(journal, ready: false);
        committer.Stop();
        Committer.GiveUp(engine.Seal(checkpoint: false));
        feed.Drain();
        if ((failure ?? committer.Failure) is { } reason)
        {
            Statistics.Recoveries++;
            RuntimeLog.JournalFailed(_logger, reason);
            _stop.Wait(ShortestPause);
        }
    }

    private void ViewFailed(Exception reason)
    {
        RuntimeLog.ViewFailed(_logger, reason);
        _stop.Set();
        _loop?.Stop();
    }

    private static Exception? RunGuarded(TurnLoop loop)
    {
        try
        {
            loop.Run();
            return null;
        }
#pragma warning disable CA1031 // Reading the journal failed in the middle of a turn: answered as a failed commit is.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    private TurnEngine Recover(IJournal journal, ViewFeed feed)
    {
        TurnEngine engine = NewEngine(journal);
        engine.Recover(LoadViews(journal, feed), feed.Replay);
        return engine;
    }

    private TurnEngine NewEngine(IJournal journal) => new(_types, _definition.Rules, _definition.Id, journal, _options.Engine);

    private Checkpoint? LoadViews(IJournal journal, ViewFeed feed)
    {
        Checkpoint? checkpoint = journal.ReadCheckpoint();
        if (_viewPosition == 0)
        {
            feed.Load(checkpoint, journal);
        }
        else
        {
            feed.Resume(_viewPosition, checkpoint?.Position ?? 0, journal);
        }
        return checkpoint;
    }

    private void Observe(TurnEngine engine)
    {
        if (!ReferenceEquals(engine.Rules, _runtime.Rules))
        {
            _runtime.SetRules(engine.Rules);
        }
        foreach ((TwinId twin, Exception reason) in engine.Counters.Faults)
        {
            Statistics.Faults++;
            RuntimeLog.TwinStopped(_logger, reason, twin);
        }
        engine.Counters.Faults.Clear();
    }
}

/// <summary>How far a process that stands by is behind the one that writes.</summary>
/// <param name="Events">Events in the journal that it has not taken in, as of its last look.</param>
/// <param name="Time">How long ago it had taken in everything.</param>
public readonly record struct StandbyLag(long Events, TimeSpan Time);
