namespace CityTwin.Silo.Queries;

/// <summary>A query as it is sent: texts, to be read by <see cref="CityQuery.Read"/>. What is null was not given.</summary>
public record QueryRequest
{
    /// <summary>The kind of twin, as <c>case</c>.</summary>
    public string? Type { get; init; }

    /// <summary>The condition.</summary>
    public string? Q { get; init; }

    /// <summary>Words that must all occur in what was reported.</summary>
    public string? Text { get; init; }

    /// <summary><c>latitude,longitude,metres</c>.</summary>
    public string? Near { get; init; }

    /// <summary><c>commune/19753</c>, <c>bbox:…</c> or <c>polygon:…</c>.</summary>
    public string? Within { get; init; }

    /// <summary>Attributes to order by, separated by commas; with <c>!</c> before it, the largest first.</summary>
    public string? OrderBy { get; init; }

    /// <summary>Attributes to answer with, separated by commas.</summary>
    public string? Select { get; init; }

    /// <summary>Attributes to group by, separated by commas; <c>day(filedAt)</c> and so on for moments.</summary>
    public string? GroupBy { get; init; }

    /// <summary>What to compute of each group: <c>count,mean(leadTime),p90(leadTime),onTimeShare</c>.</summary>
    public string? Aggregate { get; init; }

    /// <summary>Rows at most, 1 to 10,000, default 100.</summary>
    public int? Limit { get; init; }

    /// <summary>The <c>next</c> of the page before.</summary>
    public string? Cursor { get; init; }
}
