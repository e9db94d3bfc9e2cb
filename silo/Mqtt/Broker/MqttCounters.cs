using System.Diagnostics.Metrics;

namespace CityTwin.Silo.Mqtt;

/// <summary>What a broker has counted. Thread-safe.</summary>
public sealed class MqttCounters
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "CityTwin.Mqtt";

    private static readonly Meter Meter = new(MeterName);

    private static readonly Counter<long> PublishedCounter = Meter.CreateCounter<long>("citytwin.mqtt.published", "{message}", "Publications received.");

    private static readonly Counter<long> RefusedCounter = Meter.CreateCounter<long>("citytwin.mqtt.refused", "{connection}", "Connections closed for breaking the protocol or a limit.");

    private long _published;
    private long _refused;

    /// <summary>Publications received.</summary>
    public long PublishedCount => Interlocked.Read(ref _published);

    /// <summary>Connections closed for breaking the protocol or a limit.</summary>
    public long RefusedCount => Interlocked.Read(ref _refused);

    internal void Published()
    {
        Interlocked.Increment(ref _published);
        PublishedCounter.Add(1);
    }

    internal void Refused()
    {
        Interlocked.Increment(ref _refused);
        RefusedCounter.Add(1);
    }
}
