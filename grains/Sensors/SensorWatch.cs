namespace CityTwin.Grains;

/// <summary>Follows one sensor's readings and says what its twin must hear: alerts, silence, return.</summary>
/// <remarks>
/// Deterministic: the same readings in the same order give the same reports, so that it can be rebuilt from the time series.
/// Readings that come late or twice are recognised by their own time. Not thread-safe.
/// </remarks>
public sealed class SensorWatch
{
    private const int HoursKept = 25;

    private const int RecentMax = 16;

    private const long SampleEveryMs = 300_000;

    private const long RiseOverMsMin = 900_000;

    private const int SamplesMax = 12;

    private readonly HourBuckets _hours = new(HoursKept);
    private readonly ThresholdLadder _ladder = new();
    private readonly (Measure Measure, long AtMs)[] _recent = new (Measure, long)[RecentMax];
    private readonly Queue<(long AtMs, double Value)> _samples = new();
    private readonly List<SensorCommand> _unreported = [];
    private Dictionary<Measure, HourBuckets>? _pollutants;
    private SensorState _state;
    private SensorRules _rules;
    private readonly SensorKind _kind;
    private int _recentNext;
    private (long AtMs, double Value)? _spike;
    private long _sameSinceMs;
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

    /// <summary>The number held against the thresholds; NaN before there is one.</summary>
    public double Watched { get; private set; } = double.NaN;

    /// <summary>Readings taken in, late ones included.</summary>
    public long Taken { get; private set; }

    /// <summary>Readings that came before.</summary>
    public long Repeated { get; private set; }

    /// <summary>Statistics of the primary measure over the last hours, 1 to 24.</summary>
    public RollingStatistics Over(int hours) => _hours.Over(hours);

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
        if (IsRepeat(reading))
        {
            Repeated++;
            return;
        }
        Taken++;
        bool isPrimary = reading.Measure == SensorKinds.Primary(_kind);
        double value = isPrimary ? reading.Value + _state.Offset : reading.Value;
        if (isPrimary && !IsPlausible(reading, value, reports))
        {
            Hear(reading, reports);
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
        Hear(reading, reports);
        bool isLate = reading.AtMs <= LatestAtMs;
        if (isLate || !(isPrimary || _kind == SensorKind.Air))
        {
            return;
        }
        LatestAtMs = reading.AtMs;
        Latest = isPrimary ? value : Latest;
        if (_state.MaintenanceUntil is null)
        {
            Judge(reading.AtMs, reports);
        }
    }

    /// <summary>Takes in a reading that was followed before a restart: all that the watch knows comes to be as it was, and nothing is reported.</summary>
    public void Warm(in Reading reading)
    {
        bool isQuiet = _isQuiet;
        _unreported.Clear();
        Observe(reading, _unreported);
        _isQuiet = isQuiet;
    }

    /// <summary>After a restart: what differs from the twin, because rules changed or work was done meanwhile, is taken from the twin, so that it is reported anew.</summary>
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
        if (!_isQuiet && LatestAtMs > 0 && _state.MaintenanceUntil is null && nowMs - LatestAtMs >= _rules.SilentAfter.TotalMilliseconds / 2)
        {
            _isQuiet = true;
            reports.Add(new SensorCommand.ReportQuiet(DateTimeOffset.FromUnixTimeMilliseconds(LatestAtMs)));
        }
    }

    private void StartOver()
    {
        _ladder.Reset(_state.Level);
        _risesRapidly = _state.RisesRapidly;
        _isImplausible = _state.IsImplausible;
        _isQuiet = _state.IsSilent || _state.SilentAt is not null;
    }

    private void Hear(in Reading reading, List<SensorCommand> reports)
    {
        if (_isQuiet && reading.AtMs > LatestAtMs)
        {
            _isQuiet = false;
            reports.Add(new SensorCommand.ReportHeard(reading.At));
        }
    }

    private bool IsRepeat(in Reading reading)
    {
        foreach ((Measure measure, long atMs) in _recent)
        {
            if (atMs == reading.AtMs && measure == reading.Measure)
            {
                return true;
            }
        }
        _recent[_recentNext] = (reading.Measure, reading.AtMs);
        _recentNext = (_recentNext + 1) % RecentMax;
        return false;
    }

    private bool IsPlausible(in Reading reading, double value, List<SensorCommand> reports)
    {
        bool isLate = reading.AtMs <= LatestAtMs;
        if (value < _rules.PlausibleMin || value > _rules.PlausibleMax)
        {
            Doubt(true, reading, reports);
            return false;
        }
        if (_rules.SpikeMax is { } jump && !isLate && Math.Abs(value - Latest) > jump)
        {
            bool confirmed = _spike is { } before && before.AtMs < reading.AtMs && Math.Abs(value - before.Value) <= jump;
            _spike = (reading.AtMs, value);
            if (!confirmed)
            {
                return false;
            }
        }
        _spike = null;
        if (!isLate && _rules.StuckAfter is { } stuckAfter)
        {
            _sameSinceMs = value == Latest && _sameSinceMs > 0 ? _sameSinceMs : reading.AtMs;
            if (reading.AtMs - _sameSinceMs >= (long)stuckAfter.TotalMilliseconds)
            {
                Doubt(true, reading, reports);
                return true;
            }
        }
        if (!isLate)
        {
            Doubt(false, reading, reports);
        }
        return true;
    }

    private void Doubt(bool doubts, in Reading reading, List<SensorCommand> reports)
    {
        if (_isImplausible == doubts || _state.MaintenanceUntil is not null)
        {
            return;
        }
        _isImplausible = doubts;
        reports.Add(doubts
            ? new SensorCommand.ReportAlert(AlertKind.Implausible, 1, reading.Value, reading.At)
            : new SensorCommand.ReportClear(AlertKind.Implausible, 1, reading.Value, reading.At));
    }

    private void Judge(long atMs, List<SensorCommand> reports)
    {
        DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(atMs);
        Watched = _rules.Watched switch
        {
            WatchedNumber.Sum => _hours.Over(_rules.SumHours).Sum,
            WatchedNumber.AirQualityIndex => HourlyIndex(),
            _ => Latest,
        };
        if (double.IsNaN(Watched))
        {
            return;
        }
        int before = _ladder.Level;
        int level = _ladder.Move(_rules, atMs, Watched);
        if (level > before)
        {
            reports.Add(new SensorCommand.ReportAlert(AlertKind.Threshold, level, Watched, at));
        }
        else if (level < before)
        {
            reports.Add(new SensorCommand.ReportClear(AlertKind.Threshold, level + 1, Watched, at));
        }
        if (_rules.RisePerHourMax is { } riseMax)
        {
            JudgeRise(atMs, riseMax, at, reports);
        }
    }

    private void JudgeRise(long atMs, double riseMax, DateTimeOffset at, List<SensorCommand> reports)
    {
        if (_samples.Count == 0 || atMs - _samples.Last().AtMs >= SampleEveryMs)
        {
            _samples.Enqueue((atMs, Latest));
        }
        while (_samples.Count > SamplesMax || atMs - _samples.Peek().AtMs > 3_600_000)
        {
            _samples.Dequeue();
        }
        (long sinceMs, double since) = _samples.Peek();
        if (atMs - sinceMs < RiseOverMsMin)
        {
            return;
        }
        double rise = (Latest - since) * 3_600_000 / (atMs - sinceMs);
        bool rises = _risesRapidly ? rise > riseMax / 2 : rise >= riseMax;
        if (rises != _risesRapidly)
        {
            _risesRapidly = rises;
            reports.Add(rises
                ? new SensorCommand.ReportAlert(AlertKind.RapidRise, 1, rise, at)
                : new SensorCommand.ReportClear(AlertKind.RapidRise, 1, rise, at));
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

    private double HourlyIndex()
    {
        double index = double.NaN;
        Span<double> means = stackalloc double[AirQuality.NowCastHours];
        foreach ((Measure measure, HourBuckets hours) in _pollutants ?? [])
        {
            for (int i = 0; i < means.Length; i++)
            {
                means[i] = hours.MeanBefore(i);
            }
            double concentration = measure is Measure.Pm25 or Measure.Pm10 ? AirQuality.NowCast(means) : means[0];
            if (!double.IsNaN(concentration))
            {
                int one = AirQuality.IndexOf(measure, concentration);
                index = double.IsNaN(index) ? one : Math.Max(index, one);
            }
        }
        return index;
    }
}
