using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>What is computed of the twins of a group.</summary>
public enum AggregateKind : byte
{
    /// <summary>How many there are.</summary>
    Count = 1,

    /// <summary>The sum of an attribute.</summary>
    Sum = 2,

    /// <summary>The mean of those that have a value; of a flag, the share of true.</summary>
    Mean = 3,

    /// <summary>The least value.</summary>
    Min = 4,

    /// <summary>The greatest value.</summary>
    Max = 5,

    /// <summary>A quantile, interpolated linearly between the two nearest values (type 7 of Hyndman and Fan, 1996).</summary>
    Quantile = 6,
}

/// <summary>One computed column.</summary>
/// <param name="Name">As it was written, as <c>p90(leadTime)</c>.</param>
/// <param name="Kind">What is computed.</param>
/// <param name="Attribute">Of which attribute; null for count.</param>
/// <param name="Share">Of a quantile: 0 to 1.</param>
public sealed record QueryAggregate(string Name, AggregateKind Kind, QueryAttribute? Attribute, double Share);

/// <summary>Parts of a moment to group by, of the city's own time.</summary>
public enum MomentPart : byte
{
    /// <summary>The moment itself.</summary>
    Whole = 0,

    /// <summary>As <c>2026-11-22T15</c>.</summary>
    Hour = 1,

    /// <summary>As <c>2026-11-22</c>.</summary>
    Day = 2,

    /// <summary>The Monday of the week.</summary>
    Week = 3,

    /// <summary>As <c>2026-11</c>.</summary>
    Month = 4,

    /// <summary>As <c>2026</c>.</summary>
    Year = 5,
}

/// <summary>One column to group by.</summary>
/// <param name="Name">As it was written.</param>
/// <param name="Attribute">The attribute.</param>
/// <param name="Part">Of a moment: the part of it.</param>
public sealed record QueryGroup(string Name, QueryAttribute Attribute, MomentPart Part)
{
    /// <summary>The group that a value belongs to.</summary>
    public QueryValue Of(QueryValue value, WorkCalendar calendar)
    {
        if (Part == MomentPart.Whole || value.IsNone)
        {
            return value;
        }
        DateTimeOffset local = value.AsMoment.ToOffset(calendar.Offset);
        return QueryValue.Of(Part switch
        {
            MomentPart.Hour => local.ToString("yyyy-MM-dd'T'HH"),
            MomentPart.Day => local.ToString("yyyy-MM-dd"),
            MomentPart.Week => local.AddDays(-(((int)local.DayOfWeek + 6) % 7)).ToString("yyyy-MM-dd"),
            MomentPart.Month => local.ToString("yyyy-MM"),
            _ => local.ToString("yyyy"),
        });
    }
}
