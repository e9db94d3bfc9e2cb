using CityTwin.Silo.Journal;
using CityTwin.Silo.Mqtt;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Sensors;

/// <summary>
/// The way of readings into one city, over any <see cref="ICityRuntime"/>: opens the time series, follows it, and listens for MQTT
/// if it is told to, as soon as the runtime takes commands and nobody else writes the time series.
/// </summary>
/// <remarks>
/// A process that stands by, and each further node of a cluster, waits here: readings enter a city at one place at a time, because
/// the watches need all readings of a sensor in order. When that place goes, another takes over and goes on from the last
/// batch whose reports the twins have taken.
/// </remarks>
public sealed partial class ReadingIngest : IHostedService, IAsyncDisposable
{
    private static readonly TimeSpan TryEvery = TimeSpan.FromMilliseconds(500);

    private readonly ICityRuntime _runtime;
    private readonly SensorDirectory _directory;
    private readonly SensorOptions _options;
    private readonly MqttOptions? _mqtt;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _loggers;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stop = new();
    private Task _waiting = Task.CompletedTask;
    private volatile Parts? _parts;

    /// <summary>Over a runtime; nothing is opened before the start.</summary>
    /// <param name="runtime">Takes the reports.</param>
    /// <param name="directory">A view that is fed with the city's events.</param>
    /// <param name="options">Limits, and where the time series is.</param>
    /// <param name="mqtt">How MQTT is served; null: it is not.</param>
    /// <param name="time">Drives sweeps and folding.</param>
    /// <param name="loggers">Where it is logged.</param>
    public ReadingIngest(
        ICityRuntime runtime, SensorDirectory directory, SensorOptions options, MqttOptions? mqtt, TimeProvider time, ILoggerFactory loggers)
    {
        options.Validate();
        mqtt?.Validate();
        (_runtime, _directory, _options, _mqtt, _time, _loggers) = (runtime, directory, options, mqtt, time, loggers);
        _logger = loggers.CreateLogger<ReadingIngest>();
    }

    /// <summary>The sensors as their twins stand.</summary>
    public SensorDirectory Directory => _directory;

    /// <summary>The limits.</summary>
    public SensorOptions Options => _options;

    /// <summary>The time series; null while it is not open here.</summary>
    public ReadingStore? Store => _parts?.Store;

    /// <summary>The intake; null while the time series is not open here.</summary>
    public ReadingIntake? Intake => _parts?.Intake;

    /// <summary>The watches; null while the time series is not open here.</summary>
    public SensorFollower? Follower => _parts?.Follower;

    /// <summary>The MQTT endpoint; null while it does not listen.</summary>
    public MqttEndpoint? Endpoint => _parts?.Endpoint;

    /// <summary>The MQTT broker; null while the endpoint does not listen.</summary>
    public MqttBroker? Broker => _parts?.Broker;

    /// <summary>Opens everything, or begins to wait until it can be.</summary>
    /// <exception cref="JournalException">The runtime is ready, and the time series cannot be opened.</exception>
    /// <exception cref="IOException">The runtime is ready, and the MQTT address is in use.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (_runtime.IsReady && await TryOpenAsync(mayFail: !_options.WaitsForOthers))
        {
            return;
        }
        _waiting = Task.Run(WaitAsync, CancellationToken.None);
    }

    /// <summary>Stops listening; what was taken becomes durable and is acknowledged.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await _waiting;
        if (Interlocked.Exchange(ref _parts, null) is { } parts)
        {
            await parts.DisposeAsync();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _stop.Dispose();
    }

    private async Task WaitAsync()
    {
        using PeriodicTimer timer = new(TryEvery, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                if (_runtime.IsReady && await TryOpenAsync(mayFail: false))
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            Unopened(_logger);
        }
    }

    private async Task<bool> TryOpenAsync(bool mayFail)
    {
        ReadingStore? store = null;
        Parts? parts = null;
        try
        {
            store = ReadingStore.Open(_options.Path);
            parts = new Parts(this, store);
            await parts.StartAsync();
            _parts = parts;
            return true;
        }
        catch (Exception e) when (e is JournalException or IOException)
        {
            await (parts?.DisposeAsync() ?? store?.DisposeAsync() ?? ValueTask.CompletedTask);
            if (mayFail)
            {
                throw;
            }
            NotYet(_logger, e.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Debug, "Readings are not taken here yet: {Reason}")]
    private static partial void NotYet(ILogger logger, string reason);

    [LoggerMessage(LogLevel.Debug, "Readings were never taken here")]
    private static partial void Unopened(ILogger logger);

    /// <summary>What is open while readings are taken.</summary>
    private sealed class Parts : IAsyncDisposable
    {
        private readonly ReadingKeeper _keeper;

        public Parts(ReadingIngest of, ReadingStore store)
        {
            CityClock clock = of._runtime.Clock;
            Store = store;
            Follower = new SensorFollower(of._runtime, store, of._directory, of._time, of._loggers.CreateLogger<SensorFollower>());
            Intake = new ReadingIntake(store, Follower, of._directory, clock, of._options, of._loggers.CreateLogger<ReadingIntake>());
            _keeper = new ReadingKeeper(store, Follower, of._options, clock, of._time, of._loggers.CreateLogger<ReadingKeeper>());
            if (of._mqtt is { } mqtt)
            {
                Broker = new MqttBroker(mqtt, of._time, of._loggers.CreateLogger<MqttBroker>(), Intake);
                Endpoint = new MqttEndpoint(Broker, mqtt, of._time, of._loggers);
            }
        }

        public ReadingStore Store { get; }

        public SensorFollower Follower { get; }

        public ReadingIntake Intake { get; }

        public MqttBroker? Broker { get; }

        public MqttEndpoint? Endpoint { get; }

        public async Task StartAsync()
        {
            await _keeper.StartAsync(CancellationToken.None);
            await (Endpoint?.StartAsync(CancellationToken.None) ?? Task.CompletedTask);
        }

        public async ValueTask DisposeAsync()
        {
            if (Endpoint is not null)
            {
                await Endpoint.StopAsync(CancellationToken.None);
                await Endpoint.DisposeAsync();
            }
            await Intake.DisposeAsync();
            await _keeper.StopAsync(CancellationToken.None);
            _keeper.Dispose();
            await Follower.DisposeAsync();
            await Store.DisposeAsync();
        }
    }
}
