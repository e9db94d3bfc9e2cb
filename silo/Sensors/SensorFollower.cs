using System.Buffers;
using System.Threading.Channels;
using CityTwin.Grains;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Sensors;

/// <summary>Runs the watches over durable readings and sends what they report to the sensor twins.</summary>
/// <remarks>
/// One task does all of it, in the order of the batches. The number of the last batch whose reports the twins have taken is kept
/// with the readings, and so is, from time to time, all that each watch knows: a start takes the watches up as they are stored and
/// follows the batches behind them again, those whose reports had arrived in silence. Repeated reports change nothing.
/// </remarks>
public sealed partial class SensorFollower : IReadingFollower, ISensorReadings, IAsyncDisposable
{
    private const int BatchesWaitingMax = 16;

    private static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(5);

    private readonly Channel<(long Number, Reading[] Rented, int Count)> _batches =
        System.Threading.Channels.Channel.CreateBounded<(long, Reading[], int)>(new BoundedChannelOptions(BatchesWaitingMax) { SingleReader = true });

    private readonly List<SensorCommand> _reports = [];
    private readonly ICityRuntime _runtime;
    private readonly ReadingStore _store;
    private readonly SensorDirectory _directory;
    private readonly WatchTable _watches;
    private readonly UnheardSensors _unheard;
    private readonly ReportPost _post;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;
    private long _batchesFollowed;

    /// <summary>Starts following.</summary>
    public SensorFollower(ICityRuntime runtime, ReadingStore store, SensorDirectory directory, TimeProvider time, ILogger<SensorFollower> logger)
    {
        _runtime = runtime;
        _store = store;
        _directory = directory;
        _watches = new WatchTable(store, directory);
        _unheard = new UnheardSensors(directory, _watches);
        _post = new ReportPost(runtime, time, logger, _stop.Token);
        _time = time;
        _logger = logger;
        _work = Task.Run(WorkAsync);
    }

    /// <summary>The watch over a sensor, or null while none of its readings was followed. Its numbers may be a glance old.</summary>
    public SensorWatch? Watch(TwinId sensor) => _watches.Find(sensor)?.Watch;

    /// <summary>What a sensor's readings say now, or null while none was followed. Any thread.</summary>
    public SensorGlance? Glance(TwinId sensor)
    {
        if (Watch(sensor) is not { } watch)
        {
            return null;
        }
        lock (watch)
        {
            return SensorGlance.Of(watch);
        }
    }

    /// <inheritdoc/>
    public SensorGlance? Of(TwinId sensor, SensorState state) => Glance(sensor);

    /// <summary>Whether the latest readings of all sensors are known: a little after the start.</summary>
    public bool IsReady => Interlocked.Read(ref _batchesFollowed) > 0;

    /// <summary>Rises whenever readings, or the twins of sensors, have changed: who has seen a number need not look again.</summary>
    public long Version => Interlocked.Read(ref _batchesFollowed) + _directory.Changes;

    /// <inheritdoc/>
    public async ValueTask RegisterAsync(IReadOnlyList<SensorProfile> profiles)
    {
        foreach ((TwinId sensor, SensorState twin) in await _post.RegisterAsync(profiles))
        {
            _watches.Begin(sensor, twin);
        }
    }

    /// <inheritdoc/>
    public ValueTask FollowAsync(long number, ReadOnlyMemory<Reading> batch)
    {
        Reading[] rented = ArrayPool<Reading>.Shared.Rent(batch.Length);
        batch.CopyTo(rented);
        return _batches.Writer.WriteAsync((number, rented, batch.Length));
    }

    /// <summary>Stops after the batch that is being followed; the others are followed at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        _batches.Writer.TryComplete();
        await _stop.CancelAsync();
        await _work;
        _requests.Writer.TryComplete();
        while (_requests.Reader.TryRead(out SaveRequest? left))
        {
            left.Answer.TrySetCanceled(CancellationToken.None);
        }
        _stop.Dispose();
        _forgetting.Dispose();
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
        Interlocked.Increment(ref _batchesFollowed);
        using PeriodicTimer sweep = new(SweepEvery, _time);
        Task<bool> sweepDue = sweep.WaitForNextTickAsync(_stop.Token).AsTask();
        Task<bool> batchDue = _batches.Reader.WaitToReadAsync(_stop.Token).AsTask();
        Task<bool> askedDue = _requests.Reader.WaitToReadAsync(_stop.Token).AsTask();
        while (true)
        {
            await Task.WhenAny(batchDue, sweepDue, askedDue);
            if (sweepDue.IsCompleted && await sweepDue)
            {
                await SweepAsync();
                sweepDue = sweep.WaitForNextTickAsync(_stop.Token).AsTask();
            }
            if (askedDue.IsCompleted && await askedDue)
            {
                AnswerOne();
                askedDue = _requests.Reader.WaitToReadAsync(_stop.Token).AsTask();
            }
            if (!batchDue.IsCompleted)
            {
                continue;
            }
            if (!await batchDue)
            {
                return;
            }
            if (_batches.Reader.TryRead(out (long Number, Reading[] Rented, int Count) batch))
            {
                if (batch.Number > _store.Followed)
                {
                    await TakeUpChangesAsync();
                    await FollowOneAsync(batch.Number, batch.Rented.AsMemory(0, batch.Count));
                    _store.Followed = batch.Number;
                    Interlocked.Increment(ref _batchesFollowed);
                }
                ArrayPool<Reading>.Shared.Return(batch.Rented);
            }
            batchDue = _batches.Reader.WaitToReadAsync(_stop.Token).AsTask();
        }
    }

    private async ValueTask FollowOneAsync(long number, ReadOnlyMemory<Reading> readings, bool inSilence = false)
    {
        List<(WatchedSensor, byte[])> begun = [];
        for (int i = 0; i < readings.Length; i++)
        {
            Reading reading = readings.Span[i];
            WatchedSensor? watched = _watches.Find(reading.Sensor) ?? await BeginAsync(reading.Sensor);
            if (watched is null || number <= watched.SavedUpTo)
            {
                continue;
            }
            lock (watched.Watch)
            {
                if (!watched.IsStored)
                {
                    begun.Add((watched, watched.Watch.Save()));
                    watched.IsStored = true;
                }
                watched.Watch.Observe(reading, _reports);
                watched.TouchedBy = number;
            }
            if (inSilence)
            {
                _reports.Clear();
            }
            _post.Collect(reading.Sensor, reading.Measure, reading.AtMs, _reports);
        }
        if (begun.Count > 0)
        {
            // Before the twin hears of it: begun again after an end, the watch would take alerts of these very readings for older ones.
            await WatchTable.SaveAsync(_store, number - 1, begun);
        }
        await _post.SendAsync();
    }

    private async ValueTask<WatchedSensor?> BeginAsync(TwinId sensor)
    {
        // The view may not know yet what its twin is.
        SensorState? twin = _directory.Find(sensor) is { Profile: not null } known ? known : (await _runtime.ReadAsync(sensor)).State as SensorState;
        return twin?.Profile is null ? null : _watches.Begin(sensor, twin);
    }

    /// <summary>Takes up what people and deadlines have changed; a watch that goes by other settings from here on is stored as of here.</summary>
    private async ValueTask TakeUpChangesAsync()
    {
        List<(WatchedSensor, byte[])> turned = [];
        while (_directory.TryTakeChanged(out TwinId id))
        {
            _unheard.Consider(id);
            if (_watches.Find(id) is not { } watched || _directory.Find(id) is not { Profile: not null } state)
            {
                continue;
            }
            if (!watched.Watch.Heeds(state))
            {
                // The twin itself is asked: the view may not have taken in yet what was just reported.
                state = (SensorState)(await _runtime.ReadAsync(id)).State;
                lock (watched.Watch)
                {
                    watched.Watch.Follow(state);
                    turned.Add((watched, watched.Watch.Save()));
                }
            }
            Notice(watched, state);
        }
        if (turned.Count > 0)
        {
            await WatchTable.SaveAsync(_store, _store.Followed, turned);
        }
        await _post.SendAsync();
    }

    private void Notice(WatchedSensor watched, SensorState twin)
    {
        lock (watched.Watch)
        {
            watched.Watch.Notice(twin, _reports);
        }
        _post.Collect(watched.Sensor, default, 0, _reports);
    }

    private async ValueTask SweepAsync()
    {
        await TakeUpChangesAsync();
        DateTimeOffset now = _runtime.Clock.Now;
        foreach (WatchedSensor watched in _watches.All)
        {
            lock (watched.Watch)
            {
                watched.Watch.Sweep(now.ToUnixTimeMilliseconds(), _reports);
            }
            _post.Collect(watched.Sensor, default, 0, _reports);
        }
        _unheard.Sweep(now, _post);
        await _post.SendAsync();
    }

    [LoggerMessage(LogLevel.Error, "Readings cannot be followed; it is tried again from what is durable")]
    private static partial void CannotFollow(ILogger logger, Exception reason);

    [LoggerMessage(LogLevel.Debug, "Sensors are followed no more; {Count} batches are left for the next start")]
    private static partial void Stopped(ILogger logger, int count);
}
