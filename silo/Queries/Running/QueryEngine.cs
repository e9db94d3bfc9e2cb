using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>Answers queries over a view. Safe to use from any thread; a query runs on the caller's.</summary>
/// <param name="view">The view: live, or one that was brought to a past position.</param>
/// <param name="limits">Limits.</param>
public sealed class QueryEngine(QueryView view, QueryLimits? limits = null)
{
    private readonly QueryLimits _limits = limits ?? new QueryLimits();

    /// <summary>The view.</summary>
    public QueryView View => view;

    /// <summary>What a query would cost now, in steps of about 10 ns.</summary>
    public long Cost(CityQuery query, QueryCircumstances circumstances) => Run(view, query.Schema.Kind, new CostOf(view, query, new QueryMoment(circumstances.Now, circumstances.Rules.Calendar), _limits));

    /// <summary>Answers a query, all of it as of one position: the view's, or that of the cursor.</summary>
    /// <exception cref="QueryTooCostlyException">It would cost more than is allowed.</exception>
    /// <exception cref="QueryPositionLostException">The list of the cursor is of a position that the view cannot be read at any more.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public QueryAnswer Answer(CityQuery query, QueryCircumstances circumstances, CancellationToken cancellation = default) =>
        Run(view, query.Schema.Kind, new Answering(view, query, circumstances, _limits, cancellation));

    /// <summary>Does something with the table of a kind.</summary>
    internal static TResult Run<TResult>(QueryView view, TwinKind kind, ITableWork<TResult> work)
    {
        QueryTables tables = view.Tables;
        return kind switch
        {
            TwinKind.Case => work.Do(tables.Cases),
            TwinKind.Desk => work.Do(tables.Desks),
            TwinKind.Commune => work.Do(tables.Communes),
            TwinKind.Department => work.Do(tables.Departments),
            TwinKind.Official => work.Do(tables.Officials),
            TwinKind.Citizen => work.Do(tables.Citizens),
            TwinKind.Sensor => work.Do(tables.Sensors),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "cannot be asked for"),
        };
    }

    private sealed record CostOf(QueryView View, CityQuery Query, QueryMoment Moment, QueryLimits Limits) : ITableWork<long>
    {
        public long Do<TRow>(TwinTable<TRow> table)
            where TRow : struct, ITwinRow
        {
            lock (View.Gate)
            {
                return QueryPlan.Of(Query, table, View.Texts.Find, Moment, Limits).Cost;
            }
        }
    }
}

/// <summary>Something done with the table of one kind of twin, whatever its rows are.</summary>
internal interface ITableWork<TResult>
{
    /// <summary>Does it.</summary>
    TResult Do<TRow>(TwinTable<TRow> table)
        where TRow : struct, ITwinRow;
}
