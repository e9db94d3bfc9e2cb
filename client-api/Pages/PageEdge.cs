using Microsoft.Net.Http.Headers;

namespace CityTwin.ClientApi.Pages;

/// <summary>Answers browsers with pages, and everybody else with the API.</summary>
/// <remarks>
/// One address serves both: <c>/cases/00N8V5E0C001</c> is the case's page when a browser opens it (it accepts text/html by name), and its
/// JSON when a program asks. What a browser opens is always the same document, which then finds its page by the address. It holds
/// nothing of the city, so it needs no key; what it asks for does.
/// </remarks>
internal static class PageEdge
{
    private const string Forever = "public, max-age=31536000, immutable";
    private const string Afresh = "no-cache";

    // Style attributes are what charts position their tips with; there is no inline script, and nothing comes from elsewhere.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; " +
        "font-src 'self'; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    // What has a page at the very address of its JSON. Any other address that the API knows is the API's, also for a browser: downloads,
    // documents, streams. An address that nobody knows is a page's: the menu of pages is on the other side.
    private static readonly string[] Shared = ["/board", "/cases", "/desks", "/communes", "/departments", "/sensors"];

    // The same where only the address itself has a page, and what lies below it are downloads and streams.
    private static readonly string[] SharedAlone = ["/query", "/runtime", "/whatif/runs/{id}", "/whatif/compare", "/whatif/calibration"];

    /// <summary>Adds the step.</summary>
    public static void UsePages(this IApplicationBuilder app) => app.Use(next => http =>
    {
        HttpRequest request = http.Request;
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method))
        {
            return next(http);
        }
        if (request.Path.StartsWithSegments("/assets") && PageFiles.All.TryGetValue(request.Path.Value!, out PageFile? file))
        {
            return file.WriteAsync(http, Forever);
        }
        if (!IsPage(request))
        {
            return next(http);
        }
        IHeaderDictionary headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "same-origin";
        return PageFiles.Shell.WriteAsync(http, Afresh);
    });

    private static bool IsPage(HttpRequest request)
    {
        if (request.Path == "/")
        {
            return true;
        }
        Endpoint? endpoint = request.HttpContext.GetEndpoint();
        bool isFree = endpoint is null || Shared.Any(s => request.Path.StartsWithSegments(s))
            || (endpoint is RouteEndpoint route && SharedAlone.Contains(route.RoutePattern.RawText));
        return isFree && AcceptsHtml(request);
    }

    // "*/*" is what programs send: a page is only for who names it.
    private static bool AcceptsHtml(HttpRequest request)
    {
        foreach (MediaTypeHeaderValue accepted in request.GetTypedHeaders().Accept)
        {
            if (accepted.MediaType == "text/html")
            {
                return true;
            }
        }
        return false;
    }
}
