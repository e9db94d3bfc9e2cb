using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>One attribute of a kind of twin: what can be asked about it, and what it means.</summary>
public abstract class QueryAttribute
{
    private static readonly string[] Ordered = ["==", "!=", "<", "<=", ">", ">="];
    private static readonly string[] Written = [.. Ordered, "~=", "!~="];

    private protected QueryAttribute(string name, QueryType type, string description)
    {
        Name = name;
        Type = type;
        Description = description;
    }

    /// <summary>The name, as <c>deadline</c> or <c>service.field</c>.</summary>
    public string Name { get; }

    /// <summary>The kind of its values.</summary>
    public QueryType Type { get; }

    /// <summary>What it means.</summary>
    public string Description { get; }

    /// <summary>The unit of a number; empty for counts and for other types.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Other names that mean the same.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The words it can have, in their order.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The kinds of twins that an identity can be of.</summary>
    public IReadOnlyList<TwinKind> Kinds { get; init; } = [];

    /// <summary>Whether its value changes by the clock alone.</summary>
    public bool MovesWithTime { get; init; }

    /// <summary>Whether it is read off the time series of readings, which is beside the journal.</summary>
    public bool IsReading { get; init; }

    /// <summary>Whether an equality finds its twins without looking at all of them.</summary>
    public bool IsIndexed { get; init; }

    /// <summary>Whether answers have it unless <c>select</c> says otherwise.</summary>
    public bool IsShown { get; init; } = true;

    /// <summary>The comparisons it takes.</summary>
    public IReadOnlyList<string> OperatorSigns => Type switch
    {
        QueryType.Number or QueryType.Moment => Ordered,
        QueryType.Text or QueryType.Word => Written,
        QueryType.Flag or QueryType.Id => Ordered[..2],
        QueryType.Words => Written[^2..],
        _ => [],
    };

    /// <summary>A value that it could have, for completion and for error messages.</summary>
    public string Example => Type switch
    {
        QueryType.Number => "a number",
        QueryType.Moment => "a date, a moment as 2026-11-22T08:00:00+07:00, or now + 4 working hours",
        QueryType.Flag => "true or false",
        QueryType.Word => $"one of {string.Join(", ", Words)}",
        QueryType.Id => $"an identity as {string.Join(" or ", Kinds.Select(k => $"{QuerySchema.WordOf(k)}/…"))}",
        _ => "a text",
    };

    /// <summary>Whether it takes a comparison.</summary>
    public bool Allows(QueryOperator op) => op switch
    {
        QueryOperator.Matches or QueryOperator.NotMatches => Type is QueryType.Text or QueryType.Word or QueryType.Words,
        QueryOperator.Equal or QueryOperator.NotEqual => Type is not (QueryType.Words or QueryType.Place),
        _ => Type is QueryType.Number or QueryType.Moment or QueryType.Text or QueryType.Word,
    };

    /// <summary>A word of it as a value; no value when it has no such word.</summary>
    public QueryValue Word(string word)
    {
        for (int i = 0; i < Words.Count; i++)
        {
            if (Words[i] == word)
            {
                return QueryValue.OfWord(i, word);
            }
        }
        return default;
    }
}

/// <summary>Reads an attribute off a row.</summary>
internal delegate QueryValue AttributeReader<TRow>(in TRow row, QueryContext context);

/// <summary>An attribute of rows of a type.</summary>
internal sealed class QueryAttribute<TRow>(string name, QueryType type, string description, AttributeReader<TRow> read) : QueryAttribute(name, type, description)
{
    /// <summary>Reads it off a row.</summary>
    public AttributeReader<TRow> Read { get; } = read;
}
