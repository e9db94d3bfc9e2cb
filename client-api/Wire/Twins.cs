using System.Collections.Frozen;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Wire;

/// <summary>Finds and reads the twin that an address names.</summary>
internal static class Twins
{
    /// <summary>The parameter of every read of a twin.</summary>
    public static QueryDoc At { get; } = new("at", "As of this moment (RFC 3339, with zone), not later than now. Default: now.");

    private static readonly FrozenSet<string> AtOnly = FrozenSet.Create("at");

    /// <summary>The twin whose number stands in the address.</summary>
    /// <exception cref="ProblemException">It cannot be a number of such a twin.</exception>
    public static TwinId InPath(HttpContext http, TwinKind kind, string name = "id")
    {
        string text = (string?)http.Request.RouteValues[name] ?? "";
        return TwinId.TryParseNumber(kind, text, out TwinId id)
            ? id
            : throw new ProblemException(Problem.UnknownTwin($"{kind.ToString().ToLowerInvariant()}/{Mistakes.Short(text)}"));
    }

    /// <summary>Reads a twin now, or as of the moment in <c>?at</c>.</summary>
    /// <exception cref="ProblemException">Nothing ever happened to it, or the moment is in the future.</exception>
    public static async ValueTask<(TState State, TwinReading Reading)> ReadAsync<TState>(CityApi api, HttpContext http, TwinId id)
        where TState : TwinState
    {
        DateTimeOffset? at = AsOf(api, http);
        TwinReading reading = at is { } moment ? await api.Runtime.ReadAsync(id, moment) : await api.Runtime.ReadAsync(id);
        if (reading.Version == 0)
        {
            throw new ProblemException(Problem.UnknownTwin(at is null ? id.ToString() : $"{id} at that moment"));
        }
        return ((TState)reading.State, reading);
    }

    /// <summary>The moment in <c>?at</c>, where that is the only parameter; null without one.</summary>
    /// <exception cref="ProblemException">It is no moment, or in the future.</exception>
    public static DateTimeOffset? AsOf(CityApi api, HttpContext http)
    {
        if (!http.Request.QueryString.HasValue)
        {
            return null;
        }
        var query = new QueryReader(http, AtOnly);
        DateTimeOffset? at = query.Moment("at");
        if (at > api.Runtime.Clock.Now)
        {
            query.Add("at", $"is in the future: the city's time is {api.Runtime.Clock.Now:yyyy-MM-dd'T'HH:mm:ss.fff'Z'}");
        }
        query.ThrowIfAny();
        return at;
    }
}
