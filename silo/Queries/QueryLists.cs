using System.Globalization;

namespace CityTwin.Silo.Queries;

/// <summary>Reads the lists of a request: order, columns, groups, aggregates.</summary>
internal sealed class QueryLists(QuerySchema schema)
{
    private static readonly Dictionary<string, MomentPart> Parts = new(StringComparer.Ordinal)
    {
        ["hour"] = MomentPart.Hour,
        ["day"] = MomentPart.Day,
        ["week"] = MomentPart.Week,
        ["month"] = MomentPart.Month,
        ["year"] = MomentPart.Year,
    };

    private static readonly Dictionary<string, AggregateKind> Kinds = new(StringComparer.Ordinal)
    {
        ["sum"] = AggregateKind.Sum,
        ["mean"] = AggregateKind.Mean,
        ["min"] = AggregateKind.Min,
        ["max"] = AggregateKind.Max,
    };

    private static readonly string[] Functions = ["count", "sum(…)", "mean(…)", "min(…)", "max(…)", "p50(…)", "onTimeShare"];

    /// <summary>The columns; those shown by default when nothing was asked for.</summary>
    public IReadOnlyList<QueryAttribute> Select(string? text, bool isGrouped)
    {
        if (text is not null && isGrouped)
        {
            throw new QueryFormatException(new QueryMistake("select", 0, "groups have their own columns", ["groupBy and aggregate without select"]));
        }
        return text is null
            ? [.. schema.Attributes.Where(a => a.IsShown)]
            : Each("select", text, s => Readable(s, QueryParser.Attribute(s, schema)));
    }

    /// <summary>The order of rows.</summary>
    public IReadOnlyList<QueryOrder> Order(string? text) => text is null
        ? []
        : Each("orderBy", text, s => new QueryOrder(Descending(s, out bool descending) ? Readable(s, QueryParser.Attribute(s, schema)) : null, -1, descending));

    /// <summary>The order of groups, by their columns.</summary>
    private static List<QueryOrder> OrderOf(string text, string[] columns) => Each("orderBy", text, s =>
    {
        Descending(s, out bool descending);
        int at = s.At;
        string name = ColumnName(s);
        int column = Array.IndexOf(columns, name);
        return column >= 0
            ? new QueryOrder(null, column, descending)
            : throw s.Mistake(at, $"the groups have no column '{name}'", columns, NearestName.To(name, columns));
    });

    /// <summary>The order of groups.</summary>
    public static IReadOnlyList<QueryOrder> OrderOfGroups(string? text, IReadOnlyList<QueryGroup> groups, IReadOnlyList<QueryAggregate> aggregates) =>
        text is null ? [] : OrderOf(text, [.. groups.Select(g => g.Name), .. aggregates.Select(a => a.Name)]);

    /// <summary>The groups.</summary>
    public IReadOnlyList<QueryGroup> Groups(string? text) => text is null ? [] : Each("groupBy", text, s =>
    {
        s.Peek();
        int at = s.At;
        foreach ((string word, MomentPart part) in Parts)
        {
            if (s.TakeWord(word) && s.Take("("))
            {
                QueryAttribute moment = QueryParser.Attribute(s, schema);
                if (moment.Type != QueryType.Moment || !s.Take(")"))
                {
                    throw s.Mistake(at, $"{word}(…) takes one moment", [.. schema.Attributes.Where(a => a.Type == QueryType.Moment).Select(a => $"{word}({a.Name})")]);
                }
                return new QueryGroup($"{word}({moment.Name})", moment, part);
            }
        }
        QueryAttribute attribute = Readable(s, QueryParser.Attribute(s, schema));
        return new QueryGroup(attribute.Name, attribute, MomentPart.Whole);
    });

    /// <summary>The aggregates; count when groups are wanted and nothing else was asked for.</summary>
    public IReadOnlyList<QueryAggregate> Aggregates(string? text, bool isGrouped)
    {
        if (text is null)
        {
            return isGrouped ? [new QueryAggregate("count", AggregateKind.Count, null, 0)] : [];
        }
        return Each("aggregate", text, Aggregate);
    }

    private QueryAggregate Aggregate(QueryScanner s)
    {
        s.Peek();
        int at = s.At;
        string name = s.Name();
        if (name == "p" + name[Math.Min(1, name.Length)..] && s.Peek() == '.' && s.Take("."))
        {
            name += "." + s.Name();
        }
        if (name == "count")
        {
            return new QueryAggregate(name, AggregateKind.Count, null, 0);
        }
        if (name == "onTimeShare" && schema.Find("onTime") is { } onTime)
        {
            return new QueryAggregate(name, AggregateKind.Mean, onTime, 0);
        }
        double percent = 0;
        bool isQuantile = name.StartsWith('p') && double.TryParse(name.AsSpan(1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out percent) && percent <= 100;
        AggregateKind kind = isQuantile ? AggregateKind.Quantile : Kinds.GetValueOrDefault(name);
        if (kind == default)
        {
            throw s.Mistake(at, name.Length == 0 ? "a function is missing" : $"there is no function '{name}'", Functions, NearestName.To(name, [.. Kinds.Keys, "count", "onTimeShare"]));
        }
        if (!s.Take("("))
        {
            throw s.Unexpected("(");
        }
        s.Peek();
        int attributeAt = s.At;
        QueryAttribute attribute = QueryParser.Attribute(s, schema);
        bool fits = kind is AggregateKind.Min or AggregateKind.Max
            ? attribute.Type is QueryType.Number or QueryType.Moment or QueryType.Word or QueryType.Text
            : attribute.Type is QueryType.Number or QueryType.Flag;
        if (!fits)
        {
            throw s.Mistake(attributeAt, $"'{attribute.Name}' is a {attribute.Type.ToString().ToLowerInvariant()}", [.. schema.Attributes.Where(a => a.Type == QueryType.Number).Select(a => a.Name)]);
        }
        return s.Take(")") ? new QueryAggregate($"{name}({attribute.Name})", kind, attribute, percent / 100) : throw s.Unexpected(")");
    }

    private static List<T> Each<T>(string parameter, string text, Func<QueryScanner, T> read)
    {
        var scanner = new QueryScanner(parameter, text);
        List<T> items = [read(scanner)];
        while (scanner.Take(","))
        {
            if (items.Count == CityQuery.ListMax)
            {
                throw scanner.Mistake(scanner.At, $"more than {CityQuery.ListMax} entries", []);
            }
            items.Add(read(scanner));
        }
        return scanner.IsAtEnd ? items : throw scanner.Unexpected(",", "the end");
    }

    private static bool Descending(QueryScanner scanner, out bool descending)
    {
        descending = scanner.Take("!");
        scanner.Peek();
        return true;
    }

    private static QueryAttribute Readable(QueryScanner scanner, QueryAttribute attribute) => attribute.Type is QueryType.Words or QueryType.Place
        ? throw scanner.Mistake(Math.Max(0, scanner.At - attribute.Name.Length), $"'{attribute.Name}' is for conditions only", [])
        : attribute;

    // A column's name as p90(leadTime) or day(filedAt).
    private static string ColumnName(QueryScanner scanner)
    {
        string name = scanner.Name();
        while (scanner.Peek() is '(' or ')' or '.')
        {
            char mark = scanner.Peek();
            scanner.Take(mark.ToString());
            name += mark + (mark == ')' ? "" : scanner.Name());
        }
        return name;
    }
}
