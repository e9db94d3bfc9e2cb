using CityTwin.Grains;

namespace CityTwin.Silo.Sensors;

/// <summary>What readings said at a past moment: a watch is led over the day before it, from the time series, for each sensor that is asked for.</summary>
/// <param name="store">The time series.</param>
/// <param name="at">The moment, by the sensors' own clocks.</param>
public sealed class PastReadings(ReadingStore store, DateTimeOffset at) : ISensorReadings
{
    /// <summary>Readings as of a moment: what is durable is sorted in first.</summary>
    public static async ValueTask<PastReadings> OpenAsync(ReadingStore store, DateTimeOffset at)
    {
        await store.FoldAsync();
        return new PastReadings(store, at);
    }

    /// <inheritdoc/>
    public SensorGlance? Of(TwinId sensor, SensorState state)
    {
        if (state.Profile is null)
        {
            return null;
        }
        var watch = new SensorWatch(state);
        List<SensorCommand> reports = [];
        foreach (Reading reading in store.RawBefore(sensor, at))
        {
            watch.Observe(reading, reports);
            reports.Clear();
        }
        return watch.Taken == 0 ? null : SensorGlance.Of(watch);
    }
}
