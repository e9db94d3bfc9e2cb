using System.Collections.Frozen;
using CityTwin.ClientApi.Open311;
using CityTwin.ClientApi.Wire;
using CityTwin.Grains;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Cases;

/// <summary>Whether a place lies in the city, as <see cref="CommuneFinder"/> has it. Any thread.</summary>
/// <param name="city">The city as its folder has it.</param>
/// <param name="shapes">The communes' outlines; null where the city has no map.</param>
/// <param name="offices">The offices that there are now: asked where the commune named does not settle it.</param>
internal sealed class CityPlaces(CityDefinition city, CommuneShapes? shapes, Func<IEnumerable<OfficeLine>> offices)
{
    private readonly FrozenDictionary<TwinId, OfficeProfile> _profiles = city.Offices.ToFrozenDictionary(o => o.Profile.Id, o => o.Profile);

    /// <summary>Adds a mistake where a place lies outside.</summary>
    /// <param name="place">The place, or null.</param>
    /// <param name="commune">The commune that goes with it, or none.</param>
    /// <param name="path">The place's path in the body.</param>
    /// <param name="mistakes">Where mistakes go.</param>
    public void Check(GeoPoint? place, TwinId commune, string path, ref Mistakes mistakes)
    {
        if (place is not { } point || (_profiles.TryGetValue(commune, out OfficeProfile? profile) && CommuneFinder.IsNear(point, profile)))
        {
            return;
        }
        if (new CommuneFinder(offices(), shapes).At(point) is null)
        {
            mistakes.Add(path, $"lies outside {city.NameEn}");
        }
    }
}
