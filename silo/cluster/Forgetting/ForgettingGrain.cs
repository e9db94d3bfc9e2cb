using CityTwin.Cluster.Nodes;
using CityTwin.Grains.Orleans;
using Orleans;
using Orleans.Concurrency;

namespace CityTwin.Cluster.Forgetting;

/// <summary>One for each silo, which its key names.</summary>
internal interface IForgettingGrain : IGrainWithStringKey
{
    /// <summary>Has the silo's node forget whom others have forgotten; returns when nothing is left in its memory.</summary>
    Task CatchUp();
}

/// <summary>Reaches a certain node.</summary>
[NamedSiloPlacement, Reentrant]
internal sealed class ForgettingGrain(ClusterNode node) : Grain, IForgettingGrain
{
    /// <inheritdoc/>
    public Task CatchUp() => node.CatchUpAsync();
}
