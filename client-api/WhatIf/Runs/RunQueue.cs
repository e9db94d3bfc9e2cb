namespace CityTwin.ClientApi.WhatIf;

/// <summary>The planner's runs: a bounded queue, one run at a time, kept on disk, gone on with after a restart.</summary>
/// <remarks>All members are safe to call from any thread.</remarks>
internal sealed partial class RunQueue : IHostedService, IDisposable
{
    private const int AttemptsMax = 2;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<long, KeptRun> _runs = [];
    private readonly RunStore _store;
    private readonly Func<RunRequest, RunTelling, CancellationToken, RunResult> _work;
    private readonly WhatIfOptions _options;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private CancellationTokenSource? _current;
    private long _currentId;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _revision;
    private bool _isStarted;

    /// <summary>Over a store.</summary>
    /// <param name="store">Where runs are kept.</param>
    /// <param name="work">Does a run.</param>
    /// <param name="options">Limits.</param>
    /// <param name="logger">Told of what should not happen.</param>
    public RunQueue(RunStore store, Func<RunRequest, RunTelling, CancellationToken, RunResult> work, WhatIfOptions options, ILogger logger)
    {
        _store = store;
        _work = work;
        _options = options;
        _logger = logger;
        foreach (KeptRun run in store.Load())
        {
            _runs[run.Reading.Id] = run;
            if (!run.Reading.IsFinished)
            {
                // Interrupted by the end of the process; what ends the process every time is not begun a third time.
                Put(run.Attempts < AttemptsMax
                    ? run with { Reading = run.Reading with { Status = RunStatus.Queued, StartedAt = null, Done = 0, Total = 0, SecondsLeft = null, Stage = null, SoFar = null } }
                    : Ended(run, RunStatus.Failed, "the server stopped twice while it ran"));
                _waiting.Release();
            }
        }
    }

    /// <summary>Grows with every change of a run.</summary>
    public long Revision => Volatile.Read(ref _revision);

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _isStarted = true;
        new Thread(Work) { IsBackground = true, Name = "what-if runs" }.Start();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    /// <remarks>A run that does not end within the shutdown's limit is left to itself: it is queued again at the next start.</remarks>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        if (!_isStarted)
        {
            return;
        }
        await _ended.Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_ended.Task.IsCompleted)
        {
            LogLeft(_logger, Interlocked.Read(ref _currentId));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // A run that was left to itself still looks at these.
        if (!_isStarted || _ended.Task.IsCompleted)
        {
            _stop.Dispose();
            _waiting.Dispose();
        }
    }

    /// <summary>Puts a run into the queue; null when it is full.</summary>
    public RunReading? Add(RunRequest request, string name, string from)
    {
        lock (_gate)
        {
            if (_runs.Values.Count(r => r.Reading.Status == RunStatus.Queued) >= _options.QueueMax)
            {
                return null;
            }
            var reading = new RunReading(
                _runs.Count == 0 ? 1 : _runs.Keys.Last() + 1, request.IsCalibration ? "calibration" : "whatif", name, RunStatus.Queued, DateTimeOffset.UtcNow,
                null, null, false, from, request.At, 0, 0, null, null, null, null);
            Put(new KeptRun(reading, request, 0));
            foreach (long gone in _store.Superfluous([.. _runs.Values.Select(r => r.Reading)]))
            {
                _runs.Remove(gone);
                _store.Remove(gone);
            }
            _waiting.Release();
            return reading;
        }
    }

    /// <summary>All runs, the newest first.</summary>
    public IReadOnlyList<RunReading> List()
    {
        lock (_gate)
        {
            return [.. _runs.Values.Reverse().Select(r => r.Reading)];
        }
    }

    /// <summary>A run, or null.</summary>
    public KeptRun? Find(long id)
    {
        lock (_gate)
        {
            return _runs.GetValueOrDefault(id);
        }
    }

    /// <summary>A file of a run's result, or null.</summary>
    public string? PathOf(long id, string name) => _store.PathOf(id, name);

    /// <summary>Names a run, or says whether it stays.</summary>
    public RunReading? Keep(long id, string? name, bool? kept) => Change(id, r => r with { Reading = r.Reading with { Name = name ?? r.Reading.Name, Kept = kept ?? r.Reading.Kept } });

    /// <summary>Stops a run; one that has ended stays as it is.</summary>
    public RunReading? Cancel(long id)
    {
        lock (_gate)
        {
            if (_currentId == id)
            {
                _current?.Cancel();
            }
            return Change(id, r => r.Reading.Status == RunStatus.Queued ? Ended(r, RunStatus.Cancelled, null) : r);
        }
    }

    /// <summary>Stops and removes a run; null when there is none.</summary>
    public RunReading? Remove(long id)
    {
        lock (_gate)
        {
            RunReading? removed = Cancel(id);
            if (removed is not null)
            {
                _runs.Remove(id);
                _store.Remove(id);
                Interlocked.Increment(ref _revision);
            }
            return removed;
        }
    }

    private void Work()
    {
        LowPriority.Enter();
        try
        {
            while (true)
            {
                _waiting.Wait(_stop.Token);
                if (Begin() is { } run)
                {
                    Do(run);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops; what was running is queued again.
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private KeptRun? Begin()
    {
        lock (_gate)
        {
            KeptRun? next = _runs.Values.FirstOrDefault(r => r.Reading.Status == RunStatus.Queued);
            if (next is null)
            {
                return null;
            }
            _current = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            _current.CancelAfter(_options.Longest);
            _currentId = next.Reading.Id;
            return Put(next with { Attempts = next.Attempts + 1, Reading = next.Reading with { Status = RunStatus.Running, StartedAt = DateTimeOffset.UtcNow } });
        }
    }

    private void Do(KeptRun run)
    {
        long id = run.Reading.Id;
        try
        {
            RunResult result = _work(run.Request, new RunTelling(c => Tell(id, c)), _current!.Token);
            // Before the gate, not within: who asks of runs must not wait for a thread of low priority to write files.
            _store.Save(id, result);
            lock (_gate)
            {
                if (Change(id, r => Ended(r, RunStatus.Done, null, result)) is null)
                {
                    _store.Remove(id);
                }
            }
        }
        catch (OperationCanceledException)
        {
            bool tookTooLong = !_stop.IsCancellationRequested && DateTimeOffset.UtcNow - run.Reading.StartedAt >= _options.Longest;
            Change(id, r => _stop.IsCancellationRequested
                ? r with { Attempts = r.Attempts - 1, Reading = r.Reading with { Status = RunStatus.Queued, StartedAt = null, Done = 0, Total = 0, SecondsLeft = null, Stage = null, SoFar = null } }
                : tookTooLong ? Ended(r, RunStatus.Failed, $"it took longer than {_options.Longest.TotalMinutes:0} minutes") : Ended(r, RunStatus.Cancelled, null));
        }
        catch (RunFailedException e)
        {
            Change(id, r => Ended(r, RunStatus.Failed, e.Message));
        }
#pragma warning disable CA1031 // Told to whoever asked and logged: one run that fails must not end the ones after it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailed(_logger, e, id);
            Change(id, r => Ended(r, RunStatus.Failed, "the server failed; its log has the reason"));
        }
        finally
        {
            lock (_gate)
            {
                _currentId = 0;
                _current!.Dispose();
                _current = null;
            }
        }
    }

    private static KeptRun Ended(KeptRun run, RunStatus status, string? reason, RunResult? result = null) => run with
    {
        Reading = run.Reading with
        {
            Status = status,
            Reason = reason,
            EndedAt = DateTimeOffset.UtcNow,
            SecondsLeft = null,
            Stage = null,
            SoFar = status == RunStatus.Done ? null : run.Reading.SoFar,
            PairingKey = result?.PairingKey,
            Figures = result?.Figures,
        },
    };

    // How far it is is told, not kept.
    private void Tell(long id, Func<RunReading, RunReading> change)
    {
        lock (_gate)
        {
            if (_runs.TryGetValue(id, out KeptRun? run) && run.Reading.Status == RunStatus.Running && change(run.Reading) is var told && told != run.Reading)
            {
                _runs[id] = run with { Reading = told };
                Interlocked.Increment(ref _revision);
            }
        }
    }

    private RunReading? Change(long id, Func<KeptRun, KeptRun> change)
    {
        lock (_gate)
        {
            if (!_runs.TryGetValue(id, out KeptRun? run))
            {
                return null;
            }
            KeptRun changed = change(run);
            return (changed == run ? run : Put(changed)).Reading;
        }
    }

    private KeptRun Put(KeptRun run)
    {
        _runs[run.Reading.Id] = run;
        Interlocked.Increment(ref _revision);
        _store.Save(run);
        return run;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What-if run {Id} did not end in time; it is queued again at the next start")]
    private static partial void LogLeft(ILogger logger, long id);

    [LoggerMessage(Level = LogLevel.Error, Message = "What-if run {Id} failed")]
    private static partial void LogFailed(ILogger logger, Exception reason, long id);
}
