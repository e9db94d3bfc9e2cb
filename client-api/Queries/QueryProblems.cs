using CityTwin.ClientApi.Problems;
using CityTwin.Silo.Queries;

namespace CityTwin.ClientApi.Queries;

/// <summary>Why a query was not answered.</summary>
internal static class QueryProblems
{
    /// <summary>The words of reports are being read in after a restart.</summary>
    public static Problem TextsLoading { get; } = new(
        Problem.Prefix + "texts-loading", "The words of reports are being read in", StatusCodes.Status503ServiceUnavailable,
        "The city has just started. Everything else can be asked; repeat this after the time in Retry-After.");

    /// <summary>The view has not taken in a position in time.</summary>
    public static Problem Behind(long position, long wanted) => new(
        Problem.Prefix + "view-behind", "The view has not got so far yet", StatusCodes.Status503ServiceUnavailable,
        $"It is at position {position}, and {wanted} was asked for. Repeat after the time in Retry-After.");

    /// <summary>A condition that is asked anew every second, and holds for too many.</summary>
    public static Problem TooManyMembers(int limit) => new(
        Problem.Prefix + "too-many-members", "Too many twins fulfil the condition", StatusCodes.Status422UnprocessableEntity,
        $"A condition that changes by the clock may hold for {limit:N0} twins at most. Name a commune, an office or a desk.")
    {
        Limit = limit,
    };

    /// <summary>Too much for one query.</summary>
    public static Problem TooCostly(QueryTooCostlyException e) => new(
        Problem.Prefix + "query-too-costly", "The query would cost too much", StatusCodes.Status422UnprocessableEntity,
        $"{char.ToUpperInvariant(e.Message[0])}{e.Message[1..]}. Name a commune, an office or a desk, or leave out patterns.")
    {
        Cost = e.Cost,
        Limit = e.Limit,
    };

    /// <summary>A query that cannot be read, with the place in it.</summary>
    /// <param name="e">What is wrong.</param>
    /// <param name="inBody">Whether the query came in a body.</param>
    public static Problem Of(QueryFormatException e, bool inBody)
    {
        QueryMistake m = e.Mistake;
        string expected = m.Expected.Count == 0 ? "" : $"; expected {string.Join(", ", m.Expected)}";
        var error = new FieldError((inBody ? "$." : "?") + m.Parameter, m.Reason + expected) { At = m.At, Expected = m.Expected, Nearest = m.Nearest };
        return Problem.InvalidRequest([error]);
    }
}
