using System.Text.RegularExpressions;

namespace CityTwin.Silo.Queries;

/// <summary>How a value is held against others.</summary>
public enum QueryOperator : byte
{
    /// <summary><c>==</c>: one of the values, or within one of the ranges.</summary>
    Equal = 1,

    /// <summary><c>!=</c>: none of them.</summary>
    NotEqual = 2,

    /// <summary><c>&lt;</c>.</summary>
    Less = 3,

    /// <summary><c>&lt;=</c>.</summary>
    LessOrEqual = 4,

    /// <summary><c>&gt;</c>.</summary>
    Greater = 5,

    /// <summary><c>&gt;=</c>.</summary>
    GreaterOrEqual = 6,

    /// <summary><c>~=</c>: a pattern, or the words of a written text.</summary>
    Matches = 7,

    /// <summary><c>!~=</c>: not so.</summary>
    NotMatches = 8,
}

/// <summary>A condition on twins, as it was read. Immutable.</summary>
public abstract record QueryNode
{
    private QueryNode()
    {
    }

    /// <summary>Where it begins in the text, from 0.</summary>
    public required int At { get; init; }

    /// <summary>All of them hold.</summary>
    public sealed record And(IReadOnlyList<QueryNode> Parts) : QueryNode;

    /// <summary>One of them holds.</summary>
    public sealed record Or(IReadOnlyList<QueryNode> Parts) : QueryNode;

    /// <summary>It does not hold.</summary>
    public sealed record Not(QueryNode Part) : QueryNode;

    /// <summary>The attribute has a value.</summary>
    public sealed record Exists(QueryAttribute Attribute) : QueryNode;

    /// <summary>The attribute has a value that compares so. An attribute without a value never does.</summary>
    public sealed record Compare(QueryAttribute Attribute, QueryOperator Operator, IReadOnlyList<QueryOperand> Operands) : QueryNode;

    /// <summary>The attribute's text matches a pattern, in linear time.</summary>
    public sealed record Pattern(QueryAttribute Attribute, Regex Regex, bool Negated) : QueryNode;

    /// <summary>The words all occur in a written text.</summary>
    public sealed record HasWords(QueryAttribute Attribute, string Words, bool Negated) : QueryNode;

    /// <summary>This node and all below it.</summary>
    public IEnumerable<QueryNode> All() => this switch
    {
        And n => n.Parts.SelectMany(p => p.All()).Prepend(this),
        Or n => n.Parts.SelectMany(p => p.All()).Prepend(this),
        Not n => n.Part.All().Prepend(this),
        _ => [this],
    };

    /// <summary>Whether its truth can change by the clock alone.</summary>
    public bool MovesWithTime => All().Any(n => n switch
    {
        Compare c => c.Attribute.MovesWithTime || c.Operands.Any(o => o.Low is QueryPoint.Relative || o.High is QueryPoint.Relative),
        Exists e => e.Attribute.MovesWithTime,
        _ => false,
    });

    /// <summary>Whether it looks at sensors' readings, which are beside the journal.</summary>
    public bool ReadsReadings => All().Any(n => n switch
    {
        Compare c => c.Attribute.IsReading,
        Exists e => e.Attribute.IsReading,
        Pattern p => p.Attribute.IsReading,
        _ => false,
    });

    /// <summary>Whether it searches written texts.</summary>
    public bool SearchesWords => All().Any(n => n is HasWords);
}

/// <summary>A value, or an inclusive range of values.</summary>
/// <param name="Low">The value, or the lower end.</param>
/// <param name="High">The upper end; the same as <paramref name="Low"/> for a value.</param>
public sealed record QueryOperand(QueryPoint Low, QueryPoint High);

/// <summary>One end of an operand.</summary>
public abstract record QueryPoint
{
    private QueryPoint()
    {
    }

    /// <summary>Known beforehand. A date stands for its whole day: from its first to its last millisecond.</summary>
    public sealed record Fixed(QueryValue First, QueryValue Last) : QueryPoint;

    /// <summary>A moment counted from now.</summary>
    public sealed record Relative(RelativeTime Time) : QueryPoint;

    /// <summary>The first and the last value that it stands for, at a moment.</summary>
    internal (QueryValue First, QueryValue Last) Resolve(QueryMoment now)
    {
        if (this is Fixed f)
        {
            return (f.First, f.Last);
        }
        var at = QueryValue.OfMoment(((Relative)this).Time.From(now));
        return (at, at);
    }
}
