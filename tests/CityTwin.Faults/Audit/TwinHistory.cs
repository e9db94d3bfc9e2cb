using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;

namespace CityTwin.Faults.Audit;

/// <summary>All that durably happened to one twin, and its state after each event: the auditor's whole model of a twin.</summary>
internal sealed class TwinHistory(TwinType type)
{
    private readonly List<RecordedEvent> _events = [];
    private readonly List<TwinState> _states = [type.Initial];

    public TwinType Type { get; } = type;

    public IReadOnlyList<RecordedEvent> Events => _events;

    public int Version => _events.Count;

    public long Head => _events.Count == 0 ? 0 : _events[^1].Position;

    public TwinState State => _states[^1];

    /// <summary>The deadline that is armed, and the moment at which it must fire: later only when it was armed later.</summary>
    public (DateTimeOffset? DueAt, DateTimeOffset FiresAt) Armed { get; private set; }

    public TwinState StateAt(int version) => _states[version];

    public void Add(in RecordedEvent recorded)
    {
        _events.Add(recorded);
        _states.Add(Type.Evolve(State, recorded.Event));
        DateTimeOffset? due = Type.NextDeadline(State);
        if (due is null)
        {
            Armed = default;
        }
        else if (due != Armed.DueAt)
        {
            Armed = (due, due > recorded.At ? due.Value : recorded.At);
        }
    }
}
