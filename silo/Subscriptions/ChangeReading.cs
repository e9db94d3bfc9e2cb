using CityTwin.Grains;
using CityTwin.Silo.Queries;

namespace CityTwin.Silo.Subscriptions;

/// <summary>Reads what changed for a condition from the latest changes that a view keeps.</summary>
/// <param name="View">The view.</param>
/// <param name="Query">The condition and the columns.</param>
/// <param name="Rules">The rules in force.</param>
/// <param name="After">Only changes of a higher position.</param>
internal sealed record ChangeReading(QueryView View, CityQuery Query, CityRules Rules, long After) : ITableWork<ChangeBatch>
{
    private const int ChangesMax = 1_024;

    /// <summary>The next changes.</summary>
    /// <exception cref="QueryPositionLostException">The view does not keep changes from so far back.</exception>
    public ChangeBatch Read() => QueryEngine.Run(View, Query.Schema.Kind, this);

    /// <inheritdoc/>
    public ChangeBatch Do<TRow>(TwinTable<TRow> table)
        where TRow : struct, ITwinRow
    {
        List<RowChange<TRow>> changes = [];
        QueryContext context;
        long position;
        lock (View.Gate)
        {
            if (table.Changes.Earliest > After)
            {
                throw new QueryPositionLostException(After);
            }
            table.Changes.CopyAfter(After, changes, ChangesMax);
            position = changes.Count == ChangesMax ? changes[^1].Position : Math.Max(After, View.Position);
            context = QueryContext.Of(View.Tables, default, Rules, Query.Places);
        }
        var schema = (QuerySchema<TRow>)Query.Schema;
        RowTest<TRow> test = new RowTests<TRow>(schema, new QueryMoment(default, Rules.Calendar), _ => []).Of(Query);
        AttributeReader<TRow>[] watched = [.. Query.Watched.Select(a => ((QueryAttribute<TRow>)a).Read)];
        AttributeReader<TRow>[] columns = [.. Query.Select.Select(a => ((QueryAttribute<TRow>)a).Read)];
        List<QueryChange> told = [];
        foreach (RowChange<TRow> change in changes)
        {
            // A finished case that makes room in the table did not change.
            if (change.After.IsThere && KindOf(test, change, context) is { } kind && (kind != ChangeKind.Changed || IsWatched(watched, change, context)))
            {
                var at = new DateTimeOffset(change.AtTicks, TimeSpan.Zero);
                QueryContext then = context.With(new QueryMoment(at, Rules.Calendar));
                TRow after = change.After;
                told.Add(new QueryChange(change.Position, at, new TwinId(schema.Kind, after.Number), kind, Array.ConvertAll(columns, read => read(after, then))));
            }
        }
        return new ChangeBatch(told, position);
    }

    private static bool IsWatched<TRow>(AttributeReader<TRow>[] watched, RowChange<TRow> change, QueryContext context)
        where TRow : struct, ITwinRow => watched.Length == 0 || Array.Exists(watched, read => read(change.Before, context) != read(change.After, context));

    private static ChangeKind? KindOf<TRow>(RowTest<TRow> test, in RowChange<TRow> change, QueryContext context)
        where TRow : struct, ITwinRow
    {
        bool was = change.Before.IsThere && test(change.Before, context);
        bool isSo = test(change.After, context);
        return (was, isSo) switch
        {
            (false, true) => ChangeKind.Entered,
            (true, true) => ChangeKind.Changed,
            (true, false) => ChangeKind.Left,
            _ => null,
        };
    }
}
