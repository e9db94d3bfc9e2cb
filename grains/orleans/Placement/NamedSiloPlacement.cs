using Orleans;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;

namespace CityTwin.Grains.Orleans;

/// <summary>A grain lives on the silo that its key names: for what has to be done on each one.</summary>
[Serializable, GenerateSerializer, Immutable, SuppressReferenceTracking]
public sealed class NamedSiloPlacement : PlacementStrategy;

/// <summary>Places the grains of a class by <see cref="NamedSiloPlacement"/>. Their keys are texts made by <see cref="SiloAddress.ToParsableString"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NamedSiloPlacementAttribute() : PlacementAttribute(new NamedSiloPlacement());

/// <summary>Chooses the silo that the key names, or none: another would do the wrong one's work.</summary>
public sealed class NamedSiloPlacementDirector : IPlacementDirector
{
    /// <inheritdoc/>
    /// <exception cref="SiloUnavailableException">The silo named is not among the living.</exception>
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        SiloAddress named = SiloAddress.FromParsableString(target.GrainIdentity.Key.ToString()!);
        return context.GetCompatibleSilos(target).Contains(named)
            ? Task.FromResult(named)
            : throw new SiloUnavailableException($"{named} is not a member now");
    }
}
