using CityTwin.ClientApi.Hosting;

namespace CityTwin.ClientApi.Queries;

/// <summary>Every acknowledgement says a journal position: a query with <c>after=</c> that position shows all that the acknowledgement told.</summary>
internal static class PositionHeader
{
    /// <summary>The header's name.</summary>
    public const string Name = "CityTwin-Position";

    /// <summary>Adds the header to the answers of everything but reads.</summary>
    public static void UsePositionHeader(this IApplicationBuilder app, CityApi api) => app.Use(next => http =>
    {
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            // The last durable position as the answer goes out is not before anything in it.
            http.Response.OnStarting(() =>
            {
                http.Response.Headers.TryAdd(Name, api.Runtime.Position.ToString(null, null));
                return Task.CompletedTask;
            });
        }
        return next(http);
    });
}
