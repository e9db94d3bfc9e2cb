using System.Collections.Immutable;
using CityTwin.Simulation.Logs;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.Simulation.Calibration;

/// <summary>Fits the first part of a log, simulates the rest, and compares with what happened.</summary>
public sealed record Backtest
{
    private const double Band = 0.9;
    private const int CityParts = 3;

    /// <summary>Where the log was cut.</summary>
    public required DateTimeOffset SplitAt { get; init; }

    /// <summary>Cases fitted and cases compared with.</summary>
    public required (int Fitted, int Compared) Cases { get; init; }

    /// <summary>The earth mover's distance of arrival times, hours.</summary>
    public required double ArrivalDistance { get; init; }

    /// <summary>That of cycle times (first to last event), hours.</summary>
    public required double CycleDistance { get; init; }

    /// <summary>That of the hours of the day on which events happen, hours.</summary>
    public required double CircadianDistance { get; init; }

    /// <summary>The share of days whose number of cases lay within the middle 90 % of the replications.</summary>
    public required double ArrivalCoverage { get; init; }

    /// <summary>The same of cases ended.</summary>
    public required double EndCoverage { get; init; }

    /// <summary>By office, the largest first.</summary>
    public required ImmutableArray<OfficeBacktest> Offices { get; init; }

    /// <summary>Runs a backtest.</summary>
    /// <param name="log">The log.</param>
    /// <param name="share">The share of cases that is fitted, 0.1 to 0.9.</param>
    /// <param name="replications">How often the rest is simulated, 10 or more.</param>
    /// <param name="seed">The seed of all chance.</param>
    /// <param name="progress">Told after every replication simulated, and after every office compared; may be called from several threads.</param>
    /// <param name="pace">How it may use the machine; null: all processors. Does not change the outcome.</param>
    /// <param name="cancellation">Ends between replications and offices.</param>
    /// <exception cref="FormatException">The log is too short.</exception>
    public static Backtest Of(
        EventLog log, double share = 0.7, int replications = 100, ulong seed = 1, Action<RunProgress>? progress = null,
        RunPace? pace = null, CancellationToken cancellation = default)
    {
        int cut = (int)(log.Cases.Length * share);
        if (cut < 20 || log.Cases.Length - cut < 10)
        {
            throw new FormatException($"{log.Cases.Length} cases: a backtest needs 20 to fit and 10 to compare with");
        }
        DateTimeOffset split = log.Cases[cut].ArrivedAt;
        DateTimeOffset end = log.Cases[^1].ArrivedAt;
        // The fit knows of the first part's cases only what happened before the cut.
        LoggedCase[] first = [.. log.Cases.Take(cut).Where(c => !c.IsUnfinished && c.EndedAt < split)];
        if (first.Length < 20)
        {
            throw new FormatException($"only {first.Length} cases ended before the cut; a fit needs 20");
        }
        LoggedCase[] rest = [.. log.Cases.Skip(cut).Where(c => !c.IsUnfinished && c.ArrivedAt < end && c.EndedAt < end)];
        LogModel model = new(first, [.. log.Cases.Take(cut).Select(c => c.ArrivedAt)], split);
        string[] offices = [.. rest.Select(c => c.Office).Distinct()];
        int done = 0;
        void Tell() => progress?.Invoke(new RunProgress(Interlocked.Increment(ref done), replications + offices.Length + CityParts));
        List<LoggedCase>[] runs = Replications.Run(
            0,
            replications,
            r =>
            {
                List<LoggedCase> simulated = model.Simulate(split, end, seed, r);
                Tell();
                return simulated;
            },
            pace,
            cancellation);
        List<LoggedCase>[] ended = [.. runs.Select(r => r.Where(c => c.EndedAt < end).ToList())];
        LoggedCase[] arrived = [.. log.Cases.Skip(cut).Where(c => c.ArrivedAt < end)];
        double Compared(Func<double> distance)
        {
            cancellation.ThrowIfCancellationRequested();
            double value = distance();
            Tell();
            return value;
        }
        return new Backtest
        {
            SplitAt = split,
            Cases = (first.Length, arrived.Length),
            ArrivalDistance = Compared(() => Mean(runs, r => EarthMover.Distance(r.Select(c => Hours(c.ArrivedAt, split)), arrived.Select(c => Hours(c.ArrivedAt, split))))),
            CycleDistance = Compared(() => Mean(ended, r => EarthMover.Distance(r.Select(Cycle), rest.Select(Cycle)))),
            CircadianDistance = Compared(() => Mean(ended, r => EarthMover.Distance(r.SelectMany(HoursOfDay), rest.SelectMany(HoursOfDay)))),
            ArrivalCoverage = Coverage(runs, arrived, c => c.ArrivedAt, split, end),
            EndCoverage = Coverage(ended, rest, c => c.EndedAt, split, end),
            Offices = OfOffices(rest, ended, split, end, Tell, cancellation),
        };
    }

    private static ImmutableArray<OfficeBacktest> OfOffices(
        LoggedCase[] rest, List<LoggedCase>[] ended, DateTimeOffset split, DateTimeOffset end, Action tell, CancellationToken cancellation)
    {
        ILookup<string, LoggedCase>[] runs = [.. ended.Select(r => r.ToLookup(c => c.Office))];
        return [.. rest.GroupBy(c => c.Office).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g =>
            {
                cancellation.ThrowIfCancellationRequested();
                OfficeBacktest compared = OfOffice(g.Key, [.. g], [.. runs.Select(r => r[g.Key].ToList())], split, end);
                tell();
                return compared;
            })];
    }

    private static OfficeBacktest OfOffice(string office, LoggedCase[] seen, List<LoggedCase>[] runs, DateTimeOffset split, DateTimeOffset end)
    {
        double[] days = [.. runs.Select(r => MeanOf(r.Select(c => Cycle(c) / 24))).Where(double.IsFinite)];
        double[] onTime = [.. runs.Select(r => MeanOf(r.Where(c => c.OnTime is not null).Select(c => c.OnTime!.Value ? 1.0 : 0))).Where(double.IsFinite)];
        bool[] judged = [.. seen.Select(c => c.OnTime).OfType<bool>()];
        return new OfficeBacktest(
            office.Length > 0 ? office : "(all)",
            seen.Length,
            seen.Average(c => Cycle(c) / 24),
            BandOf(days),
            judged.Length == 0 ? null : judged.Average(t => t ? 1.0 : 0),
            onTime.Length == 0 || judged.Length == 0 ? null : BandOf(onTime))
        {
            CycleDistance = Mean(runs, r => EarthMover.Distance(r.Select(Cycle), seen.Select(Cycle))),
            CircadianDistance = Mean(runs, r => EarthMover.Distance(r.SelectMany(HoursOfDay), seen.SelectMany(HoursOfDay))),
            EndCoverage = Coverage(runs, seen, c => c.EndedAt, split, end),
        };
    }

    private static Interval BandOf(double[] values)
    {
        if (values.Length == 0)
        {
            return new Interval(double.NaN, double.NaN, double.NaN, Band, 0);
        }
        double[] sorted = [.. values.Order()];
        return new Interval(values.Average(), QuantileInterval.At(sorted, (1 - Band) / 2), QuantileInterval.At(sorted, (1 + Band) / 2), Band, values.Length);
    }

    private static double Coverage(
        List<LoggedCase>[] runs, LoggedCase[] seen, Func<LoggedCase, DateTimeOffset> at, DateTimeOffset split, DateTimeOffset end)
    {
        int days = Math.Max(1, (int)(end - split).TotalDays);
        int[] CountsOf(IEnumerable<LoggedCase> cases)
        {
            int[] counts = new int[days];
            foreach (LoggedCase c in cases)
            {
                int day = (int)(at(c) - split).TotalDays;
                counts[Math.Clamp(day, 0, days - 1)]++;
            }
            return counts;
        }
        int[][] simulated = [.. runs.Select(CountsOf)];
        int[] actual = CountsOf(seen);
        int held = 0;
        for (int d = 0; d < days; d++)
        {
            double[] sorted = [.. simulated.Select(s => (double)s[d]).Order()];
            held += actual[d] >= Math.Floor(QuantileInterval.At(sorted, (1 - Band) / 2)) && actual[d] <= Math.Ceiling(QuantileInterval.At(sorted, (1 + Band) / 2)) ? 1 : 0;
        }
        return (double)held / days;
    }

    private static double Mean(List<LoggedCase>[] runs, Func<List<LoggedCase>, double> of) =>
        runs.Where(r => r.Count > 0).Select(of).DefaultIfEmpty(double.NaN).Average();

    private static double MeanOf(IEnumerable<double> values) => values.DefaultIfEmpty(double.NaN).Average();

    private static double Hours(DateTimeOffset at, DateTimeOffset from) => (at - from).TotalHours;

    private static double Cycle(LoggedCase c) => (c.EndedAt - c.ArrivedAt).TotalHours;

    private static IEnumerable<double> HoursOfDay(LoggedCase c) => c.Events.Select(e => e.At.TimeOfDay.TotalHours);
}
