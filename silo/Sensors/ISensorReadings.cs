using System.Collections.Concurrent;
using CityTwin.Grains;

namespace CityTwin.Silo.Sensors;

/// <summary>What the readings of sensors say: now, or as of a past moment. Safe to use from any thread.</summary>
/// <remarks>Readings are a time series and no events: whoever asks for them beside the twins asks here.</remarks>
public interface ISensorReadings
{
    /// <summary>What a sensor's readings say, or null while none is known.</summary>
    /// <param name="sensor">The sensor.</param>
    /// <param name="state">Its twin as it stands: its rules and calibration count.</param>
    SensorGlance? Of(TwinId sensor, SensorState state);
}

/// <summary>Readings as they were when they were first looked at: one answer, and all pages of a list, see each sensor the same.</summary>
/// <param name="source">Where they come from.</param>
public sealed class KeptReadings(ISensorReadings source) : ISensorReadings
{
    private readonly ConcurrentDictionary<TwinId, SensorGlance?> _kept = new();

    /// <inheritdoc/>
    public SensorGlance? Of(TwinId sensor, SensorState state) => _kept.GetOrAdd(sensor, static (id, from) => from.source.Of(id, from.state), (source, state));
}
