namespace CityTwin.ClientApi.Pages;

/// <summary>A plain page at <c>/</c>: the city's headline, its worst communes and what happens, live. No script or style from elsewhere.</summary>
internal static class StatusPage
{
    private static readonly byte[] Html = Load();

    /// <summary>Adds the route.</summary>
    public static void MapStatusPage(this IEndpointRouteBuilder routes) => routes.MapGet("/", static http =>
    {
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.ContentLength = Html.Length;
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:";
        return http.Response.Body.WriteAsync(Html).AsTask();
    });

    private static byte[] Load()
    {
        using Stream stream = typeof(StatusPage).Assembly.GetManifestResourceStream("status.html")!;
        var html = new byte[stream.Length];
        stream.ReadExactly(html);
        return html;
    }
}
