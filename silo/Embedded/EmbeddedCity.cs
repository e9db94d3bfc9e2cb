using System.Collections.Concurrent;
using CityTwin.Grains;
using CityTwin.Silo.Embedded;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Postgres;
using CityTwin.Silo.Operations;
using CityTwin.Silo.Turns;
using CityTwin.Silo.Views;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo;

/// <summary>A city that lives in this process, over a journal of its own: recovered, founded if it is new, and running.</summary>
/// <remarks>When the journal fails, callers are told at once, and the city recovers by itself from what is durable.</remarks>
public sealed class EmbeddedCity : ICityHost
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly CityDefinition _definition;
    private readonly CityParts _parts;
    private readonly Func<IJournal> _open;
    private readonly ILogger _logger;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _supervisor;
    private volatile CityRun? _run;
    private volatile StandbyWatch? _watch;
    private readonly ConcurrentQueue<(TwinId Subject, TaskCompletionSource<bool> Done)> _erasures = new();
    private Task _founding = Task.CompletedTask;
    private long _viewPosition;

    internal EmbeddedCity(
        TwinTypes types, CityDefinition definition, EmbeddedOptions options, CityClock clock, IReadOnlyList<IView> views, Func<IJournal> open, ILogger logger)
    {
        _definition = definition;
        _open = open;
        _logger = logger;
        RunSeams seams = RunSeams.Threads;
        Ingress ingress = new(options.QueueDepthMax);
        EmbeddedRuntime runtime = new(types, definition.Id, definition.Rules, clock, ingress, seams);
        _parts = new CityParts(
            types, definition.Id, definition.Rules, options, ingress, runtime, [.. views.Select(v => new FedView(v))], Statistics, logger, seams);
        _supervisor = new Thread(Supervise) { IsBackground = true, Name = "city turns" };
    }

    /// <inheritdoc/>
    public ICityRuntime Runtime => _parts.Runtime;

    /// <inheritdoc/>
    public RuntimeStatistics Statistics { get; } = new();

    /// <inheritdoc/>
    public StandbyLag? StandbyLag => _watch is { } watch ? new StandbyLag(watch.EventsBehind, watch.Behind) : null;

    /// <inheritdoc/>
    public int QueueDepth => _parts.Ingress.Depth;

    /// <summary>The position that the views have taken in.</summary>
    public long ViewPosition => _run?.Feed.Position ?? Volatile.Read(ref _viewPosition);

    /// <inheritdoc/>
    public IJournal Journal => _parts.Runtime.Journal;

    /// <inheritdoc/>
    public ValueTask<TwinReading> ReadAsync(TwinId twin, long position) => _parts.Runtime.ReadAsync(twin, position);

    /// <inheritdoc/>
    /// <remarks>See <see cref="CitizenErasure"/>. The city pauses for it, as after a failure of the journal, and goes on by itself.</remarks>
    public Task<bool> ForgetAsync(TwinId subject)
    {
        if (subject.Kind is not (TwinKind.Citizen or TwinKind.Case))
        {
            throw new ArgumentException($"{subject} is neither a citizen nor a case", nameof(subject));
        }
        if (!_parts.Runtime.IsReady || _run is not { } run)
        {
            throw new RuntimeUnavailableException();
        }
        TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _erasures.Enqueue((subject, done));
        run.Pump.Stop();
        return done.Task;
    }

    /// <summary>Opens a city over its journal, founding it if the journal is new.</summary>
    /// <exception cref="JournalException">The journal is in use by another process, damaged, or something else; or another city's.</exception>
    public static async Task<EmbeddedCity> OpenAsync(
        CityDefinition city, EmbeddedOptions options, CityClock clock, IReadOnlyList<IView> views, ILogger logger)
    {
        TwinTypes types = CityTwins.Types;
        EmbeddedCity opened = new(types, city, options, clock, views, () => JournalFactory.Open(options.Journal, types), logger);
        await opened.StartAsync();
        try
        {
            await (opened.StandbyLag is null ? opened.FoundAsync() : Founding.RefuseAnotherAsync(opened.Runtime, city));
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
        return opened;
    }

    /// <summary>Stops taking commands, finishes what waits, writes a checkpoint and closes the journal.</summary>
    public async ValueTask DisposeAsync()
    {
        _stop.Set();
        _run?.Pump.Stop();
        _parts.Ingress.Signal();
        await Task.Run(_supervisor.Join);
        await _founding;
        _stop.Dispose();
    }

    internal Task StartAsync()
    {
        _supervisor.Start();
        return _started.Task;
    }

    internal Task FoundAsync() => Founding.EnsureAsync(_parts.Runtime, _definition);

    private void Supervise()
    {
        RunUntilStopped();
        while (_erasures.TryDequeue(out (TwinId Subject, TaskCompletionSource<bool> Done) erasure))
        {
            erasure.Done.SetException(new RuntimeUnavailableException("the city stopped"));
        }
    }

    private void RunUntilStopped()
    {
        TimeSpan pause = ShortestPause;
        while (!_stop.IsSet)
        {
            try
            {
                RunOnce();
                pause = ShortestPause;
                Erase();
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

    // Between two runs: nobody has a text of the citizen in memory, and nobody writes one.
    private void Erase()
    {
        while (_erasures.TryDequeue(out (TwinId Subject, TaskCompletionSource<bool> Done) erasure))
        {
            try
            {
                bool known = CitizenErasure.Forget(_parts.Options.Journal, _parts.Types, erasure.Subject);
                foreach (FedView view in _parts.Views)
                {
                    view.View.Forget(erasure.Subject);
                }
                erasure.Done.SetResult(known);
            }
#pragma warning disable CA1031 // Whoever asked is told; the city goes on as it was.
            catch (Exception e)
#pragma warning restore CA1031
            {
                erasure.Done.SetException(e);
            }
        }
    }

    private void RunOnce()
    {
        if (_parts.Options.Standby)
        {
            StandBy();
            return;
        }
        using IJournal journal = _open();
        using CityRun run = CityRun.Recover(_parts, journal, ViewFailed);
        RunOver(run);
    }

    private void StandBy()
    {
        using PostgresJournal journal = PostgresAddress.Is(_parts.Options.Journal)
            ? PostgresJournal.OpenToRead(_parts.Options.Journal, _parts.Types)
            : throw new JournalException("standing by needs a PostgreSQL journal: an SQLite file has one process");
        using CityRun run = CityRun.AtCheckpoint(_parts, journal, ViewFailed);
        StandbyWatch watch = run.Watch(journal, _stop);
        if (watch.TryTakeOver())
        {
            RunOver(run);
            return;
        }
        try
        {
            (_run, _watch) = (run, watch);
            _parts.Runtime.SetStandby(journal);
            _started.TrySetResult();
            if (!watch.Run())
            {
                return;
            }
        }
        finally
        {
            _watch = null;
            _parts.Runtime.SetState(null, ready: false);
            run.AnswerRest();
            Volatile.Write(ref _viewPosition, run.Feed.Position);
            _run = null;
        }
        Statistics.TakeoverTime = watch.TakeoverTime;
        RuntimeLog.TookOver(_logger, journal.Position, watch.TakeoverTime);
        _founding = Task.Run(FoundAfterTakeOverAsync);
        RunOver(run);
    }

    private async Task FoundAfterTakeOverAsync()
    {
        try
        {
            SpinWait.SpinUntil(() => _parts.Runtime.IsReady || _stop.IsSet);
            await FoundAsync();
        }
        catch (RuntimeUnavailableException e)
        {
            // The journal failed again at once; whoever takes over next finds the city founded, or founds it.
            RuntimeLog.JournalFailed(_logger, e);
        }
    }

    private void RunOver(CityRun run)
    {
        _run = run;
        run.Begin();
        run.Feed.Start();
        run.Committer.Start();
        _started.TrySetResult();
        if (_stop.IsSet)
        {
            run.Pump.Stop();
        }
        Exception? failure = TurnLoop.Run(run.Pump, _parts.Ingress);
        run.Close();
        run.Committer.Stop();
        run.AnswerRest();
        run.Feed.Drain();
        Volatile.Write(ref _viewPosition, run.Feed.Position);
        _run = null;
        run.End();
        if ((failure ?? run.Committer.Failure) is { } reason)
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
        _run?.Pump.Stop();
    }
}
