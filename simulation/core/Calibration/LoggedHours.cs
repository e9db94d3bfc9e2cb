using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.Logs;

namespace CityTwin.Simulation.Calibration;

/// <summary>The office hours that a log shows: the hours in which 96 % of the events of working weekdays happen.</summary>
/// <param name="OpenDays">The weekdays with 3 % of the events or more, Monday's first; seven.</param>
/// <param name="Opens">When offices open, a full hour.</param>
/// <param name="Closes">When they close, four hours later at least.</param>
internal sealed record LoggedHours(ImmutableArray<bool> OpenDays, TimeOnly Opens, TimeOnly Closes)
{
    private const double OpenDayShare = 0.03;

    public static LoggedHours Of(EventLog log)
    {
        DateTimeOffset[] at = [.. log.Cases.SelectMany(c => c.Events).Select(e => e.At)];
        ImmutableArray<bool> open = [.. Enumerable.Range(0, 7).Select(d => at.Count(t => ((int)t.DayOfWeek + 6) % 7 == d) >= OpenDayShare * at.Length)];
        double[] hours = [.. at.Where(t => open[((int)t.DayOfWeek + 6) % 7]).Select(t => t.TimeOfDay.TotalHours).Order()];
        int opens = Math.Min(19, (int)QuantileInterval.At(hours, 0.02));
        int closes = Math.Clamp((int)Math.Ceiling(QuantileInterval.At(hours, 0.98)), opens + 4, 23);
        return new LoggedHours(open, new TimeOnly(opens, 0), new TimeOnly(closes, 0));
    }

    /// <summary>The calendar of these hours.</summary>
    /// <param name="zone">The log's zone.</param>
    public WorkCalendar Calendar(TimeSpan zone)
    {
        ImmutableArray<OfficeHours> day = [new OfficeHours(Opens, Closes)];
        return new WorkCalendar(zone, new OfficeWeek([.. OpenDays.Select(o => o ? day : [])]), []);
    }
}
