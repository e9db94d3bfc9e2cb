using System.Collections.Frozen;
using System.Globalization;
using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Silo.Queries;

namespace CityTwin.ClientApi.Queries;

/// <summary>Asking the living city: <c>GET /query?type=case&amp;q=…</c>. The grammar is in docs/query.md.</summary>
internal static class QueryEndpoints
{
    private const string Tag = "Queries";

    /// <summary>The parameters that say which twins are meant.</summary>
    public static readonly QueryDoc[] Selection =
    [
        new("type", "The kind of twin.", Words: [.. QuerySchema.All.Select(s => s.Type)]),
        new("q", "The condition, as stage==queued,inProgress;(overdue==true|deadline<now + 4 working hours)."),
        new("text", "Words that must all occur in what was reported; without diacritics they match any."),
        new("near", "latitude,longitude,metres."),
        new("within", "commune/19753, bbox:south,west,north,east or polygon:latitude,longitude;…."),
        new("select", "Attributes to answer with, separated by commas."),
    ];

    private static readonly QueryDoc[] Parameters =
    [
        .. Selection,
        new("orderBy", "Attributes to order by, separated by commas; with ! the largest first."),
        new("groupBy", "Attributes to group by; of moments also hour, day, week, month and year, as day(filedAt)."),
        new("aggregate", "What to compute of each group, as count,mean(leadTime),p90(leadTime),onTimeShare."),
        new("limit", "1 to 10,000, default 100.", "integer"),
        new("cursor", "The next of the page before."),
        Twins.At,
        new("after", "No older than this journal position, as an acknowledgement gave it.", "integer"),
    ];

    private static readonly FrozenSet<string> Names = Parameters.Select(p => p.Name).ToFrozenSet();

    /// <summary>Errors of queries.</summary>
    public static RouteForm Form { get; } = new(["application/json"], ["application/json"], typeof(Problem), ["application/problem+json"], [400, 413, 415, 422, 503]);

    /// <summary>Adds the routes.</summary>
    public static void MapQueries(this IEndpointRouteBuilder routes, CityApi api)
    {
        routes.Get("/query", new RouteDoc(Tag, "Query", "Twins of one kind that fulfil a condition, or figures of them, now or as of a moment")
        {
            Answer = typeof(QueryReading),
            Query = Parameters,
            Form = Form,
        }, http => GetAsync(api, http));
        routes.Post("/query", new RouteDoc(Tag, "QueryByBody", "The same for queries that are too long for an address")
        {
            Body = typeof(QueryBody),
            Answer = typeof(QueryReading),
            TakesKey = false,
            Form = Form,
        }, http => PostAsync(api, http));
        routes.Get("/queries/schema", new RouteDoc(Tag, "GetQuerySchema", "Every attribute that can be asked about: for completion and for reference") { Answer = typeof(QuerySchemaReading) }, http =>
        {
            QueryReader.TakesNone(http);
            return Answers.JsonAsync(http, QuerySchemas.Reading(api), ApiJson.Default.QuerySchemaReading);
        });
    }

    /// <summary>The parameters of an address that say which twins are meant, as a request.</summary>
    public static QueryRequest RequestOf(QueryReader query) => new()
    {
        Type = query.Text("type"),
        Q = query.Text("q"),
        Text = query.Text("text"),
        Near = query.Text("near"),
        Within = query.Text("within"),
        Select = query.Text("select"),
    };

    /// <summary>A journal position in an address, or null.</summary>
    public static long? Position(QueryReader query, string name)
    {
        if (query.Text(name) is not { } text)
        {
            return null;
        }
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long position))
        {
            return position;
        }
        query.Add(name, "expected a journal position: a whole number from 0");
        return null;
    }

    private static async Task GetAsync(CityApi api, HttpContext http)
    {
        var query = new QueryReader(http, Names);
        QueryRequest request = RequestOf(query) with
        {
            OrderBy = query.Text("orderBy"),
            GroupBy = query.Text("groupBy"),
            Aggregate = query.Text("aggregate"),
            Limit = query.Number("limit", 1, CityQuery.LimitMax, 100),
            Cursor = query.Text("cursor"),
        };
        DateTimeOffset? at = query.Moment("at");
        long? after = Position(query, "after");
        if (at > api.Runtime.Clock.Now)
        {
            query.Add("at", "is in the future");
        }
        query.ThrowIfAny();
        await AnswerAsync(api, http, request, at, after, inBody: false);
    }

    private static async Task PostAsync(CityApi api, HttpContext http)
    {
        QueryBody body = await BodyReader.ReadAsync(http, ApiJson.Default.QueryBody);
        if (body.At > api.Runtime.Clock.Now)
        {
            throw new ProblemException(Problem.InvalidRequest("$.at", "is in the future"));
        }
        if (body.After < 0)
        {
            throw new ProblemException(Problem.InvalidRequest("$.after", "expected a journal position: a whole number from 0"));
        }
        await AnswerAsync(api, http, body, body.At, body.After, inBody: true);
    }

    private static async Task AnswerAsync(CityApi api, HttpContext http, QueryRequest request, DateTimeOffset? at, long? after, bool inBody)
    {
        try
        {
            QueryAnswer answer = await api.Queries.AnswerAsync(api.Queries.Read(request), at, after, http.RequestAborted);
            await QueryWriting.AnswerAsync(http, answer);
        }
        catch (QueryFormatException e)
        {
            throw new ProblemException(QueryProblems.Of(e, inBody));
        }
    }
}
