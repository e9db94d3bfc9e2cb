using System.Collections.Concurrent;
using CityTwin.Grains;

namespace CityTwin.Silo.Sensors;

/// <summary>A watch as it is kept with the time series.</summary>
/// <param name="Sensor">Whose.</param>
/// <param name="Number">The last batch that it has followed.</param>
/// <param name="State">All that it knows.</param>
public readonly record struct StoredWatch(TwinId Sensor, long Number, byte[] State);

/// <summary>A watch, and which batches are in it. The follower writes it, under the watch's lock.</summary>
internal sealed class WatchedSensor(TwinId sensor, SensorWatch watch)
{
    public TwinId Sensor => sensor;

    public SensorWatch Watch => watch;

    /// <summary>The last batch that has one of its readings.</summary>
    public long TouchedBy { get; set; }

    /// <summary>Whether it is stored, as of whichever batch, or is about to be.</summary>
    public bool IsStored { get; set; }

    /// <summary>The batch as of which it is stored: it and those before it are not followed again.</summary>
    public long SavedUpTo { get; set; }
}

/// <summary>The watches over all sensors that have spoken. One task changes it; readable from any thread.</summary>
internal sealed class WatchTable(ReadingStore store, SensorDirectory directory)
{
    private readonly ConcurrentDictionary<TwinId, WatchedSensor> _watched = new();

    public IEnumerable<WatchedSensor> All => _watched.Select(w => w.Value);

    public WatchedSensor? Find(TwinId sensor) => _watched.GetValueOrDefault(sensor);

    /// <summary>Takes up the watches as they are stored, and forgets any others.</summary>
    public void Load()
    {
        _watched.Clear();
        foreach (StoredWatch stored in store.Watches())
        {
            if (directory.Find(stored.Sensor) is { Profile: not null } twin && SensorWatch.Load(stored.State, twin) is { } watch)
            {
                _watched[stored.Sensor] = new WatchedSensor(stored.Sensor, watch) { SavedUpTo = stored.Number, IsStored = true };
            }
        }
    }

    /// <summary>Begins to watch a sensor, unless it is watched already.</summary>
    public WatchedSensor Begin(TwinId sensor, SensorState twin) => _watched.GetOrAdd(sensor, new WatchedSensor(sensor, new SensorWatch(twin)));

    /// <summary>Stores watches as of a batch.</summary>
    public static async ValueTask SaveAsync(ReadingStore to, long number, IReadOnlyList<(WatchedSensor Watched, byte[] State)> some)
    {
        await to.SaveAsync([.. some.Select(s => new StoredWatch(s.Watched.Sensor, number, s.State))]);
        foreach ((WatchedSensor watched, _) in some)
        {
            watched.SavedUpTo = Math.Max(watched.SavedUpTo, number);
        }
    }
}
