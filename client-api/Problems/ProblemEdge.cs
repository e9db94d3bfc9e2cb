using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo;
using CityTwin.Silo.Journal;

namespace CityTwin.ClientApi.Problems;

/// <summary>The outermost step of every request: whatever goes wrong is answered as a problem, and nothing is swallowed.</summary>
internal sealed partial class ProblemEdge(RequestDelegate next, ILogger<ProblemEdge> logger)
{
    /// <summary>Runs the request.</summary>
    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
            HttpResponse response = http.Response;
            if (response.StatusCode >= 400 && !response.HasStarted && response.ContentType is null && response.ContentLength is null)
            {
                await Answers.ProblemAsync(http, FromStatus(response.StatusCode));
            }
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            if (http.RequestAborted.IsCancellationRequested)
            {
                return;
            }
            await Answers.ProblemAsync(http, From(e, http));
        }
    }

    private Problem From(Exception e, HttpContext http)
    {
        switch (e)
        {
            case ProblemException known:
                return known.Problem;
            case BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge }:
                return Problem.BodyTooLarge(null);
            case BadHttpRequestException bad:
                return Problem.BadRequest(bad.StatusCode, bad.Message);
            case RuntimeUnavailableException or JournalException:
                return Problem.Unavailable;
            case CorruptHistoryException:
                LogFailed(logger, e, http.Request.Method, http.Request.Path);
                return Problem.TwinFaulted;
            default:
                LogFailed(logger, e, http.Request.Method, http.Request.Path);
                return Problem.Unexpected;
        }
    }

    private static Problem FromStatus(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => Problem.KeyRequired,
        StatusCodes.Status404NotFound => Problem.UnknownRoute,
        StatusCodes.Status405MethodNotAllowed => Problem.MethodNotAllowed,
        StatusCodes.Status415UnsupportedMediaType => Problem.UnsupportedMediaType,
        StatusCodes.Status413PayloadTooLarge => Problem.BodyTooLarge(null),
        < 500 => Problem.BadRequest(status, "HTTP refuses the request."),
        _ => Problem.Unexpected,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void LogFailed(ILogger logger, Exception reason, string method, PathString path);
}
