using CityTwin.Silo.Queries;

namespace CityTwin.Silo.Subscriptions;

/// <summary>Which queries can be followed.</summary>
public static class ChangeConditions
{
    /// <summary>Refuses conditions whose truth is not a matter of events alone.</summary>
    /// <param name="query">The query.</param>
    /// <param name="allowsClock">Whether it may move with the clock: where the answer is asked for again and again.</param>
    /// <exception cref="QueryFormatException">It moves with the clock, or searches words.</exception>
    public static void Check(CityQuery query, bool allowsClock = false)
    {
        if (query.IsGrouped || query.Order.Count > 0 || query.Cursor is not null)
        {
            string parameter = query.IsGrouped ? "aggregate" : query.Order.Count > 0 ? "orderBy" : "cursor";
            throw new QueryFormatException(new QueryMistake(parameter, 0, "changes come one by one as they happen", ["q, near, within and select"]));
        }
        QueryNode? wrong = query.Condition?.All().OrderByDescending(n => n is QueryNode.HasWords).FirstOrDefault(n => n is QueryNode.HasWords || (n is QueryNode.Compare or QueryNode.Exists && n.MovesWithTime));
        if (wrong is QueryNode.HasWords)
        {
            throw new QueryFormatException(new QueryMistake("q", wrong.At, "the words of reports cannot be subscribed to", []));
        }
        if (wrong is not null && !allowsClock)
        {
            throw new QueryFormatException(new QueryMistake("q", wrong.At, "this changes with the clock alone, and subscriptions follow events", ["overdue, deadline and moments without now"]));
        }
    }
}
