using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>A city as arrays, so that the load driver finds everything by number.</summary>
/// <remarks>Immutable once made; safe to share.</remarks>
public sealed class CitySheet
{
    private readonly Dictionary<TwinId, int> _officeOf = [];
    private readonly Dictionary<TwinId, int> _deskOf = [];
    private readonly Dictionary<TwinId, int> _officialOf = [];

    /// <summary>The sheet of a city.</summary>
    /// <exception cref="ArgumentException">The city has no communes or no services.</exception>
    public CitySheet(CityDefinition city)
    {
        City = city;
        Services = [.. city.Rules.Catalogue.Services.Values.OrderBy(s => s.Code, StringComparer.Ordinal)];
        Communes = [.. city.Offices.Where(o => o.Profile.Id.Kind == TwinKind.Commune).Select(o => o.Profile)];
        if (Communes.IsEmpty || Services.IsEmpty)
        {
            throw new ArgumentException($"The city {city.Slug} has no communes or no services.", nameof(city));
        }
        var desks = new List<Desk>();
        var officials = new List<Official>();
        for (int office = 0; office < city.Offices.Length; office++)
        {
            _officeOf.Add(city.Offices[office].Profile.Id, office);
            foreach (DeskDefinition desk in city.Offices[office].Desks)
            {
                _deskOf.Add(desk.Id, desks.Count);
                foreach (TwinId official in desk.Officials)
                {
                    _officialOf.TryAdd(official, officials.Count);
                    officials.Add(new Official(official, desks.Count));
                }
                desks.Add(new Desk(desk.Id, office, officials.Count - desk.Officials.Length, desk.Officials.Length));
            }
        }
        Desks = [.. desks];
        Officials = [.. officials];
    }

    /// <summary>The city.</summary>
    public CityDefinition City { get; }

    /// <summary>Its services and feedback categories, by code.</summary>
    public ImmutableArray<ServiceDefinition> Services { get; }

    /// <summary>Its communes, in the order of its files.</summary>
    public ImmutableArray<OfficeProfile> Communes { get; }

    /// <summary>All desks, office by office.</summary>
    internal ImmutableArray<Desk> Desks { get; }

    /// <summary>All officials, desk by desk.</summary>
    internal ImmutableArray<Official> Officials { get; }

    /// <summary>An office's place in the city's list, or -1.</summary>
    internal int OfficeOf(TwinId office) => _officeOf.GetValueOrDefault(office, -1);

    /// <summary>A desk's place, or -1.</summary>
    internal int DeskOf(TwinId desk) => _deskOf.GetValueOrDefault(desk, -1);

    /// <summary>An official's place, or -1.</summary>
    internal int OfficialOf(TwinId official) => _officialOf.GetValueOrDefault(official, -1);

    /// <summary>A desk and its officials.</summary>
    internal readonly record struct Desk(TwinId Id, int Office, int FirstOfficial, int OfficialCount);

    /// <summary>An official at a desk.</summary>
    internal readonly record struct Official(TwinId Id, int Desk);
}
