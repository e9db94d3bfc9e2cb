using System.Collections.Immutable;
using CityTwin.Grains;
using CityTwin.Simulation.City;

namespace CityTwin.Simulation.WhatIf;

/// <summary>A figure that one replication gives.</summary>
/// <param name="Key">A stable key, as <c>on_time_share</c>.</param>
/// <param name="Name">The name in reports.</param>
/// <param name="Unit">The unit.</param>
/// <param name="IsHigherBetter">The direction of better.</param>
/// <param name="Of">The figure of an outcome.</param>
public sealed record Metric(string Key, string Name, string Unit, bool IsHigherBetter, Func<CityModel, CityOutcome, double> Of)
{
    /// <summary>The figures of every run; the first is the one that precision and selection are about.</summary>
    public static ImmutableArray<Metric> All { get; } =
    [
        new("on_time_share", "Results on time", "%", true, (_, o) => 100 * o.OnTimeShare),
        new("on_time_share_communes", "Results on time, communes", "%", true, (m, o) => 100 * OnTime(m, o, false)),
        new("on_time_share_departments", "Results on time, departments", "%", true, (m, o) => 100 * OnTime(m, o, true)),
        new("days_mean", "Mean working days to the result", "days", false, (_, o) => o.DaysMean),
        new("days_p90_communes", "90 % of communes' results within", "days", false, (_, o) => CityOutcome.DaysAt(o.CommuneDays, 0.9)),
        new("queue_wait", "Mean wait for an officer", "h", false, (_, o) => CityOutcome.Share(o.QueueWait.Sum(), o.Starts.Sum())),
        new("open_at_end", "Open cases at the end", "cases", false, (_, o) => o.ByOffice.OpenAtEnd.Sum()),
        new("open_overdue", "Open past their deadline at the end", "cases", false, (_, o) => o.ByOffice.OpenOverdue.Sum()),
        new("utilisation", "Officers' time on cases", "%", false, (_, o) => 100 * CityOutcome.Share(o.Busy.Sum(), o.OnShift.Sum())),
        new("overtime", "Overtime", "h", false, (_, o) => o.Overtime.Sum()),
        new("resolved", "Results", "cases", true, (_, o) => o.Resolved),
        new("rating", "Mean rating, 1 to 5", "", true, (_, o) => CityOutcome.Share(o.ByOffice.RatingSum.Sum(), o.ByOffice.Ratings.Sum())),
    ];

    private static double OnTime(CityModel model, CityOutcome outcome, bool departments)
    {
        long inTime = 0;
        long all = 0;
        for (int o = 0; o < model.Offices.Length; o++)
        {
            if ((model.Offices[o].Kind == OfficeKind.Department) == departments)
            {
                inTime += outcome.ByOffice.OnTime[o];
                all += outcome.ByOffice.Resolved[o];
            }
        }
        return CityOutcome.Share(inTime, all);
    }
}
