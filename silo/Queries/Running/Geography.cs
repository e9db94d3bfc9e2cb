using System.Globalization;
using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>Where twins must lie. Immutable.</summary>
public abstract record Geography
{
    private const double EarthRadiusMetres = 6_371_008.8;
    private const int CornersMax = 1_000;

    private Geography()
    {
    }

    /// <summary>Not farther from a point than so many metres.</summary>
    public sealed record Near(GeoPoint Point, double MetresMax) : Geography;

    /// <summary>In a commune, by what the twin itself says.</summary>
    public sealed record InCommune(TwinId Commune) : Geography;

    /// <summary>Between two latitudes and two longitudes, borders included.</summary>
    public sealed record Box(double South, double West, double North, double East) : Geography;

    /// <summary>Inside a polygon; its last corner is joined with the first.</summary>
    public sealed record Polygon(IReadOnlyList<GeoPoint> Corners) : Geography;

    /// <summary>The distance along a great circle, by the haversine formula on a sphere of the mean radius.</summary>
    public static double Metres(GeoPoint a, GeoPoint b)
    {
        double latitude = Radians(b.Latitude - a.Latitude) / 2;
        double longitude = Radians(b.Longitude - a.Longitude) / 2;
        double h = (Math.Sin(latitude) * Math.Sin(latitude))
            + (Math.Cos(Radians(a.Latitude)) * Math.Cos(Radians(b.Latitude)) * Math.Sin(longitude) * Math.Sin(longitude));
        return 2 * EarthRadiusMetres * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    /// <summary>Whether a point lies there; a commune has no border here and holds no points.</summary>
    public bool Holds(GeoPoint point) => this switch
    {
        Near near => Math.Abs(point.Latitude - near.Point.Latitude) * 111_000 <= near.MetresMax && Metres(near.Point, point) <= near.MetresMax,
        Box box => point.Latitude >= box.South && point.Latitude <= box.North && point.Longitude >= box.West && point.Longitude <= box.East,
        Polygon polygon => Inside(polygon.Corners, point),
        _ => false,
    };

    /// <summary>Reads <c>near=latitude,longitude,metres</c>.</summary>
    /// <exception cref="QueryFormatException">It is something else.</exception>
    public static Near ParseNear(string text)
    {
        double[] numbers = Numbers("near", text, 0);
        return numbers is [var latitude, var longitude, > 0 and <= 40_000_000] && IsOnEarth(latitude, longitude)
            ? new Near(new GeoPoint(latitude, longitude), numbers[2])
            : throw Wrong("near", 0, "latitude,longitude,metres as 16.463,107.590,500");
    }

    /// <summary>Reads <c>within=commune/19753</c>, <c>within=bbox:south,west,north,east</c> or <c>within=polygon:latitude,longitude;…</c>.</summary>
    /// <exception cref="QueryFormatException">It is something else.</exception>
    public static Geography ParseWithin(string text)
    {
        if (TwinId.TryParse(text, null, out TwinId commune) && commune.Kind == TwinKind.Commune)
        {
            return new InCommune(commune);
        }
        if (text.StartsWith("bbox:", StringComparison.Ordinal))
        {
            return Numbers("within", text[5..], 5) is [var south, var west, var north, var east] && IsOnEarth(south, west) && IsOnEarth(north, east) && south <= north && west <= east
                ? new Box(south, west, north, east)
                : throw Wrong("within", 5, "bbox:south,west,north,east in degrees, the smaller ones first");
        }
        if (text.StartsWith("polygon:", StringComparison.Ordinal))
        {
            return Polygonal(text);
        }
        throw Wrong("within", 0, "commune/19753", "bbox:south,west,north,east", "polygon:latitude,longitude;latitude,longitude;…");
    }

    private static Polygon Polygonal(string text)
    {
        List<GeoPoint> corners = [];
        int at = "polygon:".Length;
        foreach (string corner in text[at..].Split(';'))
        {
            corners.Add(Numbers("within", corner, at) is [var latitude, var longitude] && IsOnEarth(latitude, longitude)
                ? new GeoPoint(latitude, longitude)
                : throw Wrong("within", at, "latitude,longitude in degrees"));
            at += corner.Length + 1;
        }
        return corners.Count is >= 3 and <= CornersMax ? new Polygon(corners) : throw Wrong("within", 0, $"3 to {CornersMax:N0} corners");
    }

    // Even-odd rule: how often a ray to the east crosses the border.
    private static bool Inside(IReadOnlyList<GeoPoint> corners, GeoPoint p)
    {
        bool inside = false;
        GeoPoint b = corners[^1];
        foreach (GeoPoint a in corners)
        {
            bool crosses = a.Latitude > p.Latitude != b.Latitude > p.Latitude
                && p.Longitude < ((b.Longitude - a.Longitude) * (p.Latitude - a.Latitude) / (b.Latitude - a.Latitude)) + a.Longitude;
            inside ^= crosses;
            b = a;
        }
        return inside;
    }

    private static double[] Numbers(string parameter, string text, int at)
    {
        string[] parts = text.Split(',');
        var numbers = new double[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!double.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                throw Wrong(parameter, at, "a number");
            }
            at += parts[i].Length + 1;
        }
        return numbers;
    }

    private static bool IsOnEarth(double latitude, double longitude) => latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180;

    private static QueryFormatException Wrong(string parameter, int at, params string[] expected) => new(new QueryMistake(parameter, at, "this is no place", expected));

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
