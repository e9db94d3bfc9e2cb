using System.Text.Json;
using CityTwin.ClientApi.Keys;
using CityTwin.ClientApi.Problems;
using Microsoft.AspNetCore.Http.Metadata;

namespace CityTwin.ClientApi.Hosting;

/// <summary>What a route takes and gives, for OpenAPI and for the matching of content types.</summary>
/// <param name="Tag">The group it belongs to.</param>
/// <param name="Name">Its name, unique: the operation id.</param>
/// <param name="Summary">What it does.</param>
internal sealed record RouteDoc(string Tag, string Name, string Summary)
{
    /// <summary>The body's type; null when it takes none.</summary>
    public Type? Body { get; init; }

    /// <summary>The answer's type.</summary>
    public Type? Answer { get; init; }

    /// <summary>The content types of an answer that has no type of ours: a file, a stream, a document of a standard. Default: JSON.</summary>
    public string[]? Media { get; init; }

    /// <summary>The status of a good answer.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    /// <summary>The parameters of its query.</summary>
    public IReadOnlyList<QueryDoc> Query { get; init; } = [];

    /// <summary>How it departs from JSON and problems, where a standard says so.</summary>
    public RouteForm? Form { get; init; }

    /// <summary>Statuses of problems beside the usual ones.</summary>
    public int[] MoreProblems { get; init; } = [];

    /// <summary>True for commands: they may be refused.</summary>
    public bool IsCommand { get; init; }

    /// <summary>Whether a command takes an Idempotency-Key.</summary>
    public bool TakesKey { get; init; } = true;
}

/// <summary>The manner of a standard: content types and errors.</summary>
/// <param name="Body">The content types that it takes.</param>
/// <param name="Answers">The content types that it answers in.</param>
/// <param name="Error">The type of an error's body.</param>
/// <param name="Errors">The content types of an error.</param>
/// <param name="Statuses">The statuses of errors.</param>
internal sealed record RouteForm(string[] Body, string[] Answers, Type Error, string[] Errors, int[] Statuses);

/// <summary>A parameter of a query.</summary>
/// <param name="Name">As it stands in the address.</param>
/// <param name="Description">What it means.</param>
/// <param name="Type">string, integer or boolean.</param>
/// <param name="Words">The words it takes; null: any.</param>
internal sealed record QueryDoc(string Name, string Description, string Type = "string", IReadOnlyList<string>? Words = null);

/// <summary>Adds routes with their description.</summary>
internal static class RouteDocs
{
    private static readonly string[] Json = ["application/json"];

    /// <summary>Adds a route that reads.</summary>
    public static void Get(this IEndpointRouteBuilder routes, string pattern, RouteDoc doc, RequestDelegate handle) =>
        Add(routes, HttpMethods.Get, pattern, doc, handle);

    /// <summary>Adds a route that commands.</summary>
    public static void Post(this IEndpointRouteBuilder routes, string pattern, RouteDoc doc, RequestDelegate handle) =>
        routes.Command(HttpMethods.Post, pattern, doc, handle);

    /// <summary>Adds a route that takes something away.</summary>
    public static void Delete(this IEndpointRouteBuilder routes, string pattern, RouteDoc doc, RequestDelegate handle) =>
        routes.Command(HttpMethods.Delete, pattern, doc, handle);

    /// <summary>Adds a route that commands by a method of its own.</summary>
    public static void Command(this IEndpointRouteBuilder routes, string method, string pattern, RouteDoc doc, RequestDelegate handle) =>
        Add(routes, method, pattern, doc with { IsCommand = true }, handle);

    private static void Add(IEndpointRouteBuilder routes, string method, string pattern, RouteDoc doc, RequestDelegate handle)
    {
        IEndpointConventionBuilder route = routes.MapMethods(pattern, [method], handle)
            .WithMetadata(doc, handle.Method, new EndpointNameMetadata(doc.Name), new TagsAttribute(doc.Tag), new EndpointSummaryAttribute(doc.Summary));
        if (doc.Body is not null)
        {
            route.WithMetadata(new AcceptsMetadata(doc.Form?.Body ?? Json, doc.Body, isOptional: doc.Body == typeof(Cases.EmptyBody)));
        }
        if (doc.Answer is not null)
        {
            route.WithMetadata(new ProducesResponseTypeMetadata(doc.Status, doc.Answer, doc.Form?.Answers ?? Json));
        }
        else if (doc.Status == StatusCodes.Status204NoContent)
        {
            route.WithMetadata(new ProducesResponseTypeMetadata(doc.Status, typeof(void)));
        }
        else
        {
            string[] media = doc.Media ?? doc.Form?.Answers ?? Json;
            route.WithMetadata(new ProducesResponseTypeMetadata(doc.Status, media[0].Contains("json", StringComparison.Ordinal) ? typeof(JsonElement) : typeof(string), media));
        }
        if (!ApiKeyGate.IsPublic(pattern))
        {
            route.WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status401Unauthorized, typeof(Problem), ["application/problem+json"]));
        }
        foreach (int status in ProblemStatuses(doc))
        {
            route.WithMetadata(new ProducesResponseTypeMetadata(status, doc.Form?.Error ?? typeof(Problem), doc.Form?.Errors ?? ["application/problem+json"]));
        }
    }

    private static int[] ProblemStatuses(RouteDoc doc) =>
    [
        .. doc.Form is { } form ? form.Statuses : doc.IsCommand ? [400, 404, 409, 413, 415, 503] : (int[])[400, 404, 503],
        .. doc.MoreProblems,
    ];
}
