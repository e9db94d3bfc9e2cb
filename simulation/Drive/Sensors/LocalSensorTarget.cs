using System.Net;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Mqtt;
using CityTwin.Silo.Sensors;
using CityTwin.Simulation.Sensors;
using Microsoft.Extensions.Logging.Abstractions;

namespace CityTwin.Simulation.Cli.Drive.Sensors;

/// <summary>A city in this process, with an MQTT endpoint on a free port of the loopback address.</summary>
internal sealed class LocalSensorTarget : ISensorTarget
{
    private const int EnvelopesMax = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly EmbeddedCity _city;
    private readonly ReadingIngest _ingest;
    private readonly string? _temporary;

    private LocalSensorTarget(EmbeddedCity city, ReadingIngest ingest, string? temporary)
    {
        (_city, _ingest, _temporary) = (city, ingest, temporary);
        Now = city.Runtime.Clock.Now;
    }

    /// <inheritdoc/>
    public EndPoint Mqtt => new IPEndPoint(IPAddress.Loopback, _ingest.Endpoint!.Port);

    /// <inheritdoc/>
    public DateTimeOffset Now { get; }

    /// <summary>Opens a city.</summary>
    /// <param name="definition">The city.</param>
    /// <param name="journal">The journal; null: a temporary file that is deleted afterwards.</param>
    public static async Task<LocalSensorTarget> OpenAsync(CityDefinition definition, string? journal)
    {
        string? temporary = journal is null ? Directory.CreateTempSubdirectory("citytwin-drive-").FullName : null;
        string place = journal ?? Path.Combine(temporary!, "city.db");
        var directory = new SensorDirectory();
        try
        {
            EmbeddedCity city = await EmbeddedCity.OpenAsync(definition, new EmbeddedOptions { Journal = place }, CityClock.Wall(), [directory], NullLogger.Instance);
            var options = new SensorOptions { Path = SensorOptions.Beside(place), City = (int)definition.Id.Number, SensorsMax = 1_000_000 };
            var mqtt = new MqttOptions { Endpoint = new IPEndPoint(IPAddress.Loopback, 0), AllowAnonymous = true };
            var ingest = new ReadingIngest(city.Runtime, directory, options, mqtt, TimeProvider.System, NullLoggerFactory.Instance);
            await ingest.StartAsync(CancellationToken.None);
            return new LocalSensorTarget(city, ingest, temporary);
        }
        catch (Exception e) when (e is JournalException or IOException or UnauthorizedAccessException)
        {
            throw new DriveFailureException($"the journal {place} cannot be opened: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public async Task RegisterAsync(IReadOnlyList<DrivenSensor> sensors, Action<int> told)
    {
        int done = 0;
        foreach (DrivenSensor[] some in sensors.Chunk(EnvelopesMax))
        {
            Reply[] replies = await _city.Runtime.SendAsync(some.Select(s => new Envelope(s.Id, new SensorCommand.Register(s.Profile, s.Rules), default)).ToArray());
            if (replies.FirstOrDefault(r => !r.IsSuccess) is { } failed)
            {
                throw new DriveFailureException($"a sensor cannot be registered: {(failed.Refusal == Refusal.None ? failed.Status : failed.Refusal)}");
            }
            told(done += some.Length);
        }
        while (sensors.Any(s => _ingest.Directory.Find(s.Id) is null))
        {
            await Task.Delay(Pause);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<long, HourAccount>> HoursAsync(TwinId sensor, DateTimeOffset from, DateTimeOffset to)
    {
        IReadOnlyList<HistoryPoint> points = await _ingest.Store!.HistoryAsync([sensor], null, from, to, Resolution.Hour, int.MaxValue);
        return points.ToDictionary(p => p.At.ToUnixTimeMilliseconds(), p => new HourAccount(p.Count, p.Mean * p.Count, p.Min, p.Max));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<AlertChange>> ChangesAsync(TwinId sensor)
    {
        IReadOnlyList<RecordedEvent> events = await _city.Runtime.HistoryAsync(sensor, 0, 10_000);
        return [.. events.Select(e => AlertEvents.Of(e.Event)).OfType<AlertChange>()];
    }

    /// <inheritdoc/>
    public Task<int> IncidentsAsync() => Task.FromResult(_ingest.Directory.Incidents.Count());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ingest.DisposeAsync();
        await _city.DisposeAsync();
        if (_temporary is not null)
        {
            Directory.Delete(_temporary, recursive: true);
        }
    }
}

/// <summary>Picks the alerts out of a sensor's events.</summary>
internal static class AlertEvents
{
    /// <summary>The change of an alert that an event is, or null.</summary>
    public static AlertChange? Of(TwinEvent happened) => happened switch
    {
        SensorEvent.AlertRaised r => new AlertChange(true, r.Kind, r.Level, r.ObservedAt),
        SensorEvent.AlertCleared c => new AlertChange(false, c.Kind, c.Level, c.ObservedAt),
        _ => null,
    };
}
