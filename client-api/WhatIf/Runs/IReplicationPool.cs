using CityTwin.Simulation.WhatIf;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Simulates replications of runs in more places than this process: on a cluster, at all nodes.</summary>
internal interface IReplicationPool
{
    /// <summary>How many it simulates at once, 1 or more; each keeps one thread of the run waiting.</summary>
    int Threads { get; }

    /// <summary>Simulates one; returns when it is done. Wherever that is, the outcome is the same.</summary>
    /// <exception cref="RunFailedException">Nobody could.</exception>
    /// <exception cref="OperationCanceledException">The run was stopped.</exception>
    ReplicationRecord Simulate(in ReplicationPlace place, CancellationToken stop);
}

/// <summary>Which replication.</summary>
/// <param name="Request">Of which run.</param>
/// <param name="IsTornado">Of its sensitivities, not of its variants.</param>
/// <param name="Variant">The place among those, from 0.</param>
/// <param name="Replication">Its number, from 0.</param>
internal readonly record struct ReplicationPlace(RunRequest Request, bool IsTornado, int Variant, int Replication);
