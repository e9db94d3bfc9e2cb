namespace CityTwin.Silo.Queries;

/// <summary>What is wrong with a query, and where.</summary>
/// <param name="Parameter">The parameter, as <c>q</c> or <c>orderBy</c>.</param>
/// <param name="At">The place in the parameter's text, from 0.</param>
/// <param name="Reason">What is wrong there.</param>
/// <param name="Expected">What could stand there.</param>
/// <param name="Nearest">The valid name that was probably meant; null when none is near.</param>
public sealed record QueryMistake(string Parameter, int At, string Reason, IReadOnlyList<string> Expected, string? Nearest = null)
{
    /// <summary>One line for people.</summary>
    public override string ToString()
    {
        string expected = Expected.Count == 0 ? "" : $"; expected {string.Join(", ", Expected)}";
        return $"{Parameter}, character {At + 1}: {Reason}{expected}{(Nearest is null ? "" : $"; did you mean '{Nearest}'?")}";
    }
}

/// <summary>A query cannot be read.</summary>
public sealed class QueryFormatException : Exception
{
    /// <summary>With what is wrong.</summary>
    public QueryFormatException(QueryMistake mistake)
        : base(mistake.ToString()) => Mistake = mistake;

    /// <summary>Without detail.</summary>
    public QueryFormatException()
        : this(new QueryMistake("q", 0, "the query cannot be read", []))
    {
    }

    /// <summary>With a message.</summary>
    public QueryFormatException(string message)
        : this(new QueryMistake("q", 0, message, []))
    {
    }

    /// <summary>With a message and a cause.</summary>
    public QueryFormatException(string message, Exception inner)
        : base(message, inner) => Mistake = new QueryMistake("q", 0, message, []);

    /// <summary>What is wrong, and where.</summary>
    public QueryMistake Mistake { get; }
}
