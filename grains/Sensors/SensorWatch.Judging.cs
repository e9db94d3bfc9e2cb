namespace CityTwin.Grains;

/// <content>What readings are held against: plausibility, levels, the rise.</content>
public sealed partial class SensorWatch
{
    private const long SampleEveryMs = 300_000;

    private const long RiseOverMsMin = 900_000;

    private const int SamplesMax = 12;

    private bool IsPlausible(in Reading reading, double value, bool isNewest, List<SensorCommand> reports)
    {
        if (value < _rules.PlausibleMin || value > _rules.PlausibleMax)
        {
            Doubt(true, reading, reports);
            return false;
        }
        if (!isNewest)
        {
            return true;
        }
        if (_rules.SpikeMax is { } jump && Math.Abs(value - Latest) > jump)
        {
            bool confirmed = _spike is { } before && Math.Abs(value - before.Value) <= jump;
            _spike = (reading.AtMs, value);
            if (!confirmed)
            {
                return false;
            }
        }
        _spike = null;
        if (_rules.StuckAfter is { } stuckAfter)
        {
            _sameSinceMs = value == Latest && _sameSinceMs > 0 ? _sameSinceMs : reading.AtMs;
            if (reading.AtMs - _sameSinceMs >= (long)stuckAfter.TotalMilliseconds)
            {
                Doubt(true, reading, reports);
                return true;
            }
        }
        Doubt(false, reading, reports);
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
