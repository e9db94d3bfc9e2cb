using Orleans;

namespace CityTwin.Cluster.Workers;

/// <summary>Spreads the replications of a scenario over a cluster's workers.</summary>
public static class ClusterReplications
{
    private const int UnderWayMax = 64;

    /// <summary>Runs so many replications; the result is in their order, whichever silo ran which.</summary>
    /// <param name="grains">The cluster.</param>
    /// <param name="scenario">The scenario file's text.</param>
    /// <param name="replications">How many, 1 or more.</param>
    public static async Task<PairedReplication[]> RunAsync(IGrainFactory grains, string scenario, int replications)
    {
        PairedReplication[] results = new PairedReplication[replications];
        ParallelOptions options = new() { MaxDegreeOfParallelism = UnderWayMax };

        // A key of its own for each, so that each is placed for itself.
        await Parallel.ForAsync(0, replications, options, async (i, _) =>
            results[i] = await grains.GetGrain<IReplicationGrain>(i).Run(scenario, i));
        return results;
    }
}
