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
    private readonly ActivityClock _events;
    private readonly ActivityClock _arrivals;
    private readonly Template[] _all;
    private readonly Dictionary<string, Template[]> _byOffice;
    private readonly (string Office, double UpTo)[] _mix;
    private readonly double _perHour;

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
    }

    /// <summary>Simulated cases that arrive in a period, as far as they happen before its end.</summary>
    public List<LoggedCase> Simulate(DateTimeOffset from, DateTimeOffset to, ulong seed, int replication)
    {
        RandomStream arrivals = RandomStream.Of(seed, StreamPurpose.Arrivals, 0, replication);
        RandomStream cases = RandomStream.Of(seed, StreamPurpose.Cases, 0, replication);
        List<LoggedCase> simulated = [];
        double clock = _arrivals.ToActivity(from);
        while (true)
        {
            clock += arrivals.NextExponential() / _perHour;
            DateTimeOffset at = _arrivals.ToTime(clock);
            if (at >= to)
            {
                return simulated;
            }
            double u = cases.NextUnit();
            string office = _mix.First(m => u <= m.UpTo + 1e-12).Office;
            Template[] pool = _byOffice.GetValueOrDefault(office, _all);
            Template drawn = pool[(int)(cases.NextUnit() * pool.Length)];
            simulated.Add(Play(drawn, office, at, simulated.Count));
        }
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
