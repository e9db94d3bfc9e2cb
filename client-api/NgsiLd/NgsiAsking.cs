using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CityTwin.ClientApi.Hosting;
using CityTwin.Grains;
using CityTwin.Silo.Queries;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>A condition on a place.</summary>
/// <param name="Relation">near;maxDistance==metres, or within; null: none.</param>
/// <param name="Geometry">Point or Polygon.</param>
/// <param name="Coordinates">GeoJSON coordinates, as text.</param>
/// <param name="Property">location, or null.</param>
internal readonly record struct NgsiPlace(string? Relation, string? Geometry, string? Coordinates, string? Property);

/// <summary>Asks live queries for entities: the standard's q, geography and paging in the city's own grammar.</summary>
internal sealed partial class NgsiAsking(CityApi api)
{
    private const int ReachMax = CityQuery.LimitMax;

    /// <summary>The twins of a type that fulfil a condition, in the order of their identities.</summary>
    /// <param name="type">The type.</param>
    /// <param name="http">The request: q, georel, geometry, coordinates.</param>
    /// <param name="ids">Only these; null: all.</param>
    /// <param name="offset">How many to leave out first.</param>
    /// <param name="limit">How many, 0 or more.</param>
    public async Task<IReadOnlyList<(TwinId Id, Dictionary<string, QueryValue> Row)>> RowsAsync(NgsiType type, HttpContext http, IReadOnlyList<TwinId>? ids, int offset, int limit)
    {
        if (limit == 0)
        {
            return [];
        }
        if (offset + limit > ReachMax)
        {
            throw new NgsiException("TooManyResults", StatusCodes.Status403Forbidden, $"offset + limit reach beyond {ReachMax} entities: narrow the query instead");
        }
        if (http.Request.Query["idPattern"].FirstOrDefault() is { Length: > 0 } pattern)
        {
            ids = [.. (await MatchingAsync(type, http, ids, pattern)).Skip(offset).Take(limit)];
            return ids.Count == 0 ? [] : await FoundAsync(type, http, ids, 0, limit);
        }
        return await FoundAsync(type, http, ids, offset, limit);
    }

    private async Task<IReadOnlyList<(TwinId Id, Dictionary<string, QueryValue> Row)>> FoundAsync(NgsiType type, HttpContext http, IReadOnlyList<TwinId>? ids, int offset, int limit)
    {
        string[] columns = ["id", .. type.Asked];
        QueryRequest request = Request(type, http, ids) with { Select = string.Join(',', columns), Limit = offset + limit, OrderBy = "id" };
        QueryAnswer answer = await AnswerAsync(request, http);
        return [.. answer.Rows.Skip(offset).Select(r => (r[0].AsId, columns.Zip(r).ToDictionary(c => c.First, c => c.Second)))];
    }

    /// <summary>How many twins of a type fulfil a condition.</summary>
    public async Task<long> CountAsync(NgsiType type, HttpContext http, IReadOnlyList<TwinId>? ids)
    {
        if (http.Request.Query["idPattern"].FirstOrDefault() is { Length: > 0 } pattern)
        {
            return (await MatchingAsync(type, http, ids, pattern)).Count;
        }
        QueryAnswer answer = await AnswerAsync(Request(type, http, ids) with { Aggregate = "count" }, http);
        return answer.Rows.Count == 0 ? 0 : (long)answer.Rows[0][^1].AsNumber;
    }

    // The entities whose id matches a pattern, as far as lists reach.
    private async Task<IReadOnlyList<TwinId>> MatchingAsync(NgsiType type, HttpContext http, IReadOnlyList<TwinId>? ids, string pattern)
    {
        Regex regex;
        try
        {
            regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw NgsiException.BadData($"idPattern: {e.Message}");
        }
        QueryAnswer answer = await AnswerAsync(Request(type, http, ids) with { Select = "id", Limit = ReachMax, OrderBy = "id" }, http);
        return answer.Next is null ? [.. answer.Rows.Select(r => r[0].AsId).Where(id => regex.IsMatch(type.Urn(id)))]
            : throw new NgsiException("TooManyResults", StatusCodes.Status403Forbidden, $"idPattern looks at {ReachMax} entities at most: narrow the query");
    }

    // An entity that was just made or changed is found: the query waits for what is durable.
    private Task<QueryAnswer> AnswerAsync(QueryRequest request, HttpContext http) =>
        api.Queries.AnswerAsync(api.Queries.Read(request), null, api.Runtime.Position, http.RequestAborted);

    private static QueryRequest Request(NgsiType type, HttpContext http, IReadOnlyList<TwinId>? ids)
    {
        IQueryCollection query = http.Request.Query;
        return Request(type, ids, query["q"].FirstOrDefault(), query["attrs"].FirstOrDefault(), new NgsiPlace(query["georel"].FirstOrDefault(), query["geometry"].FirstOrDefault(), query["coordinates"].FirstOrDefault(), query["geoproperty"].FirstOrDefault()));
    }

    /// <summary>A condition of the standard as a live query, without columns.</summary>
    /// <exception cref="NgsiException">The geography cannot be.</exception>
    public static QueryRequest Request(NgsiType type, IReadOnlyList<TwinId>? ids, string? q, string? attrs, NgsiPlace place)
    {
        List<string> conditions = [];
        if (type.Fixed is not null)
        {
            conditions.Add(type.Fixed);
        }
        if (type.Schema.Kind == TwinKind.Sensor && type.Fixed is null)
        {
            // Twins of areas, which have no name, are not devices.
            conditions.Add("name");
        }
        if (ids is not null)
        {
            conditions.Add($"id=={string.Join(',', ids)}");
        }
        if (!string.IsNullOrEmpty(q))
        {
            conditions.Add($"({NgsiCondition.InOwnWords(type, q)})");
        }
        if (!string.IsNullOrEmpty(attrs) && ids is null)
        {
            // Only entities that have one of the attributes at least.
            conditions.Add($"({string.Join('|', attrs.Split(',').Select(a => NgsiCondition.InOwnWords(type, type.IsAlways(NgsiType.Short(a)) ? "id" : a)))})");
        }
        (string? near, string? within) = Geography(place);
        return new QueryRequest { Type = type.Schema.Type, Q = conditions.Count == 0 ? null : string.Join(';', conditions), Near = near, Within = within };
    }

    // georel=near;maxDistance==2000&geometry=Point&coordinates=[107.58,16.47], and georel=within with a Polygon.
    private static (string? Near, string? Within) Geography(NgsiPlace place)
    {
        string? relation = place.Relation;
        if (string.IsNullOrEmpty(relation))
        {
            return (null, null);
        }
        string geometry = place.Geometry ?? "";
        double[][] corners = Corners(place.Coordinates);
        if (place.Property is not (null or "" or "location"))
        {
            throw NgsiException.BadData("geoproperty: entities have one place, location");
        }
        Match near = Near().Match(relation);
        if (near.Success && geometry == "Point" && corners.Length == 1)
        {
            return (string.Create(CultureInfo.InvariantCulture, $"{corners[0][1]},{corners[0][0]},{near.Groups[1].Value}"), null);
        }
        if (relation == "within" && geometry == "Polygon" && corners.Length >= 4)
        {
            return (null, "polygon:" + string.Join(';', corners.Take(corners.Length - 1).Select(c => string.Create(CultureInfo.InvariantCulture, $"{c[1]},{c[0]}"))));
        }
        throw NgsiException.BadData("georel: expected near;maxDistance==<metres> with geometry=Point, or within with geometry=Polygon, and coordinates of that geometry");
    }

    private static double[][] Corners(string? text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text ?? "");
            JsonElement at = json.RootElement;
            return at[0].ValueKind switch
            {
                JsonValueKind.Number => [Corner(at)],
                _ when at[0][0].ValueKind == JsonValueKind.Number => [.. at.EnumerateArray().Select(Corner)],
                _ => [.. at[0].EnumerateArray().Select(Corner)],
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IndexOutOfRangeException or FormatException)
        {
            throw NgsiException.BadData("coordinates: expected GeoJSON coordinates, longitude first, as [107.58,16.47]");
        }
    }

    private static double[] Corner(JsonElement corner) => [corner[0].GetDouble(), corner[1].GetDouble()];

    [GeneratedRegex("""^near;maxDistance==(\d+(?:\.\d+)?)$""")]
    private static partial Regex Near();
}
