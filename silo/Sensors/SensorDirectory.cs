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
    private const byte Format = 3;

    private readonly ConcurrentDictionary<TwinId, SensorState> _states = new();
    private readonly ConcurrentDictionary<TwinId, DateTimeOffset> _registeredAt = new();
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

    /// <summary>When a sensor was registered, UTC; null where it was not.</summary>
    public DateTimeOffset? RegisteredAt(TwinId id) => _registeredAt.TryGetValue(id, out DateTimeOffset at) ? at : null;

    /// <inheritdoc/>
    public void Apply(in RecordedEvent recorded)
    {
        if (recorded.Event is SensorEvent happened)
        {
            if (happened is SensorEvent.SensorRegistered)
            {
                _registeredAt[recorded.Twin] = happened.At;
            }
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
        JsonSerializer.Serialize(
            json, new SavedSensors(_states.ToDictionary(s => s.Key.Value, s => s.Value), _registeredAt.ToDictionary(r => r.Key.Value, r => r.Value)), JournalJson.Format);
    }

    /// <inheritdoc/>
    public bool Load(ReadOnlySpan<byte> saved)
    {
        _states.Clear();
        _registeredAt.Clear();
        Interlocked.Increment(ref _changes);
        if (saved is not [Format, ..])
        {
            return false;
        }
        SavedSensors all = JsonSerializer.Deserialize<SavedSensors>(saved[1..], JournalJson.Format)!;
        foreach ((long id, DateTimeOffset at) in all.RegisteredAt)
        {
            _registeredAt[TwinId.FromValue(id)] = at;
        }
        foreach ((long id, SensorState state) in all.States)
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

    /// <summary>What is saved with a checkpoint.</summary>
    /// <param name="States">The twins, by number.</param>
    /// <param name="RegisteredAt">When each sensor was registered.</param>
    private sealed record SavedSensors(Dictionary<long, SensorState> States, Dictionary<long, DateTimeOffset> RegisteredAt);
}
