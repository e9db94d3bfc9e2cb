using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>What a query is answered with beside the rows: the time, the rules, and the names that rows hold as places.</summary>
internal sealed class QueryContext
{
    /// <summary>When it is asked, and the calendar.</summary>
    public required QueryMoment Moment { get; init; }

    /// <summary>The rules in force.</summary>
    public required CityRules Rules { get; init; }

    /// <summary>Offices by place.</summary>
    public required TwinId[] Offices { get; init; }

    /// <summary>Desks by place.</summary>
    public required TwinId[] Desks { get; init; }

    /// <summary>Services by place.</summary>
    public required string[] Services { get; init; }

    /// <summary>The point of near=; null without one.</summary>
    public GeoPoint? Near { get; init; }

    /// <summary>Working hours from one moment to another, Unix milliseconds; negative when the second is the earlier.</summary>
    public double WorkingHours(long from, long to) =>
        Moment.Calendar.Between(DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to)).TotalHours;
}
