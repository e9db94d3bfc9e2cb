using CityTwin.ClientApi.Hosting;
using CityTwin.ClientApi.Wire;

namespace CityTwin.ClientApi.Boards;

/// <summary>The borders that the map is drawn with.</summary>
internal static class MapEndpoints
{
    // A city without a map of its own: the pages then draw cells around the communes' centres.
    private static readonly byte[] None = """{"type":"FeatureCollection","features":[]}"""u8.ToArray();

    /// <summary>Adds the route. Its answer is GeoJSON (RFC 7946), as the city's folder has it.</summary>
    public static void MapMap(this IEndpointRouteBuilder routes, CityApi api) =>
        routes.Get("/city/boundaries", new RouteDoc("Board", "GetBoundaries", "The city's own map as GeoJSON, in which each commune's code stands; empty without one") { Media = ["application/geo+json"] }, http =>
        {
            QueryReader.TakesNone(http);
            byte[] json = api.Boundaries ?? None;
            http.Response.ContentType = "application/geo+json";
            http.Response.ContentLength = json.Length;
            return http.Response.Body.WriteAsync(json).AsTask();
        });
}
