using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Json;
using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Sensors;

/// <summary>A read model: every sensor twin as it stands. Fed from the journal; readable from any thread.</summary>
public sealed class SensorDirectory : IView
{
    private const byte Format = 2;

    private readonly ConcurrentDictionary<TwinId, SensorState> _states = new();
    private readonly ConcurrentQueue<TwinId> _changed = new();

    // What is in the queue: a sensor is there once, so that the queue is bounded by the sensors where nobody takes from it.
    private readonly ConcurrentDictionary<TwinId, byte> _waits = new();
    private long _changes;

    /// <inheritdoc/>
    public string Name => "sensors";

    /// <summary>Rises with each event taken in: who has seen a number need not look again.</summary>
    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>How many twins it knows, areas included.</summary>
    public int Count => _states.Count;

    /// <summary>The registered sensors.</summary>
    public IEnumerable<(TwinId Id, SensorState State)> Sensors =>
        _states.Where(s => s.Value.Profile is not null).Select(s => (s.Key, s.Value));

    /// <summary>The open incidents of all areas.</summary>
    public IEnumerable<Incident> Incidents => _states.Values.SelectMany(s => s.Incidents);

    /// <summary>A sensor or area, or null.</summary>
    public SensorState? Find(TwinId id) => _states.GetValueOrDefault(id);

    /// <inheritdoc/>
    public void Apply(in RecordedEvent recorded)
    {
        if (recorded.Event is SensorEvent happened)
        {
            _states[recorded.Twin] = SensorDecider.Evolve(_states.GetValueOrDefault(recorded.Twin, SensorState.Absent), happened);
            Changed(recorded.Twin);
            Interlocked.Increment(ref _changes);
        }
    }

    /// <inheritdoc/>
    public void Flush(long position, DateTimeOffset at)
    {
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> output)
    {
        output.Write([Format]);
        using Utf8JsonWriter json = new(output);
        JsonSerializer.Serialize(json, _states.ToDictionary(s => s.Key.Value, s => s.Value), JournalJson.Format);
    }

    /// <inheritdoc/>
    public bool Load(ReadOnlySpan<byte> saved)
    {
        _states.Clear();
        Interlocked.Increment(ref _changes);
        if (saved is not [Format, ..])
        {
            return false;
        }
        foreach ((long id, SensorState state) in JsonSerializer.Deserialize<Dictionary<long, SensorState>>(saved[1..], JournalJson.Format)!)
        {
            _states[TwinId.FromValue(id)] = state;
            Changed(TwinId.FromValue(id));
        }
        return true;
    }

    /// <summary>Takes the next twin that changed since it was last taken. One reader.</summary>
    internal bool TryTakeChanged(out TwinId id) => _changed.TryDequeue(out id) && _waits.TryRemove(id, out _);

    private void Changed(TwinId id)
    {
        if (_waits.TryAdd(id, 0))
        {
            _changed.Enqueue(id);
        }
    }
}
