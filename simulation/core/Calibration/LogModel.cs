using CityTwin.Simulation.Logs;

namespace CityTwin.Simulation.Calibration;

/// <summary>A log's own model: arrivals by hour of the week, and what became of cases, drawn from the cases seen.</summary>
/// <remarks>
/// Each drawn case is a seen one of the office, with its gaps and its time limit on the activity clock: routing, waiting and
/// handling stay together as they were. Right where offices keep working as they did; a change of staff is for the city model.
/// </remarks>
internal sealed class LogModel
{
    private const int TemplatesMin = 30;
    private const int DaysMin = 14;
    private readonly ActivityClock _events;
    private readonly ActivityClock _arrivals;
    private readonly Template[] _all;
    private readonly Dictionary<string, Template[]> _byOffice;
    private readonly (string Office, double UpTo)[] _mix;
    private readonly double _perHour;
    private readonly double _daySigma;
    private readonly double _levelSigma;

    /// <summary>Fits a model.</summary>
    /// <param name="seen">Cases that ended before the fit's end.</param>
    /// <param name="arrivals">All arrivals before it, in order: those of open cases too.</param>
    /// <param name="to">The fit's end.</param>
    public LogModel(IReadOnlyList<LoggedCase> seen, IReadOnlyList<DateTimeOffset> arrivals, DateTimeOffset to)
    {
        TimeSpan zone = seen[0].ArrivedAt.Offset;
        _events = new ActivityClock(seen.SelectMany(c => c.Events.Skip(1)).Select(e => e.At), zone);
        _arrivals = new ActivityClock(arrivals, zone);
        // Cases near the end are only seen when they are short: those that had time for what nine in ten need count.
        double[] lengths = [.. seen.Select(c => (c.EndedAt - c.ArrivedAt).TotalHours).Order()];
        DateTimeOffset last = to.AddHours(-QuantileInterval.At(lengths, 0.9));
        LoggedCase[] whole = [.. seen.Where(c => c.ArrivedAt <= last)];
        _all = [.. (whole.Length >= TemplatesMin ? whole : seen).Select(TemplateOf)];
        _byOffice = _all.GroupBy(t => t.Office).Where(g => g.Count() >= TemplatesMin).ToDictionary(g => g.Key, g => g.ToArray());
        double sum = 0;
        _mix = [.. seen.GroupBy(c => c.Office).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, sum += (double)g.Count() / seen.Count))];
        _perHour = arrivals.Count / Math.Max(1, (to - arrivals[0]).TotalHours);
        (_daySigma, _levelSigma) = Dispersion(arrivals, to, zone);
    }

    /// <summary>Simulated cases that arrive in a period, as far as they happen before its end.</summary>
    public List<LoggedCase> Simulate(DateTimeOffset from, DateTimeOffset to, ulong seed, int replication)
    {
        RandomStream arrivals = RandomStream.Of(seed, StreamPurpose.Arrivals, 0, replication);
        RandomStream cases = RandomStream.Of(seed, StreamPurpose.Cases, 0, replication);
        List<LoggedCase> simulated = [];
        RandomStream days = RandomStream.Of(seed, StreamPurpose.DayEffects, 0, replication);
        // Of citizens who would come on the busiest of days, each comes with the chance that his day has: thinning.
        double level = Math.Exp(_levelSigma * NormalQuantile.Of(days.NextUnit()));
        ulong luck = days.KeyOf(1);
        double most = level * Math.Exp(3 * _daySigma);
        double clock = _arrivals.ToActivity(from);
        while (true)
        {
            clock += arrivals.NextExponential() / (_perHour * most);
            DateTimeOffset at = _arrivals.ToTime(clock);
            if (at >= to)
            {
                return simulated;
            }
            double effect = (_daySigma * NormalQuantile.Of(RandomStream.UnitAt(luck, (int)(at - from).TotalDays))) - (_daySigma * _daySigma / 2);
            if (arrivals.NextUnit() * most > level * Math.Exp(effect))
            {
                continue;
            }
            double u = cases.NextUnit();
            string office = _mix.First(m => u <= m.UpTo + 1e-12).Office;
            Template[] pool = _byOffice.GetValueOrDefault(office, _all);
            Template drawn = pool[(int)(cases.NextUnit() * pool.Length)];
            simulated.Add(Play(drawn, office, at, simulated.Count));
        }
    }

    // How much days differ beyond chance, and how well so few days tell the level: standard deviations of logarithms.
    private (double Day, double Level) Dispersion(IReadOnlyList<DateTimeOffset> arrivals, DateTimeOffset to, TimeSpan zone)
    {
        DateOnly first = DateOnly.FromDateTime(arrivals[0].ToOffset(zone).DateTime).AddDays(1);
        int days = DateOnly.FromDateTime(to.ToOffset(zone).DateTime).DayNumber - first.DayNumber;
        if (days < DaysMin)
        {
            return (0, 0);
        }
        int[] counts = new int[days];
        foreach (DateTimeOffset at in arrivals)
        {
            int day = DateOnly.FromDateTime(at.ToOffset(zone).DateTime).DayNumber - first.DayNumber;
            if (day >= 0 && day < days)
            {
                counts[day]++;
            }
        }
        double excess = 0;
        double expected = 0;
        for (int d = 0; d < days; d++)
        {
            DateTimeOffset midnight = new(first.AddDays(d).ToDateTime(TimeOnly.MinValue), zone);
            double mean = _perHour * (_arrivals.ToActivity(midnight.AddDays(1)) - _arrivals.ToActivity(midnight));
            excess += ((counts[d] - mean) * (counts[d] - mean)) - mean;
            expected += mean * mean;
        }
        // Pearson's statistic, days with many cases counting for more; a weekday's own mean takes away a little.
        double variance = Math.Max(0, excess / Math.Max(1e-9, expected)) * days / Math.Max(1, days - 7);
        return (Math.Sqrt(Math.Log(1 + variance)), Math.Sqrt(Math.Log(1 + ((variance + (days / (double)Math.Max(1, arrivals.Count))) / days))));
    }

    private LoggedCase Play(Template drawn, string office, DateTimeOffset at, int number)
    {
        double clock = _events.ToActivity(at);
        LoggedEvent[] events = new LoggedEvent[drawn.Gaps.Length + 1];
        events[0] = new LoggedEvent(drawn.Activities[0], at, "", false);
        for (int i = 0; i < drawn.Gaps.Length; i++)
        {
            clock += drawn.Gaps[i];
            DateTimeOffset next = _events.ToTime(clock);
            events[i + 1] = new LoggedEvent(drawn.Activities[i + 1], next < events[i].At ? events[i].At : next, "", false);
        }
        return new LoggedCase($"simulated {number}", office, drawn.Limit is { } limit ? _events.ToTime(_events.ToActivity(at) + limit) : null, [.. events]);
    }

    private Template TemplateOf(LoggedCase c)
    {
        double[] gaps = new double[c.Events.Length - 1];
        for (int i = 0; i < gaps.Length; i++)
        {
            gaps[i] = _events.ToActivity(c.Events[i + 1].At) - _events.ToActivity(c.Events[i].At);
        }
        return new Template(c.Office, [.. c.Events.Select(e => e.Activity)], gaps,
            c.Deadline is { } due ? _events.ToActivity(due) - _events.ToActivity(c.ArrivedAt) : null);
    }

    private sealed record Template(string Office, string[] Activities, double[] Gaps, double? Limit);
}
