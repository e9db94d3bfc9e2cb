using CityTwin.Grains;
using CityTwin.Silo.Sensors;

namespace CityTwin.Silo.Queries;

/// <summary>What a query is answered against, beside the twins.</summary>
/// <param name="Now">The city's time, or the past moment asked for.</param>
/// <param name="Rules">The rules in force.</param>
/// <param name="Readings">What sensors' readings say; null where they cannot be asked for: then they have no values.</param>
public readonly record struct QueryCircumstances(DateTimeOffset Now, CityRules Rules, ISensorReadings? Readings = null);

/// <summary>The answer to a query. All of it is of one journal position.</summary>
/// <param name="Query">The query.</param>
/// <param name="Position">The journal position that it is of.</param>
/// <param name="Now">The moment that <c>now</c> meant.</param>
/// <param name="Rows">A row's values, in the order of the query's columns.</param>
/// <param name="Next">The next page's cursor; null when there is no more.</param>
/// <param name="Cost">What it was estimated to cost.</param>
/// <param name="Examined">Twins that were looked at.</param>
public sealed record QueryAnswer(
    CityQuery Query, long Position, DateTimeOffset Now, IReadOnlyList<QueryValue[]> Rows, string? Next, long Cost, long Examined);

/// <summary>Limits of queries.</summary>
public sealed class QueryLimits
{
    /// <summary>What one query may cost: about 10 ns of one processor each. 1,000 to 10^12, default 50,000,000 (half a second).</summary>
    public long CostMax { get; init; } = 50_000_000;

    /// <summary>Rows from which on a list in the order of an index is read in that order, some at a time, instead of whole. Default 8,192.</summary>
    internal int InOrderMin { get; init; } = 8_192;

    /// <summary>Rows read at first in that order, and twice the limit. Default 1,024.</summary>
    internal int InOrderFirst { get; init; } = 1_024;

    /// <summary>Groups of one answer at most. 1 to 10,000,000, default 100,000.</summary>
    public int GroupsMax { get; init; } = 100_000;
}

/// <summary>A query would cost more than is allowed. Nothing was looked at, or, for groups, no more than was allowed.</summary>
public sealed class QueryTooCostlyException : Exception
{
    /// <summary>With cost and limit.</summary>
    public QueryTooCostlyException(string what, long cost, long limit)
        : base($"the query would take {cost:N0} {what}, and {limit:N0} are allowed")
    {
        Cost = cost;
        Limit = limit;
    }

    /// <summary>Without detail.</summary>
    public QueryTooCostlyException()
        : this("steps", 0, 0)
    {
    }

    /// <summary>With a message.</summary>
    public QueryTooCostlyException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public QueryTooCostlyException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>What it would cost.</summary>
    public long Cost { get; }

    /// <summary>What is allowed.</summary>
    public long Limit { get; }
}

/// <summary>The view cannot be read as of the position of a list any more: too much has changed. The journal still has it.</summary>
public sealed class QueryPositionLostException : Exception
{
    /// <summary>With the position.</summary>
    public QueryPositionLostException(long position)
        : base($"too much has changed since position {position}") => Position = position;

    /// <summary>Without detail.</summary>
    public QueryPositionLostException()
        : this(0)
    {
    }

    /// <summary>With a message.</summary>
    public QueryPositionLostException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and a cause.</summary>
    public QueryPositionLostException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>The position.</summary>
    public long Position { get; }
}
