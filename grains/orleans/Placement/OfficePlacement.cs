using Orleans;
using Orleans.Placement;
using Orleans.Runtime;

namespace CityTwin.Grains.Orleans;

/// <summary>A twin lives where its office does, and offices are spread over the silos by their numbers.</summary>
[Serializable, GenerateSerializer, Immutable, SuppressReferenceTracking]
public sealed class OfficePlacement : PlacementStrategy;

/// <summary>Places the grains of a class by <see cref="OfficePlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OfficePlacementAttribute() : PlacementAttribute(new OfficePlacement());
