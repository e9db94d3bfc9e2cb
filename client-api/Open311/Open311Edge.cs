using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Keys;
using CityTwin.ClientApi.Problems;
using CityTwin.Silo;
using CityTwin.Silo.Journal;

namespace CityTwin.ClientApi.Open311;

/// <summary>What every Open311 handler works with.</summary>
/// <param name="Api">The city.</param>
/// <param name="Keys">Who may file.</param>
/// <param name="Attributes">What categories ask for.</param>
internal sealed record Open311Desk(CityApi Api, ApiKeys Keys, ServiceAttributes Attributes)
{
    /// <summary>The name of the jurisdiction: the city folder's.</summary>
    public string Jurisdiction => Api.Definition.Slug;

    /// <summary>Whether a caller may read what citizens wrote: holders of a key, or everybody where no key is asked for.</summary>
    public bool MayReadTexts(HttpContext http) => Keys.IsOpen || Keys.Allows(http.Request) || Keys.Contains(http.Request.Query["api_key"]);

    /// <summary>A moment as the standard writes it, in the city's own zone.</summary>
    public string Moment(DateTimeOffset at) =>
        at.ToOffset(Api.Runtime.Rules.Calendar.Offset).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>The outermost step of every Open311 request: whatever goes wrong is told as the standard wants it.</summary>
internal static class Open311Edge
{
    /// <summary>A handler that answers in the form its address ends in.</summary>
    public static RequestDelegate Handle(Open311Desk desk, Func<HttpContext, ValueTask<Open311Reply>> work) => async http =>
    {
        bool isKnown = Open311Formats.TryParse(((string?)http.Request.RouteValues["format"] ?? Path.GetExtension(http.Request.Path)).TrimStart('.'), out Open311Format format);
        Open311Reply reply;
        try
        {
            reply = isKnown ? await AnswerAsync(desk, http, work) : Open311Reply.Error(StatusCodes.Status404NotFound, "the address must end in .xml or .json");
        }
        catch (Open311Exception e)
        {
            reply = Open311Reply.Error(e.Status, e.Message);
        }
        catch (ProblemException e)
        {
            reply = Of(e.Problem);
        }
        catch (BadHttpRequestException e)
        {
            reply = Open311Reply.Error(e.StatusCode == StatusCodes.Status413PayloadTooLarge ? e.StatusCode : StatusCodes.Status400BadRequest, e.Message);
        }
        catch (InvalidDataException e)
        {
            reply = Open311Reply.Error(StatusCodes.Status400BadRequest, e.Message);
        }
        catch (Exception e) when (e is RuntimeUnavailableException or JournalException)
        {
            reply = Of(Problem.Unavailable);
        }
        if (reply.Status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "1";
        }
        await reply.WriteAsync(http, format);
    };

    /// <summary>The error that a refused command is.</summary>
    public static Open311Reply Of(Problem problem)
    {
        // The standard knows 403, 404 and 400; that nothing can be taken now must be told apart from that, or reports would be lost.
        int status = problem.Status is 403 or 404 or 413 or >= 500 ? problem.Status : StatusCodes.Status400BadRequest;
        string detail = problem.Errors is { Count: > 0 } errors ? string.Join("; ", errors.Select(e => $"{e.Path} {e.Reason}")) : problem.Detail ?? "";
        return Open311Reply.Error(status, detail.Length > 0 ? $"{problem.Title}: {detail}" : problem.Title);
    }

    private static async ValueTask<Open311Reply> AnswerAsync(Open311Desk desk, HttpContext http, Func<HttpContext, ValueTask<Open311Reply>> work)
    {
        string? jurisdiction = http.Request.Query["jurisdiction_id"];
        if (string.IsNullOrEmpty(jurisdiction) && http.Request.HasFormContentType)
        {
            jurisdiction = (await http.Request.ReadFormAsync(http.RequestAborted))["jurisdiction_id"];
        }
        return string.IsNullOrEmpty(jurisdiction) || jurisdiction == desk.Jurisdiction
            ? await work(http)
            : throw new Open311Exception(StatusCodes.Status404NotFound, $"jurisdiction_id provided was not found: this is '{desk.Jurisdiction}'");
    }
}
