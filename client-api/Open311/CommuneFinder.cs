using CityTwin.Grains;
using CityTwin.Ml.Text;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Open311;

/// <summary>Finds the commune that a report belongs to, among those that work now.</summary>
/// <remarks>
/// By coordinates: the commune in whose outline on the city's own map the point lies; without a map, or outside all outlines, that with the nearest centroid, if the point is no farther from it than twice the radius of a disc of the
/// commune's area and 5 km; beyond that it lies outside the city. By words: the commune whose name, with or without its kind and its
/// diacritics, stands in the address; the longest name wins, and two equally long ones are none.
/// </remarks>
internal sealed class CommuneFinder(IEnumerable<OfficeLine> offices, CommuneShapes? shapes)
{
    private const double KmPerDegree = 111.32;
    private const double SlackKm = 5;

    private readonly OfficeProfile[] _communes = [.. offices.Where(o => o.Profile.Id.Kind == TwinKind.Commune && o.Successor.IsNone).Select(o => o.Profile)];

    /// <summary>The commune at a point, or null when it lies outside the city.</summary>
    public OfficeProfile? At(GeoPoint place)
    {
        if (shapes?.At(place) is { IsNone: false } within && Array.Find(_communes, c => c.Id == within) is { } commune)
        {
            return commune;
        }
        OfficeProfile? nearest = _communes.MinBy(c => Km(place, c));
        return nearest is not null && IsNear(place, nearest) ? nearest : null;
    }

    /// <summary>Whether a point is so near to a commune's centroid that it may belong to it.</summary>
    public static bool IsNear(GeoPoint place, OfficeProfile commune) => Km(place, commune) <= (2 * Math.Sqrt(commune.AreaKm2 / Math.PI)) + SlackKm;

    /// <summary>The commune named in an address, or null when there is none, or more than one.</summary>
    public OfficeProfile? Named(string address)
    {
        string text = $" {Folded(address)} ";
        (OfficeProfile Commune, int Length)[] found =
        [
            .. from commune in _communes
               let length = new[] { commune.NameVi, commune.NameEn, WithoutKind(commune.NameVi) }.Select(Folded)
                   .Where(n => n.Length > 0 && text.Contains($" {n} ", StringComparison.Ordinal)).Select(n => n.Length).DefaultIfEmpty().Max()
               where length > 0
               orderby length descending
               select (commune, length),
        ];
        bool isClear = found.Length == 1 || (found.Length > 1 && found[0].Length > found[1].Length);
        return isClear ? found[0].Commune : null;
    }

    /// <summary>The commune with a code, as <c>19753</c> or <c>commune/19753</c>, or null.</summary>
    public OfficeProfile? Coded(string code)
    {
        string number = code.StartsWith("commune/", StringComparison.Ordinal) ? code["commune/".Length..] : code;
        return TwinId.TryParseNumber(TwinKind.Commune, number, out TwinId id) ? _communes.FirstOrDefault(c => c.Id == id) : null;
    }

    private static double Km(GeoPoint place, OfficeProfile commune)
    {
        double north = (place.Latitude - commune.Latitude) * KmPerDegree;
        double east = (place.Longitude - commune.Longitude) * KmPerDegree * Math.Cos(commune.Latitude * Math.PI / 180);
        return Math.Sqrt((north * north) + (east * east));
    }

    private static string WithoutKind(string name)
    {
        foreach (string kind in (string[])["Phường ", "Xã ", "Đặc khu "])
        {
            if (name.StartsWith(kind, StringComparison.Ordinal))
            {
                return name[kind.Length..];
            }
        }
        return name;
    }

    private static string Folded(string text)
    {
        string plain = Diacritics.Strip(text.Normalize()).ToLowerInvariant();
        return string.Join(' ', plain.Split([' ', ',', '.', ';', '-', '/', '(', ')', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries));
    }
}
