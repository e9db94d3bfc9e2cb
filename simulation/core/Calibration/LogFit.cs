using System.Collections.Immutable;
using CityTwin.Simulation.Logs;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Calibration;

/// <summary>What a log says of its offices: when cases come, how long they take, where they go, and how many people work on them.</summary>
public sealed record LogFit
{
    private const int FitMin = 20;

    /// <summary>Mean cases a week.</summary>
    public required double CasesPerWeek { get; init; }

    /// <summary>Weights of the 168 hours of a week, Monday's first; 1 on average.</summary>
    public required ImmutableArray<double> HourOfWeek { get; init; }

    /// <summary>By office, the largest first.</summary>
    public required ImmutableArray<OfficeFit> Offices { get; init; }

    /// <summary>Which activity follows which, with its share of the first one's cases; the commonest first.</summary>
    public required ImmutableArray<(string From, string To, double Share)> Routing { get; init; }

    /// <summary>Handling times in office hours by activity, where the log has beginnings and ends: the best fit by BIC. Nights between do not count.</summary>
    public required ImmutableArray<(string Activity, int Count, DurationFit Best)> Handling { get; init; }

    /// <summary>Fits a log.</summary>
    /// <param name="log">The log, with a case at least.</param>
    /// <param name="seed">The seed of the goodness-of-fit tests.</param>
    /// <param name="progress">Told after every office fitted: cases of the offices so far, of all of them.</param>
    /// <param name="cancellation">Ends between offices.</param>
    public static LogFit Of(EventLog log, ulong seed = 1, Action<RunProgress>? progress = null, CancellationToken cancellation = default)
    {
        TimeSpan zone = log.Cases[0].ArrivedAt.Offset;
        ActivityClock clock = new(log.Cases.Select(c => c.ArrivedAt), zone);
        double weeks = Math.Max(1.0 / 7, (log.Cases[^1].ArrivedAt - log.Cases[0].ArrivedAt).TotalDays / 7);
        ImmutableArray<LoggedCase> finished = log.Finished();
        int done = 0;
        OfficeFit Fitted(string office, LoggedCase[] cases)
        {
            cancellation.ThrowIfCancellationRequested();
            OfficeFit fit = OfOffice(office, cases, seed);
            done += cases.Length;
            progress?.Invoke(new RunProgress(done, finished.Length));
            return fit;
        }
        return new LogFit
        {
            CasesPerWeek = log.Cases.Length / weeks,
            HourOfWeek = [.. Enumerable.Range(0, 168).Select(clock.WeightOf)],
            Offices = [.. finished.GroupBy(c => c.Office).OrderByDescending(g => g.Count()).Select(g => Fitted(g.Key, [.. g]))],
            Routing = Follows(finished),
            Handling = HandlingOf(finished, LoggedHours.Of(log).Calendar(zone), seed),
        };
    }

    private static OfficeFit OfOffice(string office, LoggedCase[] cases, ulong seed)
    {
        double[] days = [.. cases.Select(c => (c.EndedAt - c.ArrivedAt).TotalDays).Where(d => d > 0)];
        bool[] judged = [.. cases.Select(c => c.OnTime).OfType<bool>()];
        (string, DateTimeOffset)[] work = [.. cases.SelectMany(c => c.Events).Where(e => e.Resource.Length > 0).Select(e => (e.Resource, e.At))];
        // Who did something in a week was there in it.
        double staff = work.Length == 0 ? 0 : work.GroupBy(w => w.Item2.UtcTicks / (7 * TimeSpan.TicksPerDay)).Average(g => g.Select(w => w.Item1).Distinct().Count());
        double handedOn = cases.Average(c => c.Events.Select(e => e.Resource).Where(r => r.Length > 0).Distinct().Count() > 1 ? 1.0 : 0);
        return new OfficeFit(
            office.Length > 0 ? office : "(all)", cases.Length, cases.Average(c => (c.EndedAt - c.ArrivedAt).TotalDays),
            judged.Length == 0 ? null : judged.Average(t => t ? 1.0 : 0), staff, handedOn,
            days.Length >= FitMin ? [.. DurationFit.All(days, seed)] : []);
    }

    private static ImmutableArray<(string, string, double)> Follows(ImmutableArray<LoggedCase> cases)
    {
        Dictionary<(string, string), int> counts = [];
        foreach (LoggedCase c in cases)
        {
            string from = "(arrival)";
            foreach (string to in c.Events.Where(e => !e.IsStart).Select(e => e.Activity).Append("(end)"))
            {
                counts[(from, to)] = counts.GetValueOrDefault((from, to)) + 1;
                from = to;
            }
        }
        Dictionary<string, int> totals = counts.GroupBy(c => c.Key.Item1).ToDictionary(g => g.Key, g => g.Sum(c => c.Value));
        return [.. counts.OrderByDescending(c => c.Value).Select(c => (c.Key.Item1, c.Key.Item2, (double)c.Value / totals[c.Key.Item1]))];
    }

    // A beginning is paired with the next end of the same activity of the case.
    private static ImmutableArray<(string, int, DurationFit)> HandlingOf(ImmutableArray<LoggedCase> cases, Grains.WorkCalendar calendar, ulong seed)
    {
        Dictionary<string, List<double>> hours = [];
        foreach (LoggedCase c in cases.Where(c => c.Events.Any(e => e.IsStart)))
        {
            Dictionary<string, DateTimeOffset> begun = [];
            foreach (LoggedEvent e in c.Events)
            {
                if (e.IsStart)
                {
                    begun[e.Activity] = e.At;
                }
                else if (begun.Remove(e.Activity, out DateTimeOffset start))
                {
                    (hours.TryGetValue(e.Activity, out List<double>? list) ? list : hours[e.Activity] = []).Add(calendar.Between(start, e.At).TotalHours);
                }
            }
        }
        return [.. hours.Where(h => h.Value.Count(x => x > 0) >= FitMin).OrderByDescending(h => h.Value.Count)
            .Select(h => (h.Key, h.Value.Count, DurationFit.All(h.Value, seed)[0]))];
    }
}

/// <summary>What a log says of one office.</summary>
/// <param name="Office">Its name in the log.</param>
/// <param name="Cases">How many cases.</param>
/// <param name="DaysMean">Mean calendar days from first to last event.</param>
/// <param name="OnTime">The share that ended by the deadline; null without deadlines.</param>
/// <param name="Staff">Effective staffing: people who did something in a week, on average; 0 where the log names nobody.</param>
/// <param name="HandedOn">The share of cases that more than one person worked on.</param>
/// <param name="Fits">Fits of the days, the best by BIC first; empty for fewer than 20 cases.</param>
public sealed record OfficeFit(
    string Office, int Cases, double DaysMean, double? OnTime, double Staff, double HandedOn, ImmutableArray<DurationFit> Fits);
