using System.Net;
using System.Security.Cryptography.X509Certificates;
using CityTwin.ClientApi.Hosting;
using CityTwin.Silo;
using CityTwin.Silo.Mqtt;
using CityTwin.Silo.Sensors;

namespace CityTwin.ClientApi.Readings;

/// <summary>How the program takes sensor readings: over HTTP always, and over MQTT as the options that begin with <c>--mqtt</c> say.</summary>
internal sealed record ReadingsChoice
{
    /// <summary>Where MQTT listens; null: nowhere.</summary>
    public IPEndPoint? Endpoint { get; init; }

    /// <summary>Where MQTT over TLS listens; null: nowhere.</summary>
    public IPEndPoint? TlsEndpoint { get; init; }

    /// <summary>The server's certificate with its key; needed for TLS.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Who may connect; none: everybody on this machine.</summary>
    public IReadOnlyList<MqttUser> Users { get; init; } = [];

    /// <summary>Whether a first reading registers its sensor.</summary>
    public bool RegisterOnFirstMessage { get; init; }

    /// <summary>Sensors known at most, 1 to 10,000,000.</summary>
    public int SensorsMax { get; init; } = new SensorOptions().SensorsMax;

    /// <summary>How long raw readings are kept.</summary>
    public TimeSpan KeepRaw { get; init; } = new SensorOptions().KeepRaw;

    /// <summary>MQTT connections at once, 1 to 1,000,000.</summary>
    public int ConnectionsMax { get; init; } = new MqttOptions().ConnectionsMax;

    /// <summary>Publications of one MQTT client in a second, 0 (no limit) to 1,000,000.</summary>
    public int PublishRateMax { get; init; }

    /// <summary>The ingest of a city, not yet started.</summary>
    public ReadingIngest Over(ICityRuntime runtime, SensorDirectory directory, ServeOptions options, ILoggerFactory logs)
    {
        var sensors = new SensorOptions
        {
            Path = SensorOptions.Beside(options.Journal),
            City = (int)options.City.Id.Number,
            RegisterOnFirstMessage = RegisterOnFirstMessage,
            SensorsMax = SensorsMax,
            KeepRaw = KeepRaw,
            WaitsForOthers = options.Standby || options.IsOneOfMany,
        };
        return new ReadingIngest(runtime, directory, sensors, Mqtt(), TimeProvider.System, logs);
    }

    private MqttOptions? Mqtt()
    {
        if (Endpoint is null && TlsEndpoint is null)
        {
            return null;
        }
        var mqtt = new MqttOptions
        {
            Endpoint = Endpoint,
            TlsEndpoint = TlsEndpoint,
            Certificate = Certificate,
            AllowAnonymous = Users.Count == 0,
            ConnectionsMax = ConnectionsMax,
            PublishRateMax = PublishRateMax,
        };
        foreach (MqttUser user in Users)
        {
            mqtt.Users.Add(user);
        }
        return mqtt;
    }
}
