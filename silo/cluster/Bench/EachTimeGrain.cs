using CityTwin.Grains.Orleans;
using Orleans;
using Orleans.Runtime;

namespace CityTwin.Cluster.Bench;

/// <summary>What the journal is held against: a grain that writes its state at each call, through Orleans' own persistence.</summary>
internal interface IEachTimeGrain : IGrainWithIntegerKey
{
    /// <summary>Counts one more, and returns when that is in the database.</summary>
    Task Count();
}

/// <summary>A counter.</summary>
internal sealed class EachTimeGrain([PersistentState("bench", KeptTwin.Storage)] IPersistentState<EachTimeState> counted) : Grain, IEachTimeGrain
{
    /// <inheritdoc/>
    public Task Count()
    {
        counted.State.Count++;
        return counted.WriteStateAsync();
    }
}

/// <summary>How often it was called.</summary>
[GenerateSerializer]
internal sealed class EachTimeState
{
    /// <summary>Calls.</summary>
    [Id(0)]
    public long Count { get; set; }
}
