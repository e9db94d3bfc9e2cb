using System.Text.Json;
using CityTwin.Grains;

namespace CityTwin.ClientApi.Open311;

/// <summary>The communes' outlines, from the city's own map (<c>boundaries.geojson</c>; RFC 7946): tells in which commune a point lies. Immutable.</summary>
/// <remarks>A feature belongs to the commune whose official code is its property <c>code</c>, or else its id; features of anything but polygons are left out.</remarks>
internal sealed class CommuneShapes
{
    private readonly Shape[] _shapes;

    private CommuneShapes(IEnumerable<Shape> shapes) => _shapes = [.. shapes];

    /// <summary>Reads a map that was checked when the city was read; null where there is none, or it has no outlines.</summary>
    public static CommuneShapes? Read(byte[]? geoJson)
    {
        if (geoJson is null)
        {
            return null;
        }
        using JsonDocument document = JsonDocument.Parse(geoJson);
        if (!document.RootElement.TryGetProperty("features", out JsonElement features) || features.ValueKind != JsonValueKind.Array)
        {
            return null;
        }
        CommuneShapes shapes = new(features.EnumerateArray().Select(Of).OfType<Shape>());
        return shapes._shapes.Length > 0 ? shapes : null;
    }

    /// <summary>The commune that a point lies in; none where it lies in no outline.</summary>
    public TwinId At(GeoPoint place) => Array.Find(_shapes, s => s.Holds(place)) is { } shape ? shape.Commune : default;

    private static Shape? Of(JsonElement feature)
    {
        string? code = feature.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty("code", out JsonElement own) ? own.ToString()
            : feature.TryGetProperty("id", out JsonElement id) ? id.ToString()
            : null;
        if (code is null || !TwinId.TryParseNumber(TwinKind.Commune, code, out TwinId commune)
            || !feature.TryGetProperty("geometry", out JsonElement geometry) || geometry.ValueKind != JsonValueKind.Object || !geometry.TryGetProperty("coordinates", out JsonElement coordinates))
        {
            return null;
        }
        IEnumerable<JsonElement> polygons = geometry.GetProperty("type").GetString() switch
        {
            "Polygon" => [coordinates],
            "MultiPolygon" => coordinates.EnumerateArray(),
            _ => [],
        };
        double[][][] rings = [.. polygons.SelectMany(p => p.EnumerateArray()).Select(ring => ring.EnumerateArray().Select(c => (double[])[c[0].GetDouble(), c[1].GetDouble()]).ToArray())];
        return rings.Length == 0 ? null : new Shape(commune, rings);
    }

    // Even-odd over all rings: a hole is outside, an island in it inside again.
    private sealed class Shape(TwinId commune, double[][][] rings)
    {
        private readonly double _west = rings.Min(r => r.Min(c => c[0]));
        private readonly double _east = rings.Max(r => r.Max(c => c[0]));
        private readonly double _south = rings.Min(r => r.Min(c => c[1]));
        private readonly double _north = rings.Max(r => r.Max(c => c[1]));

        public TwinId Commune => commune;

        public bool Holds(GeoPoint at)
        {
            (double x, double y) = (at.Longitude, at.Latitude);
            if (x < _west || x > _east || y < _south || y > _north)
            {
                return false;
            }
            bool inside = false;
            foreach (double[][] ring in rings)
            {
                for (int i = 0, before = ring.Length - 1; i < ring.Length; before = i++)
                {
                    if (ring[i][1] > y != ring[before][1] > y && x < ((ring[before][0] - ring[i][0]) * (y - ring[i][1]) / (ring[before][1] - ring[i][1])) + ring[i][0])
                    {
                        inside = !inside;
                    }
                }
            }
            return inside;
        }
    }
}
