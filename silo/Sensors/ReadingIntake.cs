using System.Collections.Concurrent;
using CityTwin.Grains;
using CityTwin.Silo.Mqtt;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Sensors;

/// <summary>Gathers readings of all publishers into batches, each one commit, and tells the publishers when theirs is durable.</summary>
/// <remarks>
/// Thread-safe. While one batch is written the next is filled. Both are bounded: a publisher that finds no room waits; nothing is
/// dropped. A batch that cannot be stored is given up and its publishers are told to send again.
/// </remarks>
public sealed partial class ReadingIntake : IDurableInbox, IAsyncDisposable
{
    [ThreadStatic]
    private static ReadingList? _scratch;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _filled = new(0, 1);
    private readonly IReadingSink _sink;
    private readonly IReadingFollower _follower;
    private readonly SensorDirectory _directory;
    private readonly CityClock _clock;
    private readonly SensorOptions _options;
    private readonly ILogger _logger;
    private readonly Task _committer;
    private readonly List<IDurableWaiter> _waitForRoom = [];
    private readonly ConcurrentQueue<SensorProfile> _toRegister = new();
    private IntakeBatch _filling;
    private IntakeBatch? _spare;
    private volatile bool _stopping;
    private int _arrivals;

    /// <summary>Starts the committer.</summary>
    public ReadingIntake(
        IReadingSink sink, IReadingFollower follower, SensorDirectory directory, CityClock clock, SensorOptions options, ILogger<ReadingIntake> logger)
    {
        options.Validate();
        _sink = sink;
        _follower = follower;
        _directory = directory;
        _clock = clock;
        _options = options;
        _logger = logger;
        DeadLetters = new DeadLetters(options.DeadLettersMax);
        _filling = new IntakeBatch(options.BatchMax) { Ticket = 1 };
        _spare = new IntakeBatch(options.BatchMax);
        _committer = Task.Run(CommitAsync);
    }

    /// <summary>Messages that could not be taken.</summary>
    public DeadLetters DeadLetters { get; }

    /// <summary>Readings made durable since the start.</summary>
    public long Durable { get; private set; }

    /// <summary>Commits since the start.</summary>
    public long Commits { get; private set; }

    /// <inheritdoc/>
    public object? RouteOf(string topic) => ReadingRoute.Parse(topic, _options.City);

    /// <inheritdoc/>
    public Intake Take(object route, ReadOnlySpan<byte> payload, string client, IDurableWaiter waiter) => Take(route, payload, client, waiter, out _);

    /// <summary>The same, and says what is wrong with a publication that cannot be taken.</summary>
    internal Intake Take(object route, ReadOnlySpan<byte> payload, string client, IDurableWaiter waiter, out string? wrong)
    {
        ReadingList list = _scratch ??= new ReadingList();
        list.Clear();
        ReadingRoute named = (ReadingRoute)route;
        wrong = ReadingPayload.Read(named, payload, list) ?? Check(list);
        if (wrong is not null)
        {
            DeadLetters.Add(_clock.Now, named.Topic, client, wrong, payload);
            return new Intake(0, MqttReason.PayloadFormatInvalid);
        }
        lock (_gate)
        {
            if (_filling.Count > 0 && _filling.Count + list.Count > _options.BatchMax)
            {
                _waitForRoom.Add(waiter);
                return Intake.Full;
            }
            _filling.Add(list.Readings);
            if (waiter.JoinedTicket != _filling.Ticket)
            {
                waiter.JoinedTicket = _filling.Ticket;
                _filling.Waiters.Add(waiter);
            }
            if (_arrivals++ == 0)
            {
                _filled.Release();
            }
            return new Intake(_filling.Ticket, MqttReason.Success);
        }
    }

    /// <summary>Commits what was taken, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        _stopping = true;
        lock (_gate)
        {
            if (_arrivals++ == 0)
            {
                _filled.Release();
            }
        }
        await _committer;
        _filled.Dispose();
    }

    private string? Check(ReadingList list)
    {
        if (list.Count > _options.ReadingsPerMessageMax)
        {
            return $"{list.Count} readings; at most {_options.ReadingsPerMessageMax} in a message";
        }
        long now = _clock.Now.ToUnixTimeMilliseconds();
        long newest = now + (long)_options.AheadMax.TotalMilliseconds;
        long oldest = now - (long)_options.KeepRaw.TotalMilliseconds;
        for (int i = 0; i < list.Count; i++)
        {
            Reading reading = list.Readings[i];
            (double min, double max) = SensorKinds.Range(reading.Measure);
            if (!(reading.Value >= min && reading.Value <= max))
            {
                return FormattableString.Invariant($"{reading.Measure} {reading.Value} is outside {min} to {max}");
            }
            if (reading.AtMs > newest || reading.AtMs < oldest)
            {
                return reading.AtMs > newest ? "its time is in the future" : "its time is longer ago than readings are kept";
            }
            if (!list.Routes[i].IsKnown && Unknown(list.Routes[i]) is { } wrong)
            {
                return wrong;
            }
        }
        return null;
    }

    private string? Unknown(ReadingRoute route)
    {
        if (_directory.Find(route.Sensor)?.Profile is { } profile)
        {
            if (profile.Commune != route.Commune)
            {
                return $"the sensor is registered in {profile.Commune}";
            }
            route.IsKnown = true;
            return null;
        }
        if (!_options.RegisterOnFirstMessage)
        {
            return "the sensor is not registered";
        }
        if (_directory.Count >= _options.SensorsMax)
        {
            return $"{_options.SensorsMax} sensors are known, and no more may be";
        }
        _toRegister.Enqueue(new SensorProfile(route.Kind, route.Name, route.City, route.Commune, null));
        route.IsKnown = true;
        return null;
    }

    private async Task CommitAsync()
    {
        while (true)
        {
            await _filled.WaitAsync();
            if (_options.CommitLinger > TimeSpan.Zero && !_stopping)
            {
                await Task.Delay(_options.CommitLinger);
            }
            IntakeBatch batch = Swap(out IDurableWaiter[] waitedForRoom);
            foreach (IDurableWaiter waiter in waitedForRoom)
            {
                waiter.RoomMade();
            }
            if (batch.Count > 0)
            {
                await StoreAsync(batch);
            }
            batch.Clear();
            lock (_gate)
            {
                _spare = batch;
                if (_stopping && _filling.Count == 0)
                {
                    return;
                }
            }
        }
    }

    private IntakeBatch Swap(out IDurableWaiter[] waitedForRoom)
    {
        lock (_gate)
        {
            IntakeBatch batch = _filling;
            _filling = _spare!;
            _filling.Ticket = batch.Ticket + 1;
            _spare = null;
            _arrivals = 0;
            waitedForRoom = [.. _waitForRoom];
            _waitForRoom.Clear();
            return batch;
        }
    }

    private async ValueTask StoreAsync(IntakeBatch batch)
    {
        long number;
        try
        {
            await RegisterAsync();
            number = await _sink.AcceptAsync(batch.Readings);
        }
        catch (Exception e)
        {
            NotStored(_logger, batch.Count, e);
            foreach (IDurableWaiter waiter in batch.Waiters)
            {
                waiter.Failed(batch.Ticket);
            }
            return;
        }
        Durable += batch.Count;
        Commits++;
        foreach (IDurableWaiter waiter in batch.Waiters)
        {
            waiter.Committed(batch.Ticket);
        }
        await _follower.FollowAsync(number, batch.Readings);
    }

    /// <summary>A sensor is registered before its first reading is acknowledged: whatever ends the process, both are there.</summary>
    private async ValueTask RegisterAsync()
    {
        if (_toRegister.IsEmpty)
        {
            return;
        }
        SensorProfile[] profiles = [.. _toRegister];
        await _follower.RegisterAsync(profiles);
        foreach (SensorProfile _ in profiles)
        {
            _toRegister.TryDequeue(out SensorProfile? _);
        }
    }

    [LoggerMessage(LogLevel.Error, "{Count} readings could not be stored; their publishers must send them again")]
    private static partial void NotStored(ILogger logger, int count, Exception reason);
}
