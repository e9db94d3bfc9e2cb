using System.Text.RegularExpressions;
using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>Reads conditions: <c>stage==queued,inProgress;(overdue==true|deadline&lt;now + 4 working hours)</c>. The grammar is in docs/query.md.</summary>
public static class QueryParser
{
    /// <summary>Characters of a condition.</summary>
    public const int LengthMax = 16_384;

    private const int DepthMax = 64;

    private static readonly (string Sign, QueryOperator Operator)[] Operators =
    [
        ("==", QueryOperator.Equal), ("!=", QueryOperator.NotEqual), ("<=", QueryOperator.LessOrEqual), (">=", QueryOperator.GreaterOrEqual),
        ("!~=", QueryOperator.NotMatches), ("~=", QueryOperator.Matches), ("<", QueryOperator.Less), (">", QueryOperator.Greater),
    ];

    /// <summary>Reads a condition.</summary>
    /// <param name="text">The condition, at most <see cref="LengthMax"/> characters.</param>
    /// <param name="schema">The attributes of the kind of twin that is asked for.</param>
    /// <param name="calendar">Says when a day begins.</param>
    /// <exception cref="QueryFormatException">It cannot be read; the exception says where and why.</exception>
    public static QueryNode Parse(string text, QuerySchema schema, WorkCalendar calendar)
    {
        var scanner = new QueryScanner("q", text);
        if (text.Length > LengthMax)
        {
            throw scanner.Mistake(LengthMax, $"the condition is longer than {LengthMax:N0} characters", []);
        }
        if (scanner.IsAtEnd)
        {
            throw scanner.Unexpected("an attribute", "(", "!");
        }
        QueryNode node = Any(new Source(scanner, schema, calendar), 0);
        return scanner.IsAtEnd ? node : throw scanner.Unexpected(";", "|", "the end");
    }

    /// <summary>Finds an attribute by name or other name.</summary>
    /// <exception cref="QueryFormatException">There is no such attribute.</exception>
    internal static QueryAttribute Attribute(QueryScanner scanner, QuerySchema schema)
    {
        scanner.Peek();
        int at = scanner.At;
        string name = scanner.Name();
        if (name.Length == 0)
        {
            throw scanner.Unexpected("an attribute", "(", "!");
        }
        while (true)
        {
            if (scanner.Take("."))
            {
                name += "." + Part(scanner);
            }
            else if (scanner.Take("["))
            {
                name += "." + Part(scanner);
                if (!scanner.Take("]"))
                {
                    throw scanner.Unexpected("]");
                }
            }
            else
            {
                return schema.Find(name) ?? throw scanner.Mistake(
                    at, $"a {schema.Type} has no attribute '{name}'", [], NearestName.To(name, schema.Attributes.Select(a => a.Name)));
            }
        }
    }

    private static string Part(QueryScanner scanner)
    {
        string part = scanner.Name();
        return part.Length > 0 ? part : throw scanner.Unexpected("the name of a part");
    }

    private static QueryNode Any(in Source source, int depth)
    {
        int at = Begin(source, depth);
        List<QueryNode> parts = [All(source, depth)];
        while (source.Scanner.Take("|"))
        {
            parts.Add(All(source, depth));
        }
        return parts.Count == 1 ? parts[0] : new QueryNode.Or(parts) { At = at };
    }

    private static QueryNode All(in Source source, int depth)
    {
        int at = Begin(source, depth);
        List<QueryNode> parts = [One(source, depth)];
        while (source.Scanner.Take(";"))
        {
            parts.Add(One(source, depth));
        }
        return parts.Count == 1 ? parts[0] : new QueryNode.And(parts) { At = at };
    }

    private static QueryNode One(in Source source, int depth)
    {
        int at = Begin(source, depth);
        if (source.Scanner.Take("("))
        {
            QueryNode inner = Any(source, depth + 1);
            return source.Scanner.Take(")") ? inner : throw source.Scanner.Unexpected(";", "|", ")");
        }
        if (source.Scanner.Take("!"))
        {
            return new QueryNode.Not(One(source, depth + 1)) { At = at };
        }
        QueryAttribute attribute = Attribute(source.Scanner, source.Schema);
        int operatorAt = Begin(source, depth);
        foreach ((string sign, QueryOperator op) in Operators)
        {
            if (source.Scanner.Take(sign))
            {
                return Comparison(source, attribute, op, at, operatorAt);
            }
        }
        return new QueryNode.Exists(attribute) { At = at };
    }

    private static QueryNode Comparison(in Source source, QueryAttribute attribute, QueryOperator op, int at, int operatorAt)
    {
        if (!attribute.Allows(op))
        {
            throw source.Scanner.Mistake(
                operatorAt, $"'{attribute.Name}' is a {attribute.Type.ToString().ToLowerInvariant()} and cannot be compared so", attribute.OperatorSigns);
        }
        bool negated = op == QueryOperator.NotMatches;
        if (op is QueryOperator.Matches or QueryOperator.NotMatches)
        {
            return Matching(source, attribute, negated, at);
        }
        var operands = new QueryOperands(source.Scanner, source.Calendar, attribute);
        List<QueryOperand> values = [operands.Read()];
        bool mayBeList = op is QueryOperator.Equal or QueryOperator.NotEqual;
        while (mayBeList && source.Scanner.Take(","))
        {
            values.Add(operands.Read());
        }
        return mayBeList || ReferenceEquals(values[0].Low, values[0].High)
            ? new QueryNode.Compare(attribute, op, values) { At = at }
            : throw source.Scanner.Mistake(operatorAt, "a range is compared with == or != only", ["==", "!="]);
    }

    private static QueryNode Matching(in Source source, QueryAttribute attribute, bool negated, int at)
    {
        source.Scanner.Peek();
        int valueAt = source.Scanner.At;
        string value = source.Scanner.Quoted() ?? source.Scanner.Bare();
        if (value.Length == 0)
        {
            throw source.Scanner.Mistake(valueAt, "the pattern is missing", ["a text in quotation marks"]);
        }
        if (attribute.Type == QueryType.Words)
        {
            return new QueryNode.HasWords(attribute, value, negated) { At = at };
        }
        try
        {
            var regex = new Regex(value, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return new QueryNode.Pattern(attribute, regex, negated) { At = at };
        }
        catch (Exception e) when (e is RegexParseException or NotSupportedException or ArgumentException)
        {
            int inside = e is RegexParseException parse ? parse.Offset : 0;
            throw source.Scanner.Mistake(valueAt + inside, $"the pattern cannot be read: {e.Message}", ["a regular expression without back references and look-around"]);
        }
    }

    private static int Begin(in Source source, int depth)
    {
        source.Scanner.Peek();
        return depth <= DepthMax ? source.Scanner.At : throw source.Scanner.Mistake(source.Scanner.At, $"more than {DepthMax} levels of parentheses", []);
    }

    private readonly record struct Source(QueryScanner Scanner, QuerySchema Schema, WorkCalendar Calendar);
}
