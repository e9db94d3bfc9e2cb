using Orleans;

namespace CityTwin.Grains.Orleans;

/// <summary>Finds the grain of a twin.</summary>
public static class TwinReferences
{
    /// <summary>The grain of a twin.</summary>
    /// <exception cref="ArgumentException">There are no twins of this kind.</exception>
    public static ITwinGrain Twin(this IGrainFactory grains, TwinId id) => id.Kind switch
    {
        TwinKind.City => grains.GetGrain<ICityGrain>(id.Value),
        TwinKind.Commune => grains.GetGrain<ICommuneGrain>(id.Value),
        TwinKind.Department => grains.GetGrain<IDepartmentGrain>(id.Value),
        TwinKind.Desk => grains.GetGrain<IDeskGrain>(id.Value),
        TwinKind.Case => grains.GetGrain<ICaseGrain>(id.Value),
        TwinKind.Sensor => grains.GetGrain<ISensorGrain>(id.Value),
        TwinKind.Citizen => grains.GetGrain<ICitizenGrain>(id.Value),
        TwinKind.Official => grains.GetGrain<IOfficialGrain>(id.Value),
        _ => throw new ArgumentException($"there are no twins of kind {id.Kind}", nameof(id)),
    };
}
