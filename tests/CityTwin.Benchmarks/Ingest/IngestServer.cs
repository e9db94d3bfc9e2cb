using System.Diagnostics;
using System.Net;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Mqtt;
using CityTwin.Silo.Sensors;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityTwin.Benchmarks.Ingest;

/// <summary>A whole city with its ingest, in this process: broker, time series on disk, watches, twins.</summary>
internal sealed class IngestServer : IAsyncDisposable
{
    private readonly string _folder;
    private readonly EmbeddedCity _city;
    private readonly ReadingStore _store;
    private readonly SensorFollower _follower;
    private readonly MqttEndpoint _endpoint;
    private bool _isDisposed;

    private IngestServer(string folder, EmbeddedCity city, ReadingStore store, SensorFollower follower, ReadingIntake intake, MqttBroker broker, MqttEndpoint endpoint)
    {
        _folder = folder;
        _city = city;
        _store = store;
        _follower = follower;
        Intake = intake;
        Broker = broker;
        _endpoint = endpoint;
    }

    public ReadingIntake Intake { get; }

    public MqttBroker Broker { get; }

    public int Port => _endpoint.Port;

    /// <summary>Waits until all is followed, then folds it; gives how many readings a second were folded.</summary>
    public async Task<double> FoldAsync()
    {
        while (_store.Followed < Intake.Commits)
        {
            await Pause.ForAsync(TimeSpan.FromMilliseconds(20));
        }
        long count = _store.Unfolded;
        long at = Stopwatch.GetTimestamp();
        await _store.FoldAsync();
        return count / Stopwatch.GetElapsedTime(at).TotalSeconds;
    }

    public static async Task<IngestServer> StartAsync(TimeSpan linger)
    {
        string folder = Directory.CreateTempSubdirectory("citytwin-ingest-").FullName;
        SensorDirectory directory = new();
        SensorOptions sensors = new()
        {
            Path = Path.Combine(folder, "readings.db"),
            RegisterOnFirstMessage = true,
            CommitLinger = linger,
            AheadMax = TimeSpan.FromDays(1),
        };
        EmbeddedCity city = await EmbeddedCity.OpenAsync(
            BundledCities.Read("hue"), new EmbeddedOptions { Journal = Path.Combine(folder, "city.db") }, CityClock.Wall(), [directory], NullLogger.Instance);
        ReadingStore store = ReadingStore.Open(sensors.Path);
        SensorFollower follower = new(city.Runtime, store, directory, TimeProvider.System, NullLogger<SensorFollower>.Instance);
        ReadingIntake intake = new(store, follower, directory, city.Runtime.Clock, sensors, NullLogger<ReadingIntake>.Instance);
        MqttOptions options = new() { AllowAnonymous = true, Endpoint = new IPEndPoint(IPAddress.Loopback, 0) };
        MqttBroker broker = new(options, TimeProvider.System, NullLogger<MqttBroker>.Instance, intake);
        MqttEndpoint endpoint = new(broker, options, TimeProvider.System, NullLoggerFactory.Instance);
        await endpoint.StartAsync(CancellationToken.None);
        return new IngestServer(folder, city, store, follower, intake, broker, endpoint);
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }
        _isDisposed = true;
        await _endpoint.StopAsync(CancellationToken.None);
        await _endpoint.DisposeAsync();
        await Intake.DisposeAsync();
        await _follower.DisposeAsync();
        await _store.DisposeAsync();
        await _city.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
