using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Logs;

namespace CityTwin.Simulation.Calibration;

/// <summary>Fits a city to an event log: arrivals, officers, handling, the days in between, and limits, so that it can be changed by scenarios.</summary>
/// <remarks>
/// A log of ends alone does not tell work from waiting: there the officers' time on cases is assumed. The days in which nobody handles a case are
/// then corrected, round by round, until the simulated mean is the mean of the log.
/// </remarks>
public static class CityOfLog
{
    private const int CasesMin = 20;
    private const int OfficesMax = 200;
    private const int Rounds = 4;
    private const int Replicates = 4;
    private const double HandlingSigma = 0.6;

    /// <summary>Fits a city.</summary>
    /// <param name="log">The log.</param>
    /// <param name="name">The name in reports.</param>
    /// <param name="utilisation">The share of the officers' time that is on cases where the log has no beginnings, 0.05 to 0.95.</param>
    /// <param name="seed">The seed of all chance.</param>
    /// <param name="cancellation">Ends it between simulations.</param>
    /// <exception cref="FormatException">No office has 20 cases.</exception>
    public static FittedCity Fit(EventLog log, string name, double utilisation = 0.6, ulong seed = 1, CancellationToken cancellation = default)
    {
        LogFit fit = LogFit.Of(log, seed, null, cancellation);
        FittedCity frame = Frame(log, name, fit);
        WorkCalendar calendar = FittedModel.CalendarOf(frame);
        double weeks = Math.Max(1.0 / 7, (log.Cases[^1].ArrivedAt - log.Cases[0].ArrivedAt).TotalDays / 7);
        Dictionary<string, double> staff = fit.Offices.ToDictionary(o => o.Office, o => o.Staff);
        Dictionary<string, int> arrived = log.Cases.GroupBy(c => c.Office).ToDictionary(g => g.Key, g => g.Count());
        FittedCity city = frame with
        {
            Offices = [.. log.Finished().GroupBy(c => c.Office).Where(g => g.Count() >= CasesMin).OrderByDescending(g => g.Count()).Take(OfficesMax)
                .Select(g => Office(g.Key.Length > 0 ? g.Key : "(all)", [.. g], calendar, arrived[g.Key] / weeks, staff, utilisation, seed))],
        };
        if (city.Offices.IsEmpty)
        {
            throw new FormatException($"no office of the log has {CasesMin} cases");
        }
        for (int round = 0; round <= Rounds; round++)
        {
            city = Compared(city, seed, round < Rounds, cancellation);
        }
        return city;
    }

    private static FittedCity Frame(EventLog log, string name, LogFit fit)
    {
        LoggedHours hours = LoggedHours.Of(log);
        return new FittedCity
        {
            Name = name,
            ZoneHours = log.Cases[0].ArrivedAt.Offset.TotalHours,
            Opens = hours.Opens,
            Closes = hours.Closes,
            OpenDays = hours.OpenDays,
            HourOfWeek = fit.HourOfWeek,
            Offices = [],
        };
    }

    private static FittedOffice Office(
        string name, LoggedCase[] cases, WorkCalendar calendar, double perWeek, Dictionary<string, double> staff, double utilisation, ulong seed)
    {
        double day = calendar.StandardDay.TotalMinutes;
        double[] days = [.. cases.Select(c => (double)calendar.WorkingDaysBetween(c.ArrivedAt, c.EndedAt))];
        int officers = Math.Max(1, (int)Math.Round(staff.GetValueOrDefault(name)));
        double[] seen = [.. cases.Select(c => HandledMinutes(c, calendar)).Where(m => m > 0)];
        bool isSeen = seen.Length >= Math.Max(CasesMin, cases.Length / 2);
        double mean = Math.Min(utilisation * officers * day * 5 / perWeek, Math.Max(1, 0.8 * days.Average() * day));
        Duration handling = isSeen
            ? DurationFit.All(seen, seed)[0].Duration
            : Duration.Lognormal(mean * Math.Exp(-HandlingSigma * HandlingSigma / 2), HandlingSigma);
        double[] between = [.. days.Select(d => Math.Max(0.01, d - (handling.Mean / day)))];
        double[] limits = [.. cases.Where(c => c.Deadline is not null).Select(c => (double)calendar.WorkingDaysBetween(c.ArrivedAt, c.Deadline!.Value)).Order()];
        double limit = Math.Clamp(limits.Length > 0 ? QuantileInterval.At(limits, 0.5) : QuantileInterval.At([.. days.Order()], 0.9), 0.5, 3_650);
        bool[] judged = [.. cases.Select(c => c.OnTime).OfType<bool>()];
        return new FittedOffice(
            name, perWeek, officers, FittedDuration.Of(handling), isSeen, FittedDuration.Of(DurationFit.All(between, seed)[0].Duration), limit, days.Average(), 0,
            judged.Length == 0 ? null : judged.Average(t => t ? 1.0 : 0), 0);
    }

    private static double HandledMinutes(LoggedCase c, WorkCalendar calendar)
    {
        Dictionary<string, DateTimeOffset> begun = [];
        double minutes = 0;
        foreach (LoggedEvent e in c.Events)
        {
            if (e.IsStart)
            {
                begun[e.Activity] = e.At;
            }
            else if (begun.Remove(e.Activity, out DateTimeOffset start))
            {
                minutes += calendar.Between(start, e.At).TotalMinutes;
            }
        }
        return minutes;
    }

    // Queues and the grain of office hours add to the days: what they add is taken off the process.
    private static FittedCity Compared(FittedCity city, ulong seed, bool corrects, CancellationToken cancellation)
    {
        Timeline timeline = Timeline.Of(FittedModel.Of(city), new DateOnly(2026, 1, 5), 168, 84);
        CityOutcome[] runs = Replications.Run(0, Replicates, r => CityRun.Of(timeline, seed, r, null, cancellation), 0, cancellation);
        return city with
        {
            Offices = [.. city.Offices.Select((office, o) =>
            {
                double resolved = runs.Sum(r => r.ByOffice.Resolved[o]);
                double days = CityOutcome.Share(runs.Sum(r => r.ByOffice.Days[o]), resolved);
                Duration process = office.Process.Duration;
                double factor = Math.Clamp((process.Mean + office.Days - days) / process.Mean, 0.2, 3);
                return office with
                {
                    DaysSimulated = days,
                    OnTimeSimulated = CityOutcome.Share(runs.Sum(r => r.ByOffice.OnTime[o]), resolved),
                    Process = corrects && resolved > 0 ? FittedDuration.Of(process.Scaled(factor)) : office.Process,
                };
            })],
        };
    }
}
