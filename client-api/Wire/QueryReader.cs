using System.Collections.Frozen;
using System.Globalization;
using CityTwin.ClientApi.Problems;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Wire;

/// <summary>Reads the query of an address; parameters that nobody asks for are mistakes, so that a misspelt filter is not ignored.</summary>
internal sealed class QueryReader
{
    private readonly IQueryCollection _query;
    private Mistakes _mistakes;

    /// <summary>Over a request's query.</summary>
    /// <param name="http">The request.</param>
    /// <param name="known">Every parameter that the address takes.</param>
    public QueryReader(HttpContext http, FrozenSet<string> known)
    {
        _query = http.Request.Query;
        foreach (string name in _query.Keys)
        {
            if (!known.Contains(name))
            {
                _mistakes.Add($"?{Mistakes.Short(name)}", $"unknown parameter: there are {string.Join(", ", known.Order(StringComparer.Ordinal))}");
            }
        }
    }

    /// <summary>Ends the request if its address has any parameter: for those that take none.</summary>
    public static void TakesNone(HttpContext http)
    {
        foreach (string name in http.Request.Query.Keys)
        {
            throw new ProblemException(Problem.InvalidRequest($"?{Mistakes.Short(name)}", "unknown parameter: this address takes none"));
        }
    }

    /// <summary>A mistake found elsewhere.</summary>
    public void Add(string name, string reason) => _mistakes.Add($"?{name}", reason);

    /// <summary>Ends the request if anything is wrong.</summary>
    public void ThrowIfAny() => _mistakes.ThrowIfAny();

    /// <summary>A text, or null when it is not there.</summary>
    public string? Text(string name)
    {
        if (!_query.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues values))
        {
            return null;
        }
        if (values.Count > 1 || string.IsNullOrEmpty(values[0]))
        {
            Add(name, "is given twice, or empty");
            return null;
        }
        return values[0];
    }

    /// <summary>A whole number in a range, or a default.</summary>
    public int Number(string name, int min, int max, int otherwise)
    {
        if (Text(name) is not { } text)
        {
            return otherwise;
        }
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= min && value <= max)
        {
            return value;
        }
        Add(name, $"expected a whole number from {min} to {max}");
        return otherwise;
    }

    /// <summary>True or false, or null when it is not there.</summary>
    public bool? Flag(string name)
    {
        switch (Text(name))
        {
            case null:
                return null;
            case "true":
                return true;
            case "false":
                return false;
            default:
                Add(name, "expected true or false");
                return null;
        }
    }

    /// <summary>A word of an enumeration, or null when it is not there.</summary>
    public T? Word<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        if (Words<T>.TryParse(text, out T value))
        {
            return value;
        }
        Add(name, Words<T>.Expected);
        return null;
    }

    /// <summary>A moment, or null when it is not there.</summary>
    public DateTimeOffset? Moment(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        if (Moments.TryParse(text, out DateTimeOffset at))
        {
            return at;
        }
        Add(name, Moments.Expected);
        return null;
    }

    /// <summary>An identity of one of some kinds, or null when it is not there.</summary>
    public TwinId? Id(string name, params ReadOnlySpan<TwinKind> kinds)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }
        if (TwinId.TryParse(text, null, out TwinId id) && kinds.Contains(id.Kind))
        {
            return id;
        }
        Add(name, $"expected the identity of a {string.Join(" or ", kinds.ToArray()).ToLowerInvariant()}, as {Example(kinds[0])}");
        return null;
    }

    private static string Example(TwinKind kind) => kind switch
    {
        TwinKind.Commune => "commune/19753",
        TwinKind.Department => "department/4605",
        TwinKind.Desk => "desk/1975301",
        TwinKind.Official => "official/19753001",
        TwinKind.Sensor => "sensor/DSXVH3BAFWJY",
        _ => "citizen/000000000042",
    };
}
