using System.Text.RegularExpressions;

namespace CityTwin.Silo.Queries;

/// <summary>Whether a row is wanted.</summary>
internal delegate bool RowTest<TRow>(in TRow row, QueryContext context);

/// <summary>Makes tests of rows from conditions.</summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <param name="schema">How attributes are read.</param>
/// <param name="moment">The moment that relative times count from.</param>
/// <param name="having">The numbers of the twins whose written text has some words.</param>
internal sealed class RowTests<TRow>(QuerySchema<TRow> schema, QueryMoment moment, Func<string, HashSet<long>> having)
    where TRow : struct, ITwinRow
{
    /// <summary>The test for a whole query.</summary>
    public RowTest<TRow> Of(CityQuery query)
    {
        List<RowTest<TRow>> tests = [.. query.Places.Select(Of)];
        if (query.Condition is { } condition)
        {
            tests.Insert(0, Of(condition));
        }
        return tests.Count == 0 ? (in TRow _, QueryContext _) => true : All(tests);
    }

    private RowTest<TRow> Of(QueryNode node)
    {
        switch (node)
        {
            case QueryNode.And and:
                return All([.. and.Parts.Select(Of)]);
            case QueryNode.Or or:
                RowTest<TRow>[] parts = [.. or.Parts.Select(Of)];
                return (in TRow row, QueryContext c) => Any(parts, row, c);
            case QueryNode.Not not:
                RowTest<TRow> part = Of(not.Part);
                return (in TRow row, QueryContext c) => !part(row, c);
            case QueryNode.Exists exists:
                return Exists(exists.Attribute);
            case QueryNode.Pattern pattern:
                return Matches(Reader(pattern.Attribute), pattern.Regex, pattern.Negated);
            case QueryNode.HasWords words:
                HashSet<long> numbers = having(words.Words);
                bool negated = words.Negated;
                return (in TRow row, QueryContext _) => numbers.Contains(row.Number) != negated;
            case QueryNode.Compare compare:
                return Compares(compare);
            default:
                throw new ArgumentOutOfRangeException(nameof(node), node, "no condition");
        }
    }

    private RowTest<TRow> Of(Geography place)
    {
        if (place is Geography.InCommune { Commune: var commune })
        {
            AttributeReader<TRow> read = schema.Commune!.Read;
            var wanted = QueryValue.Of(commune);
            return (in TRow row, QueryContext c) => read(row, c) == wanted;
        }
        Func<TRow, Grains.GeoPoint?> at = schema.Place!;
        return (in TRow row, QueryContext _) => at(row) is { } point && place.Holds(point);
    }

    // Written text of which no word is known is no text: its existence cannot be told, so no twin has it.
    private static RowTest<TRow> Exists(QueryAttribute attribute)
    {
        AttributeReader<TRow> read = Reader(attribute);
        return (in TRow row, QueryContext c) => !read(row, c).IsNone;
    }

    private RowTest<TRow> Compares(QueryNode.Compare compare)
    {
        AttributeReader<TRow> read = Reader(compare.Attribute);
        (QueryValue First, QueryValue Last)[] ranges = [.. compare.Operands.Select(o => (o.Low.Resolve(moment).First, o.High.Resolve(moment).Last))];
        (QueryValue first, QueryValue last) = compare.Operands[0].Low.Resolve(moment);
        switch (compare.Operator)
        {
            case QueryOperator.Equal when ranges.Length == 1 && first == last && compare.Operands[0].Low == compare.Operands[0].High:
                return (in TRow row, QueryContext c) => read(row, c) == first;
            case QueryOperator.Equal:
                return (in TRow row, QueryContext c) => read(row, c) is { IsNone: false } v && IsIn(ranges, v);
            case QueryOperator.NotEqual:
                return (in TRow row, QueryContext c) => read(row, c) is { IsNone: false } v && !IsIn(ranges, v);
            case QueryOperator.Less:
                return (in TRow row, QueryContext c) => read(row, c) is { IsNone: false } v && v < first;
            case QueryOperator.LessOrEqual:
                return (in TRow row, QueryContext c) => read(row, c) is { IsNone: false } v && v <= last;
            case QueryOperator.Greater:
                return (in TRow row, QueryContext c) => read(row, c) is { IsNone: false } v && v > last;
            default:
                return (in TRow row, QueryContext c) => read(row, c) is { IsNone: false } v && v >= first;
        }
    }

    private static AttributeReader<TRow> Reader(QueryAttribute attribute) => ((QueryAttribute<TRow>)attribute).Read;

    private static RowTest<TRow> Matches(AttributeReader<TRow> read, Regex regex, bool negated) =>
        (in TRow row, QueryContext c) => read(row, c) is { IsNone: false } v && regex.IsMatch(v.AsText) != negated;

    private static bool IsIn((QueryValue First, QueryValue Last)[] ranges, QueryValue value)
    {
        foreach ((QueryValue first, QueryValue last) in ranges)
        {
            if (value >= first && value <= last)
            {
                return true;
            }
        }
        return false;
    }

    private static RowTest<TRow> All(IReadOnlyList<RowTest<TRow>> tests)
    {
        RowTest<TRow>[] parts = [.. tests];
        return parts is [var only] ? only : (in TRow row, QueryContext c) =>
        {
            foreach (RowTest<TRow> part in parts)
            {
                if (!part(row, c))
                {
                    return false;
                }
            }
            return true;
        };
    }

    private static bool Any(RowTest<TRow>[] parts, in TRow row, QueryContext context)
    {
        foreach (RowTest<TRow> part in parts)
        {
            if (part(row, context))
            {
                return true;
            }
        }
        return false;
    }
}
