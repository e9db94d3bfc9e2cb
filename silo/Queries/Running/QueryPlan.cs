using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>How a query goes about it: which rows it looks at, and what that costs.</summary>
/// <param name="Places">The places to look at; null: all.</param>
/// <param name="Cost">The estimate, in steps of about 10 ns.</param>
internal readonly record struct QueryPlan(int[]? Places, long Cost)
{
    private const int PatternSteps = 40;
    private const int CalendarSteps = 6;
    private const int GeographySteps = 4;
    private const int GroupSteps = 6;
    private const int RowSteps = 4;

    /// <summary>Makes the plan. The view's lock must be held.</summary>
    /// <param name="query">The query.</param>
    /// <param name="table">The table.</param>
    /// <param name="having">The numbers of the twins whose written text has some words.</param>
    public static QueryPlan Of<TRow>(CityQuery query, TwinTable<TRow> table, Func<string, HashSet<long>> having)
        where TRow : struct, ITwinRow
    {
        int[]? best = null;
        foreach (QueryNode part in Required(query.Condition))
        {
            best = Smaller(best, part switch
            {
                QueryNode.Compare { Operator: QueryOperator.Equal, Attribute.IsIndexed: true } c => ByIdentity(c, table),
                QueryNode.HasWords { Negated: false } w => ByNumber(having(w.Words), table),
                _ => null,
            });
        }
        foreach (Geography.InCommune place in query.Places.OfType<Geography.InCommune>())
        {
            best = Smaller(best, table.IndexOf("commune")?.Places(place.Commune).ToArray());
        }
        long rows = best?.Length ?? table.Extent;
        return new QueryPlan(best, rows * Steps(query));
    }

    private static long Steps(CityQuery query)
    {
        long steps = RowSteps + (query.Places.Count * GeographySteps) + (query.Order.Count * 2);
        foreach (QueryNode node in query.Condition?.All() ?? [])
        {
            steps += node switch
            {
                QueryNode.Pattern => PatternSteps,
                QueryNode.Compare c => c.Operands.Count + StepsOf(c.Attribute),
                QueryNode.Exists e => StepsOf(e.Attribute),
                QueryNode.HasWords => 2,
                _ => 1,
            };
        }
        steps += query.IsGrouped ? GroupSteps + query.Groups.Sum(g => g.Part == MomentPart.Whole ? 2 : GroupSteps) : 0;
        return steps + query.Aggregates.Sum(a => 2 + (a.Attribute is null ? 0 : StepsOf(a.Attribute)) + (a.Kind == AggregateKind.Quantile ? GroupSteps : 0));
    }

    private static int StepsOf(QueryAttribute attribute) => attribute.Unit == "working hours" ? CalendarSteps : 1;

    // What must hold in any case: the condition itself, or the parts of a conjunction.
    private static IEnumerable<QueryNode> Required(QueryNode? condition) => condition switch
    {
        null => [],
        QueryNode.And and => and.Parts.SelectMany(Required),
        _ => [condition],
    };

    private static int[]? ByIdentity<TRow>(QueryNode.Compare compare, TwinTable<TRow> table)
        where TRow : struct, ITwinRow
    {
        TwinId[] ids = [.. compare.Operands.Select(o => ((QueryPoint.Fixed)o.Low).First.AsId).Distinct()];
        if (compare.Attribute.Name == "id")
        {
            return [.. ids.Select(id => table.Find(id.Number)).Where(place => place >= 0)];
        }
        return table.IndexOf(compare.Attribute.Name) is { } index ? [.. ids.SelectMany(id => index.Places(id).ToArray())] : null;
    }

    private static int[] ByNumber<TRow>(HashSet<long> numbers, TwinTable<TRow> table)
        where TRow : struct, ITwinRow => [.. numbers.Select(table.Find).Where(place => place >= 0)];

    private static int[]? Smaller(int[]? a, int[]? b) => a is null || (b is not null && b.Length < a.Length) ? b : a;
}
