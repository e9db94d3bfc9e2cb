namespace CityTwin.Silo.Queries;

/// <summary>One query on its way to its answer.</summary>
internal sealed record Answering(QueryView View, CityQuery Query, QueryCircumstances Circumstances, QueryLimits Limits, CancellationToken Cancellation) : ITableWork<QueryAnswer>
{
    private const int TriesMax = 3;

    /// <inheritdoc/>
    public QueryAnswer Do<TRow>(TwinTable<TRow> table)
        where TRow : struct, ITwinRow
    {
        // The first page can be of a later position as well; the pages after it cannot.
        for (int tries = 1; ; tries++)
        {
            try
            {
                return Once(table);
            }
            catch (QueryPositionLostException) when (Query.Cursor is null && tries < TriesMax)
            {
                continue;
            }
        }
    }

    private QueryAnswer Once<TRow>(TwinTable<TRow> table)
        where TRow : struct, ITwinRow
    {
        // The words are looked up after the position is chosen and before the lock is taken: nothing up to the position can be missing.
        long position = Query.Cursor?.Position ?? View.Position;
        if (position > View.Position)
        {
            throw QueryCursor.Foreign();
        }
        var found = new Dictionary<string, HashSet<long>>(StringComparer.Ordinal);
        foreach (QueryNode.HasWords node in Query.Condition?.All().OfType<QueryNode.HasWords>() ?? [])
        {
            found.TryAdd(node.Words, View.Texts.Find(node.Words));
        }
        HashSet<long> Having(string words) => found[words];
        QueryPlan plan;
        QueryContext context;
        lock (View.Gate)
        {
            if (table.Changes.Earliest > position)
            {
                throw new QueryPositionLostException(position);
            }
            plan = QueryPlan.Of(Query, table, Having);
            context = QueryContext.Of(
                View.Tables, new QueryMoment(Query.Cursor?.Now ?? Circumstances.Now, Circumstances.Rules.Calendar), Circumstances.Rules, Query.Places);
        }
        if (plan.Cost > Limits.CostMax)
        {
            throw new QueryTooCostlyException("steps", plan.Cost, Limits.CostMax);
        }
        RowTest<TRow> test = new RowTests<TRow>((QuerySchema<TRow>)Query.Schema, context.Moment, Having).Of(Query);
        var reading = new TableReading<TRow>(View, table, position, plan.Places);
        return Query.IsGrouped ? Grouped(reading, test, context, position, plan.Cost) : Listed(reading, test, context, position, plan.Cost);
    }

    private QueryAnswer Listed<TRow>(TableReading<TRow> reading, RowTest<TRow> test, QueryContext context, long position, long cost)
        where TRow : struct, ITwinRow
    {
        var first = new FirstRows<TRow>(Query.Order, Query.Limit + 1, Query.Cursor);
        long examined = reading.Visit((in TRow row) =>
        {
            if (test(row, context))
            {
                first.Offer(row, context);
            }
        }, Cancellation);
        FirstRows<TRow>.Entry[] entries = first.InOrder();
        bool more = entries.Length > Query.Limit;
        int count = more ? Query.Limit : entries.Length;
        AttributeReader<TRow>[] columns = [.. Query.Select.Select(a => ((QueryAttribute<TRow>)a).Read)];
        var rows = new QueryValue[count][];
        for (int i = 0; i < count; i++)
        {
            TRow row = entries[i].Row;
            rows[i] = Array.ConvertAll(columns, read => read(row, context));
        }
        string? next = more ? new QueryCursor(position, context.Moment.Now, entries[count - 1].Key, entries[count - 1].Number).Format(Query.Shape) : null;
        return new QueryAnswer(Query, position, context.Moment.Now, rows, next, cost, examined);
    }

    private QueryAnswer Grouped<TRow>(TableReading<TRow> reading, RowTest<TRow> test, QueryContext context, long position, long cost)
        where TRow : struct, ITwinRow
    {
        var groups = new GroupTable<TRow>(Query, Limits.GroupsMax);
        long examined = reading.Visit((in TRow row) =>
        {
            if (test(row, context))
            {
                groups.Add(row, context);
            }
        }, Cancellation);
        List<QueryValue[]> all = groups.Rows(Query.Order);
        int given = (int)Math.Clamp(Query.Cursor?.Number ?? 0, 0, all.Count);
        int count = Math.Min(Query.Limit, all.Count - given);
        string? next = given + count < all.Count ? new QueryCursor(position, context.Moment.Now, [], given + count).Format(Query.Shape) : null;
        return new QueryAnswer(Query, position, context.Moment.Now, all.GetRange(given, count), next, cost, examined);
    }
}
