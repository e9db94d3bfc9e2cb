using CityTwin.Cluster.Nodes;
using CityTwin.Grains.Orleans;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Runtime;

namespace CityTwin.Cluster.Hosting;

/// <summary>Ties a node to its silo's life: the journal is there before grains and goes after them.</summary>
internal sealed class NodeLifecycle(ClusterNode node, IGrainFactory grains, ISiloStatusOracle members, ILocalSiloDetails self, IHostApplicationLifetime application)
    : ILifecycleParticipant<ISiloLifecycle>, ISiloStatusListener
{
    private const int AfterActive = ServiceLifecycleStage.Active + 1;

    /// <inheritdoc/>
    public void Participate(ISiloLifecycle lifecycle)
    {
        lifecycle.Subscribe("city journal", ServiceLifecycleStage.RuntimeStorageServices, StartAsync, async _ => await node.DisposeAsync());
        lifecycle.Subscribe("city edge", AfterActive, OpenAsync, _ => node.CloseAsync());
    }

    /// <inheritdoc/>
    public void SiloStatusChangeNotification(SiloAddress updatedSilo, SiloStatus status)
    {
        SiloAddress[] active = Active();
        if (active.Length == 0)
        {
            return;
        }
        node.Host.IsInPlace = (twin, office) => OfficePlacementDirector.Choose(active, OfficePlacementDirector.KeyOf(twin, office)).Equals(self.SiloAddress);
        node.Host.Generation++;
    }

    private Task StartAsync(CancellationToken stop)
    {
        node.Broken = application.StopApplication;
        return Task.Run(node.Start, stop);
    }

    private async Task OpenAsync(CancellationToken stop)
    {
        members.SubscribeToSiloStatusEvents(this);
        node.Members = Active;
        SiloStatusChangeNotification(self.SiloAddress, SiloStatus.Active);
        await node.OpenAsync(grains.CreateObjectReference<ITrailKeeper>(node));
    }

    private SiloAddress[] Active() => [.. members.GetApproximateSiloStatuses(onlyActive: true).Keys];
}
