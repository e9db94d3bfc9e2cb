using CityTwin.Grains;

namespace CityTwin.Simulation.Sensors;

/// <summary>An alert that a sensor must have raised or cleared.</summary>
/// <param name="IsRaised">Raised, else cleared.</param>
/// <param name="Kind">Which kind.</param>
/// <param name="Level">1 to 8 for thresholds, else 1.</param>
/// <param name="ObservedAt">When, by the sensor's clock.</param>
public readonly record struct AlertChange(bool IsRaised, AlertKind Kind, int Level, DateTimeOffset ObservedAt);

/// <summary>What an hour of one sensor must hold.</summary>
/// <param name="Count">Readings.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Min">The least.</param>
/// <param name="Max">The greatest.</param>
public readonly record struct HourAccount(long Count, double Sum, double Min, double Max);

/// <summary>The driver's own books on one sensor: what was acknowledged, and what follows from it by the rules. Not thread-safe.</summary>
public sealed class SensorAccount
{
    private readonly SensorWatch _watch;
    private readonly List<SensorCommand> _reports = [];
    private readonly List<AlertChange> _changes = [];
    private readonly SortedDictionary<long, HourAccount> _hours = [];
    private SensorState _state;

    /// <summary>Books on a sensor that has been registered.</summary>
    public SensorAccount(DrivenSensor sensor)
    {
        Sensor = sensor;
        _state = SensorState.Absent with { Profile = sensor.Profile, Rules = sensor.Rules };
        _watch = new SensorWatch(_state);
    }

    /// <summary>Whose.</summary>
    public DrivenSensor Sensor { get; }

    /// <summary>Readings acknowledged.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Readings found in the city, once it was compared.</summary>
    public long Stored { get; set; }

    /// <summary>The alerts that must have been raised and cleared, in order.</summary>
    public IReadOnlyList<AlertChange> Changes => _changes;

    /// <summary>What each hour must hold, by where it begins, ms since 1970.</summary>
    public IReadOnlyDictionary<long, HourAccount> Hours => _hours;

    /// <summary>A reading was acknowledged. Those of one sensor are told in order.</summary>
    public void Acknowledge(long atMs, double value)
    {
        Acknowledged++;
        long hour = atMs - (atMs % 3_600_000);
        _hours[hour] = _hours.TryGetValue(hour, out HourAccount h)
            ? new HourAccount(h.Count + 1, h.Sum + value, Math.Min(h.Min, value), Math.Max(h.Max, value))
            : new HourAccount(1, value, value, value);
        _watch.Observe(new Reading(Sensor.Id, SensorKinds.Primary(Sensor.Profile.Kind), atMs, value), _reports);
        foreach (SensorCommand report in _reports)
        {
            Follow(report, DateTimeOffset.FromUnixTimeMilliseconds(atMs));
        }
        _reports.Clear();
    }

    private void Follow(SensorCommand report, DateTimeOffset at)
    {
        Decision<SensorEvent> decision = SensorDecider.Decide(_state, report, new Turn(at, null!));
        for (int i = 0; i < decision.Count; i++)
        {
            _state = SensorDecider.Evolve(_state, decision[i]);
            if (decision[i] is SensorEvent.AlertRaised r)
            {
                _changes.Add(new AlertChange(true, r.Kind, r.Level, r.ObservedAt));
            }
            else if (decision[i] is SensorEvent.AlertCleared c)
            {
                _changes.Add(new AlertChange(false, c.Kind, c.Level, c.ObservedAt));
            }
        }
    }
}
