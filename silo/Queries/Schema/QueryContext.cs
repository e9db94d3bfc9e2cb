using CityTwin.Grains;
using CityTwin.Silo.Sensors;

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

    /// <summary>What sensors' readings say; null where they cannot be asked for.</summary>
    public ISensorReadings? Readings { get; init; }

    /// <summary>A context with the names that are known now. The view's lock must be held.</summary>
    public static QueryContext Of(QueryTables tables, QueryMoment moment, CityRules rules, IReadOnlyList<Geography> places, ISensorReadings? readings = null)
    {
        (TwinId[] offices, TwinId[] desks, string[] services) = tables.NamesNow();
        return new QueryContext
        {
            Moment = moment,
            Rules = rules,
            Offices = offices,
            Desks = desks,
            Services = services,
            Near = places.OfType<Geography.Near>().Select(n => (GeoPoint?)n.Point).FirstOrDefault(),
            Readings = readings is null or KeptReadings ? readings : new KeptReadings(readings),
        };
    }

    /// <summary>The same at another moment.</summary>
    public QueryContext With(QueryMoment moment) =>
        new() { Moment = moment, Rules = Rules, Offices = Offices, Desks = Desks, Services = Services, Near = Near, Readings = Readings };

    /// <summary>Working hours from one moment to another, Unix milliseconds; negative when the second is the earlier.</summary>
    public double WorkingHours(long from, long to) =>
        Moment.Calendar.Between(DateTimeOffset.FromUnixTimeMilliseconds(from), DateTimeOffset.FromUnixTimeMilliseconds(to)).TotalHours;
}
