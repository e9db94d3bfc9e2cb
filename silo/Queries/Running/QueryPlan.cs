using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>How a query goes about it: which rows it looks at, and what that costs.</summary>
/// <param name="Places">The places to look at; null: all.</param>
/// <param name="Cost">The estimate, in steps of about 10 ns.</param>
/// <param name="RowCost">That of one row.</param>
/// <param name="InOrder">Whether the rows are looked at in their order, as many as are needed.</param>
/// <param name="OnlyFirst">Whether only rows of the order's first class can be meant.</param>
/// <param name="Low">The earliest moment of the order that the condition allows, Unix milliseconds.</param>
/// <param name="High">The latest.</param>
internal readonly record struct QueryPlan(int[]? Places, long Cost, long RowCost, bool InOrder, bool OnlyFirst, long Low, long High)
{
    private const int PatternSteps = 40;
    private const int CalendarSteps = 6;
    private const int ReadingSteps = 30;
    private const int GeographySteps = 4;
    private const int GroupSteps = 6;
    private const int RowSteps = 4;
    private const int UnsureCost = 200_000;

    /// <summary>Makes the plan. The view's lock must be held.</summary>
    /// <param name="query">The query.</param>
    /// <param name="table">The table.</param>
    /// <param name="having">The numbers of the twins whose written text has some words.</param>
    /// <param name="moment">The moment that relative times count from.</param>
    /// <param name="limits">Limits.</param>
    public static QueryPlan Of<TRow>(CityQuery query, TwinTable<TRow> table, Func<string, HashSet<long>> having, QueryMoment moment, QueryLimits limits)
        where TRow : struct, ITwinRow
    {
        int[]? best = null;
        QueryNode[] required = [.. Required(query.Condition)];
        foreach (QueryNode part in required)
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
        bool onlyFirst = table.Order is { } first && required.Any(first.MeansFirst);
        (long low, long high) = table.Order is null ? (long.MinValue, long.MaxValue) : Confined(table.Order.Attribute, required, moment);
        if ((low != long.MinValue || high != long.MaxValue) && table.Order!.Count(low, high, onlyFirst) < (best?.Length ?? table.Extent) / 2)
        {
            best = table.Order.Between(low, high, onlyFirst);
        }
        long rows = best?.Length ?? table.Extent;
        long each = Steps(query);
        bool inOrder = !query.IsGrouped && rows > limits.InOrderMin && table.Order is not null && query.Order is [{ Attribute: { } by }, ..] && by.Name == table.Order.Attribute;
        return new QueryPlan(best, inOrder ? Math.Min(rows * each, UnsureCost) : rows * each, each, inOrder, onlyFirst, low, high);
    }

    // What the condition confines the order's attribute to.
    private static (long Low, long High) Confined(string attribute, QueryNode[] required, QueryMoment moment)
    {
        (long low, long high) = (long.MinValue, long.MaxValue);
        foreach (QueryNode.Compare c in required.OfType<QueryNode.Compare>().Where(c => c.Attribute.Name == attribute))
        {
            (QueryValue first, QueryValue last) = (c.Operands[0].Low.Resolve(moment).First, c.Operands[^1].High.Resolve(moment).Last);
            (low, high) = c.Operator switch
            {
                QueryOperator.Less or QueryOperator.LessOrEqual => (low, Math.Min(high, last.Bits)),
                QueryOperator.Greater or QueryOperator.GreaterOrEqual => (Math.Max(low, first.Bits), high),
                QueryOperator.Equal when c.Operands.Count == 1 => (Math.Max(low, first.Bits), Math.Min(high, last.Bits)),
                _ => (low, high),
            };
        }
        return (low, high);
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

    private static int StepsOf(QueryAttribute attribute) => attribute.Unit == "working hours" ? CalendarSteps : attribute.IsReading ? ReadingSteps : 1;

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
