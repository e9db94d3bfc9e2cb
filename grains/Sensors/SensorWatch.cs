using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>Follows one sensor's readings and says what its twin must hear: alerts, silence, return.</summary>
/// <remarks>
/// Deterministic: the same readings in the same order give the same reports, also where it was saved and loaded in between.
/// Readings that come late or twice are recognised by their own time. Not thread-safe.
/// </remarks>
public sealed partial class SensorWatch
{
    private const int HoursKept = 25;

    private readonly ThresholdLadder _ladder = new();
    private readonly Queue<(long AtMs, double Value)> _samples = new();
    private readonly SortedDictionary<Measure, SeenTimes> _seen = [];
    private readonly SensorKind _kind;
    private HourBuckets _hours = new(HoursKept);
    private SortedDictionary<Measure, HourBuckets>? _pollutants;
    private SensorState _state;
    private SensorRules _rules;
    private (long AtMs, double Value)? _spike;
    private long _sameSinceMs;
    private long _quietAfterMs;
    private bool _risesRapidly;
    private bool _isImplausible;
    private bool _isQuiet;

    /// <summary>A watch over a registered sensor.</summary>
    public SensorWatch(SensorState state)
    {
        _state = state;
        _rules = state.Rules!;
        _kind = state.Profile!.Kind;
        StartOver();
    }

    /// <summary>The latest believed value of the primary measure, calibrated; NaN before the first.</summary>
    public double Latest { get; private set; } = double.NaN;

    /// <summary>When the latest reading was taken, ms since 1970; 0 before the first.</summary>
    public long LatestAtMs { get; private set; }

    /// <summary>When the latest reading of any measure was taken, believed or not, ms since 1970; 0 before the first.</summary>
    public long HeardAtMs { get; private set; }

    /// <summary>The latest reading of each measure, believed or not.</summary>
    public ImmutableArray<LatestMeasure> Measures { get; private set; } = [];

    /// <summary>The number held against the thresholds; NaN before there is one.</summary>
    public double Watched { get; private set; } = double.NaN;

    /// <summary>Readings taken in, late ones included.</summary>
    public long Taken { get; private set; }

    /// <summary>Readings that came before.</summary>
    public long Repeated { get; private set; }

    /// <summary>Statistics of the primary measure over the last hours, 1 to 24.</summary>
    public RollingStatistics Over(int hours) => _hours.Over(hours);

    /// <summary>Whether the twin's settings, by which readings are judged, are those that the watch goes by.</summary>
    public bool Heeds(SensorState twin) =>
        twin.Rules!.IsSame(_rules) && twin.Offset == _state.Offset && twin.MaintenanceUntil is null == _state.MaintenanceUntil is null;

    /// <summary>Takes up the twin's settings. Other rules, and maintenance, make it start over from the alerts in force.</summary>
    public void Follow(SensorState state)
    {
        bool startsOver = !state.Rules!.IsSame(_rules) || state.MaintenanceUntil is null != _state.MaintenanceUntil is null;
        _state = state;
        _rules = state.Rules!;
        if (startsOver)
        {
            StartOver();
        }
    }

    /// <summary>Takes a reading in; what the twin must hear is added to <paramref name="reports"/>.</summary>
    public void Observe(in Reading reading, List<SensorCommand> reports)
    {
        Sighting sighting = SeenOf(reading.Measure).Add(reading.AtMs);
        if (sighting == Sighting.Repeated)
        {
            Repeated++;
            return;
        }
        Taken++;
        Measures = LatestMeasure.After(Measures, reading);
        bool isPrimary = reading.Measure == SensorKinds.Primary(_kind);
        bool isJudged = (isPrimary || _kind == SensorKind.Air) && sighting == Sighting.Newest;
        double value = isPrimary ? reading.Value + _state.Offset : reading.Value;
        if (!isPrimary || IsPlausible(reading, value, sighting == Sighting.Newest, reports))
        {
            Enter(reading, value, isPrimary, sighting);
        }
        else
        {
            isJudged = false;
        }
        Hear(reading, reports);
        if (!isJudged)
        {
            return;
        }
        LatestAtMs = Math.Max(LatestAtMs, reading.AtMs);
        Latest = isPrimary ? value : Latest;
        if (_state.MaintenanceUntil is null)
        {
            Judge(LatestAtMs, reports);
        }
    }

    /// <summary>Where the twin takes the sensor for quiet and the watch does not, the one that knows less is told.</summary>
    /// <param name="twin">The twin as it stands.</param>
    /// <param name="reports">Gets the report that there was a reading meanwhile.</param>
    public void Notice(SensorState twin, List<SensorCommand> reports)
    {
        if (_isQuiet || !(twin.IsSilent || twin.SilentAt is not null))
        {
            return;
        }
        BeQuietAs(twin);
        if (HeardAtMs > _quietAfterMs)
        {
            _isQuiet = false;
            reports.Add(new SensorCommand.ReportHeard(DateTimeOffset.FromUnixTimeMilliseconds(HeardAtMs)));
        }
    }

    /// <summary>Where the alerts that the watch follows are not those of the twin, these are taken up, so that what differs is reported anew.</summary>
    public void Reconcile(SensorState twin)
    {
        _state = twin;
        _rules = twin.Rules!;
        if (!Agrees(twin))
        {
            StartOver();
        }
    }

    /// <summary>Whether the alerts that the watch follows are those of the twin.</summary>
    public bool Agrees(SensorState twin) => _ladder.Level == twin.Level && _risesRapidly == twin.RisesRapidly && _isImplausible == twin.IsImplausible;

    /// <summary>Called from time to time: reports that readings stay away once half of the silence period has passed.</summary>
    /// <param name="nowMs">Now by the city's clock, ms since 1970.</param>
    /// <param name="reports">Gets the report.</param>
    public void Sweep(long nowMs, List<SensorCommand> reports)
    {
        if (!_isQuiet && HeardAtMs > 0 && _state.MaintenanceUntil is null && nowMs - HeardAtMs >= _rules.SilentAfter.TotalMilliseconds / 2)
        {
            _isQuiet = true;
            reports.Add(new SensorCommand.ReportQuiet(DateTimeOffset.FromUnixTimeMilliseconds(HeardAtMs)));
        }
    }

    private void StartOver()
    {
        _ladder.Reset(_state.Level);
        _risesRapidly = _state.RisesRapidly;
        _isImplausible = _state.IsImplausible;
        BeQuietAs(_state);
    }

    private void BeQuietAs(SensorState twin)
    {
        _isQuiet = twin.IsSilent || twin.SilentAt is not null;
        _quietAfterMs = _isQuiet ? twin.LastHeardAt?.ToUnixTimeMilliseconds() ?? 0 : 0;
    }

    private SeenTimes SeenOf(Measure measure)
    {
        if (!_seen.TryGetValue(measure, out SeenTimes? seen))
        {
            _seen.Add(measure, seen = new SeenTimes());
        }
        return seen;
    }

    private void Enter(in Reading reading, double value, bool isPrimary, Sighting sighting)
    {
        if (sighting == Sighting.Unknown)
        {
            return;
        }
        if (isPrimary)
        {
            _hours.Add(reading.AtMs, value);
        }
        if (_kind == SensorKind.Air && AirQuality.Counts(reading.Measure))
        {
            PollutantHours(reading.Measure).Add(reading.AtMs, value);
        }
    }

    private void Hear(in Reading reading, List<SensorCommand> reports)
    {
        if (reading.AtMs <= HeardAtMs)
        {
            return;
        }
        HeardAtMs = reading.AtMs;
        if (_isQuiet && reading.AtMs > _quietAfterMs)
        {
            _isQuiet = false;
            reports.Add(new SensorCommand.ReportHeard(reading.At));
        }
    }

    private HourBuckets PollutantHours(Measure measure)
    {
        _pollutants ??= [];
        if (!_pollutants.TryGetValue(measure, out HourBuckets? hours))
        {
            _pollutants.Add(measure, hours = new HourBuckets(AirQuality.NowCastHours + 1));
        }
        return hours;
    }
}
