namespace CityTwin.Silo.Queries;

/// <summary>One query on its way to its answer.</summary>
internal sealed record Answering(QueryView View, CityQuery Query, QueryCircumstances Circumstances, QueryLimits Limits, CancellationToken Cancellation) : ITableWork<QueryAnswer>
{
    private const int TriesMax = 3;
    private const int WantedGrowth = 8;

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
            var moment = new QueryMoment(Query.Cursor?.Now ?? Circumstances.Now, Circumstances.Rules.Calendar);
            plan = QueryPlan.Of(Query, table, Having, moment, Limits);
            context = QueryContext.Of(View.Tables, moment, Circumstances.Rules, Query.Places, Circumstances.Readings);
        }
        CheckCost(plan.Cost);
        RowTest<TRow> test = new RowTests<TRow>((QuerySchema<TRow>)Query.Schema, context.Moment, Having).Of(Query);
        if (plan.InOrder)
        {
            return ListedInOrder(table, plan, test, context, position);
        }
        var reading = new TableReading<TRow>(View, table, position, plan.Places);
        return Query.IsGrouped ? Grouped(reading, test, context, position, plan.Cost) : Answer(Listed(reading, test, context), context, position, plan.Cost);
    }

    // Looks at the first rows of the order, and at more and more of them until there are enough that surely none is missing.
    private QueryAnswer ListedInOrder<TRow>(TwinTable<TRow> table, QueryPlan plan, RowTest<TRow> test, QueryContext context, long position)
        where TRow : struct, ITwinRow
    {
        bool descending = Query.Order[0].Descending;
        long edge = descending ? plan.High : plan.Low;
        long? from = Query.Cursor is { Key: [var key, ..] } ? key.Bits : edge is long.MinValue or long.MaxValue ? null : edge;
        int all = plan.Places?.Length ?? table.Extent;
        long examined = 0;
        for (int wanted = Limits.InOrderFirst + (2 * Query.Limit); wanted < all / 2; wanted *= WantedGrowth)
        {
            int[] places;
            long? bound;
            lock (View.Gate)
            {
                (places, bound) = table.Order!.Begin(wanted, from, descending, plan.OnlyFirst);
            }
            examined += places.Length;
            CheckCost(examined * plan.RowCost);
            (FirstRows<TRow>.Entry[] entries, long looked) = Listed(new TableReading<TRow>(View, table, position, places), test, context);
            bool isSure = bound is not { } end || (descending ? end < plan.Low : end > plan.High)
                || (entries.Length > Query.Limit && (descending ? entries[^1].Key[0].Bits > end : entries[^1].Key[0].Bits < end));
            if (isSure)
            {
                return Answer((entries, examined - places.Length + looked), context, position, examined * plan.RowCost);
            }
        }
        CheckCost(all * plan.RowCost);
        return Answer(Listed(new TableReading<TRow>(View, table, position, plan.Places), test, context), context, position, all * plan.RowCost);
    }

    private void CheckCost(long cost)
    {
        if (cost > Limits.CostMax)
        {
            throw new QueryTooCostlyException("steps", cost, Limits.CostMax);
        }
    }

    private (FirstRows<TRow>.Entry[] Entries, long Examined) Listed<TRow>(TableReading<TRow> reading, RowTest<TRow> test, QueryContext context)
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
        return (first.InOrder(), examined);
    }

    private QueryAnswer Answer<TRow>((FirstRows<TRow>.Entry[] Entries, long Examined) found, QueryContext context, long position, long cost)
        where TRow : struct, ITwinRow
    {
        FirstRows<TRow>.Entry[] entries = found.Entries;
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
        return new QueryAnswer(Query, position, context.Moment.Now, rows, next, cost, found.Examined);
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
