using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>A query that was read and can be run, any number of times. Immutable.</summary>
public sealed record CityQuery
{
    /// <summary>Rows of one page at most.</summary>
    public const int LimitMax = 10_000;

    /// <summary>Attributes in one list at most.</summary>
    public const int ListMax = 32;

    /// <summary>The kind of twin.</summary>
    public required QuerySchema Schema { get; init; }

    /// <summary>The condition; null: all.</summary>
    public QueryNode? Condition { get; init; }

    /// <summary>Where they must lie; all of these.</summary>
    public IReadOnlyList<Geography> Places { get; init; } = [];

    /// <summary>The order; ties are ordered by identity.</summary>
    public IReadOnlyList<QueryOrder> Order { get; init; } = [];

    /// <summary>The attributes answered with.</summary>
    public required IReadOnlyList<QueryAttribute> Select { get; init; }

    /// <summary>For who is told of changes: attributes of which one must have changed; empty: any change is told.</summary>
    public IReadOnlyList<QueryAttribute> Watched { get; init; } = [];

    /// <summary>The groups; with <see cref="Aggregates"/> only.</summary>
    public IReadOnlyList<QueryGroup> Groups { get; init; } = [];

    /// <summary>What to compute of each group; empty: rows are wanted, not groups.</summary>
    public IReadOnlyList<QueryAggregate> Aggregates { get; init; } = [];

    /// <summary>Rows at most.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Where to go on; null for the first page.</summary>
    public QueryCursor? Cursor { get; init; }

    /// <summary>A hash of everything that a page's cursor belongs to.</summary>
    public required uint Shape { get; init; }

    /// <summary>Whether groups are wanted.</summary>
    public bool IsGrouped => Aggregates.Count > 0;

    /// <summary>Whether what is found, its order or its figures depend on sensors' readings.</summary>
    public bool DependsOnReadings => Condition?.ReadsReadings == true || Order.Any(o => o.Attribute?.IsReading == true)
        || Groups.Any(g => g.Attribute.IsReading) || Aggregates.Any(a => a.Attribute?.IsReading == true);

    /// <summary>Whether readings are in the answer or decide on it.</summary>
    public bool ReadsReadings => DependsOnReadings || (!IsGrouped && Select.Any(a => a.IsReading));

    /// <summary>The names of the columns of the answer.</summary>
    public IReadOnlyList<string> Columns => IsGrouped
        ? [.. Groups.Select(g => g.Name), .. Aggregates.Select(a => a.Name)]
        : [.. Select.Select(a => a.Name)];

    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="calendar">The city's calendar: says when a day begins.</param>
    /// <exception cref="QueryFormatException">It cannot be read; the exception names parameter, character and reason.</exception>
    public static CityQuery Read(QueryRequest request, WorkCalendar calendar)
    {
        QuerySchema schema = request.Type is { } type && QuerySchema.Of(type) is { } known ? known : throw UnknownType(request.Type);
        var lists = new QueryLists(schema);
        QueryNode? condition = request.Q is null ? null : QueryParser.Parse(request.Q, schema, calendar);
        if (request.Text is { } words)
        {
            QueryAttribute written = schema.Attributes.FirstOrDefault(a => a.Type == QueryType.Words)
                ?? throw Mistake("text", $"a {schema.Type} has no written text");
            QueryNode search = new QueryNode.HasWords(written, words, false) { At = 0 };
            condition = condition is null ? search : new QueryNode.And([search, condition]) { At = 0 };
        }
        List<Geography> places = [];
        if (request.Near is { } near)
        {
            places.Add(Placed(schema, "near", Geography.ParseNear(near)));
        }
        if (request.Within is { } within)
        {
            places.Add(Placed(schema, "within", Geography.ParseWithin(within)));
        }
        IReadOnlyList<QueryAggregate> aggregates = lists.Aggregates(request.Aggregate, request.GroupBy is not null);
        IReadOnlyList<QueryGroup> groups = lists.Groups(request.GroupBy);
        uint shape = QueryCursor.ShapeOf(request);
        IReadOnlyList<QueryOrder> order = aggregates.Count > 0 ? QueryLists.OrderOfGroups(request.OrderBy, groups, aggregates) : lists.Order(request.OrderBy);
        return new CityQuery
        {
            Schema = schema,
            Condition = condition,
            Places = places,
            Groups = groups,
            Aggregates = aggregates,
            Order = order,
            Select = lists.Select(request.Select, aggregates.Count > 0),
            Limit = request.Limit is null or (>= 1 and <= LimitMax) ? request.Limit ?? 100 : throw Mistake("limit", $"expected a whole number from 1 to {LimitMax:N0}"),
            Cursor = request.Cursor is null ? null : QueryCursor.Parse(request.Cursor, shape, aggregates.Count > 0 ? 0 : order.Count),
            Shape = shape,
        };
    }

    private static Geography Placed(QuerySchema schema, string parameter, Geography place)
    {
        bool can = place is Geography.InCommune ? schema.Find("commune") is not null : schema.Find("location") is not null;
        return can ? place : throw Mistake(parameter, $"a {schema.Type} has no place of this kind");
    }

    /// <summary>Reads the request of somebody who wants to be told of changes: readings are among the columns only where they are asked for.</summary>
    /// <remarks>Readings are no events: who names them follows readings, everybody else follows the journal.</remarks>
    /// <exception cref="QueryFormatException">It cannot be read; the exception names parameter, character and reason.</exception>
    public static CityQuery ReadForChanges(QueryRequest request, WorkCalendar calendar)
    {
        CityQuery query = Read(request, calendar);
        return request.Select is null && !query.DependsOnReadings ? query with { Select = [.. query.Select.Where(a => !a.IsReading)] } : query;
    }

    private static QueryFormatException UnknownType(string? type)
    {
        string[] types = [.. QuerySchema.All.Select(s => s.Type)];
        string reason = type is null ? "the kind of twin is missing" : $"there is no kind of twin '{type}'";
        return new QueryFormatException(new QueryMistake("type", 0, reason, types, type is null ? null : NearestName.To(type, types)));
    }

    private static QueryFormatException Mistake(string parameter, string reason) => new(new QueryMistake(parameter, 0, reason, []));
}

/// <summary>One attribute or column to order by.</summary>
/// <param name="Attribute">The attribute; null for a column of a grouped answer.</param>
/// <param name="Column">The column of a grouped answer, from 0; -1 for an attribute.</param>
/// <param name="Descending">The largest first; what has no value is last either way.</param>
public readonly record struct QueryOrder(QueryAttribute? Attribute, int Column, bool Descending);
