using System.Buffers;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using CityTwin.Grains;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Sensors;

/// <summary>Runs the watches over durable readings and sends what they report to the sensor twins.</summary>
/// <remarks>
/// One task does all of it, in the order of the batches. The number of the last batch whose reports the twins have taken is kept
/// with the readings: after a crash the watches are led back to where they were then, the batches behind it are followed again,
/// and repeated reports change nothing.
/// </remarks>
public sealed partial class SensorFollower : IReadingFollower, ISensorReadings, IAsyncDisposable
{
    private const int BatchesWaitingMax = 16;

    private const int EnvelopesMax = 500;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);

    private readonly Channel<(long Number, Reading[] Rented, int Count)> _batches =
        System.Threading.Channels.Channel.CreateBounded<(long, Reading[], int)>(new BoundedChannelOptions(BatchesWaitingMax) { SingleReader = true });

    private readonly ConcurrentQueue<SensorProfile> _toRegister = new();
    private readonly ConcurrentDictionary<TwinId, SensorWatch> _watches = new();
    private readonly ConcurrentDictionary<TwinId, ImmutableArray<LatestMeasure>> _measures = new();
    private readonly List<SensorCommand> _reports = [];
    private readonly List<Envelope> _outgoing = [];
    private readonly ICityRuntime _runtime;
    private readonly ReadingStore _store;
    private readonly SensorDirectory _directory;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private bool _isCatchingUp;
    private long _batchesFollowed;

    /// <summary>Starts following.</summary>
    public SensorFollower(ICityRuntime runtime, ReadingStore store, SensorDirectory directory, TimeProvider time, ILogger<SensorFollower> logger)
    {
        _runtime = runtime;
        _store = store;
        _directory = directory;
        _time = time;
        _logger = logger;
        _work = Task.Run(WorkAsync);
    }

    /// <summary>The watch over a sensor, or null while none of its readings was followed. Its numbers may be a glance old.</summary>
    public SensorWatch? Watch(TwinId sensor) => _watches.GetValueOrDefault(sensor);

    /// <summary>What a sensor's readings say now, or null while none was followed. Any thread.</summary>
    public SensorGlance? Glance(TwinId sensor)
    {
        if (!_watches.TryGetValue(sensor, out SensorWatch? watch))
        {
            return null;
        }
        lock (watch)
        {
            return SensorGlance.Of(watch, _measures.GetValueOrDefault(sensor, []));
        }
    }

    /// <inheritdoc/>
    public SensorGlance? Of(TwinId sensor, SensorState state) => Glance(sensor);

    /// <summary>Whether the latest readings of all sensors are known: a little after the start.</summary>
    public bool IsReady => Interlocked.Read(ref _batchesFollowed) > 0;

    /// <summary>Rises whenever readings, or the twins of sensors, have changed: who has seen a number need not look again.</summary>
    public long Version => Interlocked.Read(ref _batchesFollowed) + _directory.Changes;

    /// <inheritdoc/>
    public void Register(SensorProfile profile) => _toRegister.Enqueue(profile);

    /// <inheritdoc/>
    public ValueTask FollowAsync(long number, ReadOnlyMemory<Reading> batch)
    {
        Reading[] rented = ArrayPool<Reading>.Shared.Rent(batch.Length);
        batch.CopyTo(rented);
        return _batches.Writer.WriteAsync((number, rented, batch.Length));
    }

    /// <summary>Follows what was taken, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _batches.Writer.TryComplete();
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await CatchUpAsync();
                await FollowAllAsync();
                return;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                Stopped(_logger, _batches.Reader.Count);
            }
#pragma warning disable CA1031 // Reported and tried again: what was not followed is durable and is read back.
            catch (Exception e)
#pragma warning restore CA1031
            {
                CannotFollow(_logger, e);
                await Task.Delay(Reply.RetryAfter, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async ValueTask FollowAllAsync()
    {
        foreach ((TwinId sensor, _) in _directory.Sensors)
        {
            WatchOver(sensor);
        }
        Interlocked.Increment(ref _batchesFollowed);
        using PeriodicTimer sweep = new(SweepEvery, _time);
        Task<bool> sweepDue = sweep.WaitForNextTickAsync(_stop.Token).AsTask();
        Task<bool> batchDue = _batches.Reader.WaitToReadAsync(_stop.Token).AsTask();
        while (true)
        {
            Task<bool> due = await Task.WhenAny(batchDue, sweepDue);
            if (due == sweepDue && await sweepDue)
            {
                Sweep();
                await SendAsync();
                sweepDue = sweep.WaitForNextTickAsync(_stop.Token).AsTask();
                continue;
            }
            if (!await batchDue)
            {
                return;
            }
            while (_batches.Reader.TryRead(out (long Number, Reading[] Rented, int Count) batch))
            {
                await FollowOneAsync(batch.Number, batch.Rented.AsMemory(0, batch.Count));
                ArrayPool<Reading>.Shared.Return(batch.Rented);
            }
            batchDue = _batches.Reader.WaitToReadAsync(_stop.Token).AsTask();
        }
    }

    /// <summary>After a start, or trouble: follows the batches that were durable and whose reports may not have arrived.</summary>
    private async ValueTask CatchUpAsync()
    {
        _isCatchingUp = true;
        await _store.FoldAsync();
        foreach ((long number, Reading[] readings) in _store.BatchesAfter(_store.Followed))
        {
            await FollowOneAsync(number, readings);
        }
        _isCatchingUp = false;
        foreach ((TwinId sensor, SensorWatch watch) in _watches)
        {
            // The twin itself is asked: the directory may not have taken in yet what was just reported.
            if (await _runtime.ReadAsync(sensor) is { State: SensorState { Profile: not null } twin } && !watch.Agrees(twin))
            {
                lock (watch)
                {
                    watch.Reconcile(twin);
                }
            }
        }
    }

    private async ValueTask FollowOneAsync(long number, ReadOnlyMemory<Reading> readings)
    {
        if (number <= _store.Followed)
        {
            return;
        }
        await RegisterAsync();
        TakeUpChanges();
        foreach (ref readonly Reading reading in readings.Span)
        {
            if (WatchOver(reading.Sensor) is { } watch)
            {
                lock (watch)
                {
                    watch.Observe(reading, _reports);
                    _measures[reading.Sensor] = LatestMeasure.After(_measures.GetValueOrDefault(reading.Sensor, []), reading);
                }
                Collect(reading.Sensor, reading.AtMs);
            }
        }
        await SendAsync();
        _store.Followed = number;
        if (!_isCatchingUp)
        {
            Interlocked.Increment(ref _batchesFollowed);
        }
    }

    private void TakeUpChanges()
    {
        while (!_isCatchingUp && _directory.TryTakeChanged(out TwinId id))
        {
            if (_watches.TryGetValue(id, out SensorWatch? watch) && _directory.Find(id) is { Profile: not null } state)
            {
                lock (watch)
                {
                    watch.Follow(state);
                }
            }
        }
    }

    private SensorWatch? WatchOver(TwinId sensor)
    {
        if (_watches.TryGetValue(sensor, out SensorWatch? watch))
        {
            return watch;
        }
        if (_directory.Find(sensor) is not { Profile: not null } state)
        {
            return null;
        }
        watch = new SensorWatch(state);
        ImmutableArray<LatestMeasure> measures = [];
        foreach (Reading earlier in _store.RawForWarmUp(sensor))
        {
            watch.Warm(earlier);
            measures = LatestMeasure.After(measures, earlier);
        }
        _measures[sensor] = measures;
        if (!_isCatchingUp)
        {
            watch.Reconcile(state);
        }
        return _watches[sensor] = watch;
    }

    private void Sweep()
    {
        TakeUpChanges();
        long now = _runtime.Clock.Now.ToUnixTimeMilliseconds();
        foreach ((TwinId sensor, _) in _directory.Sensors)
        {
            if (WatchOver(sensor) is { } watch)
            {
                watch.Sweep(now, _reports);
                Collect(sensor, watch.LatestAtMs);
            }
        }
    }

    private void Collect(TwinId sensor, long atMs)
    {
        for (int i = 0; i < _reports.Count; i++)
        {
            CommandId id = new CommandId(new UInt128((ulong)sensor.Value, (ulong)atMs)).Derive((ulong)(i + 1) + (16UL * KindOf(_reports[i])));
            _outgoing.Add(new Envelope(sensor, _reports[i], id));
        }
        _reports.Clear();
    }

    /// <summary>Part of a report's identity: the same reading followed again gives the same reports under the same ids.</summary>
    private static ulong KindOf(SensorCommand report) => report switch
    {
        SensorCommand.ReportAlert a => (ulong)a.Kind,
        SensorCommand.ReportClear c => 16 + (ulong)c.Kind,
        SensorCommand.ReportQuiet => 32,
        _ => 33,
    };

    private async ValueTask RegisterAsync()
    {
        while (_toRegister.TryDequeue(out SensorProfile? profile))
        {
            TwinId sensor = SensorNumber.Of((int)profile.City.Number, profile.Kind, profile.Name);
            if (_directory.Find(sensor)?.Profile is null && !_watches.ContainsKey(sensor))
            {
                CommandId id = new CommandId(new UInt128((ulong)sensor.Value, 0)).Derive(0);
                Envelope[] one = [new Envelope(sensor, new SensorCommand.Register(profile, SensorRules.DefaultOf(profile.Kind)), id)];
                Reply[] replies = await SendUntilTakenAsync(one);
                if (replies[0].State is SensorState { Profile: not null } state)
                {
                    _watches[sensor] = new SensorWatch(state);
                }
            }
        }
    }

    private async ValueTask SendAsync()
    {
        for (int at = 0; at < _outgoing.Count; at += EnvelopesMax)
        {
            await SendUntilTakenAsync([.. _outgoing.Skip(at).Take(EnvelopesMax)]);
        }
        _outgoing.Clear();
    }

    private async ValueTask<Reply[]> SendUntilTakenAsync(Envelope[] envelopes)
    {
        while (true)
        {
            Reply[] replies = await _runtime.SendAsync(envelopes);
            if (!Array.Exists(replies, r => r.Status is ReplyStatus.Overloaded or ReplyStatus.Unavailable))
            {
                return replies;
            }
            NotTaken(_logger, envelopes.Length);
            await Task.Delay(Reply.RetryAfter, _time, _stop.Token);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The runtime does not take {Count} sensor reports now; they are sent again")]
    private static partial void NotTaken(ILogger logger, int count);

    [LoggerMessage(LogLevel.Error, "Readings cannot be followed; it is tried again from what is durable")]
    private static partial void CannotFollow(ILogger logger, Exception reason);

    [LoggerMessage(LogLevel.Debug, "Sensors are followed no more; {Count} batches are left for the next start")]
    private static partial void Stopped(ILogger logger, int count);
}
