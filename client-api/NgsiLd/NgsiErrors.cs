using System.Text.Json.Nodes;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.Wire;
using CityTwin.Silo;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Queries;

namespace CityTwin.ClientApi.NgsiLd;

/// <summary>Ends a request with one of the standard's errors (ETSI GS CIM 009, 5.5.2).</summary>
/// <param name="type">The last part of the error's type, as BadRequestData.</param>
/// <param name="status">The HTTP status.</param>
/// <param name="detail">What exactly, this time.</param>
internal sealed class NgsiException(string type, int status, string detail) : Exception(detail)
{
    /// <summary>The last part of the error's type.</summary>
    public string Type { get; } = type;

    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>A request that cannot be understood or has values that cannot be.</summary>
    public static NgsiException BadData(string detail) => new("BadRequestData", StatusCodes.Status400BadRequest, detail);

    /// <summary>A body that is no JSON, or not an object.</summary>
    public static NgsiException Invalid(string detail) => new("InvalidRequest", StatusCodes.Status400BadRequest, detail);

    /// <summary>Something that is not there.</summary>
    public static NgsiException NotFound(string what) => new("ResourceNotFound", StatusCodes.Status404NotFound, $"{what} was not found");

    /// <summary>Something that twins do not let others do.</summary>
    public static NgsiException Unsupported(string detail) => new("OperationNotSupported", StatusCodes.Status422UnprocessableEntity, detail);
}

/// <summary>The outermost step of every NGSI-LD request.</summary>
internal static class NgsiEdge
{
    private const string Prefix = "https://uri.etsi.org/ngsi-ld/errors/";

    /// <summary>An error as a member of the answer to a batch; null when it is not one that a request can have.</summary>
    public static JsonObject? ErrorOf(Exception e) => e switch
    {
        NgsiException n => Error(n.Type, n.Status, n.Message),
        QueryFormatException q => Error("BadRequestData", StatusCodes.Status400BadRequest, q.Mistake.ToString()),
        ProblemException p => Error(TypeOf(p.Problem), p.Problem.Status, Text(p.Problem)),
        _ => null,
    };

    /// <summary>A handler whose errors are told as the standard wants them.</summary>
    public static RequestDelegate Handle(Func<HttpContext, Task> work) => async http =>
    {
        try
        {
            if (!string.IsNullOrEmpty(http.Request.Headers["NGSILD-Tenant"]))
            {
                throw new NgsiException("NoMultiTenantSupport", StatusCodes.Status501NotImplemented, "NGSILD-Tenant: there is one city here, and no tenants");
            }
            await work(http);
        }
        catch (NgsiException e)
        {
            await WriteAsync(http, e.Type, e.Status, e.Message);
        }
        catch (QueryFormatException e)
        {
            await WriteAsync(http, "BadRequestData", StatusCodes.Status400BadRequest, e.Mistake.ToString());
        }
        catch (ProblemException e)
        {
            await WriteAsync(http, TypeOf(e.Problem), e.Problem.Status, Text(e.Problem));
        }
        catch (BadHttpRequestException e)
        {
            await WriteAsync(http, "InvalidRequest", e.StatusCode, e.Message);
        }
        catch (Exception e) when (e is RuntimeUnavailableException or JournalException)
        {
            await WriteAsync(http, "InternalError", StatusCodes.Status503ServiceUnavailable, Problem.Unavailable.Title);
        }
    };

    private static string TypeOf(Problem problem) => problem switch
    {
        { Status: 404 } => "ResourceNotFound",
        { Status: 422 } => "TooComplexQuery",
        { Status: >= 500 } => "InternalError",
        _ => "BadRequestData",
    };

    private static string Text(Problem problem) => problem.Errors is { Count: > 0 } errors
        ? $"{problem.Title}: {string.Join("; ", errors.Select(e => $"{e.Path} {e.Reason}"))}"
        : $"{problem.Title}. {problem.Detail}";

    private static async Task WriteAsync(HttpContext http, string type, int status, string detail)
    {
        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "1";
        }
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(Error(type, status, detail).ToJsonString(NgsiShape.Json));
    }

    private static JsonObject Error(string type, int status, string detail) =>
        new() { ["type"] = Prefix + type, ["title"] = Mistakes.Short(detail), ["detail"] = detail, ["status"] = status };
}
