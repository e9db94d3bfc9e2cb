using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>Reads the point of a row.</summary>
internal delegate GeoPoint? PlaceReader<TRow>(in TRow row);

/// <summary>The attributes of everything that has a place.</summary>
internal static class PlaceAttributes
{
    /// <summary>The attributes, by how the point is read.</summary>
    public static IEnumerable<QueryAttribute<TRow>> Of<TRow>(PlaceReader<TRow> place) =>
    [
        new("location", QueryType.Place, "Whether the exact place is known; near= and within= look at it.", (in TRow r, QueryContext _) => place(r) is null ? default : QueryValue.Somewhere) { IsShown = false },
        new("location.latitude", QueryType.Number, "Latitude, WGS 84.", (in TRow r, QueryContext _) => place(r) is { } p ? QueryValue.Of(p.Latitude) : default) { Unit = "degrees north" },
        new("location.longitude", QueryType.Number, "Longitude, WGS 84.", (in TRow r, QueryContext _) => place(r) is { } p ? QueryValue.Of(p.Longitude) : default) { Unit = "degrees east" },
        new("distance", QueryType.Number, "From the point of near=; no value without near=.", (in TRow r, QueryContext c) => c.Near is { } near && place(r) is { } p ? QueryValue.Of(Geography.Metres(near, p)) : default) { Unit = "metres", IsShown = false },
    ];
}
