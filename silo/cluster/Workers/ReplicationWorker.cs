using System.Text.Json;
using CityTwin.ClientApi.Problems;
using CityTwin.ClientApi.WhatIf;
using CityTwin.Grains.Orleans;
using Orleans;
using Orleans.Concurrency;

namespace CityTwin.Cluster.Workers;

/// <summary>Has replications simulated on the silo that its key names.</summary>
internal interface IReplicationGrain : IGrainWithStringKey
{
    /// <summary>How many replications the silo simulates at once.</summary>
    Task<int> Threads();

    /// <inheritdoc cref="IReplicationWorker.Simulate"/>
    [ResponseTimeout("00:30:00")]
    Task<SimulatedReplication> Simulate(AskedReplication asked);
}

/// <summary>Simulates replications. Stateless: it stays on the silo that calls it.</summary>
internal interface IReplicationWorker : IGrainWithIntegerKey
{
    /// <summary>Simulates one replication of a run.</summary>
    [ResponseTimeout("00:30:00")]
    Task<SimulatedReplication> Simulate(AskedReplication asked);
}

/// <summary>Reaches a certain silo, and hands on to its workers.</summary>
[NamedSiloPlacement, Reentrant]
internal sealed class ReplicationGrain(CompiledRuns runs) : Grain, IReplicationGrain
{
    /// <inheritdoc/>
    public Task<int> Threads() => Task.FromResult(runs.Threads);

    /// <inheritdoc/>
    public Task<SimulatedReplication> Simulate(AskedReplication asked) => GrainFactory.GetGrain<IReplicationWorker>(0).Simulate(asked);
}

/// <summary>One of a silo's workers: it waits for a thread of low priority, for the live city comes first.</summary>
[StatelessWorker]
internal sealed class ReplicationWorker(CompiledRuns runs) : Grain, IReplicationWorker
{
    /// <inheritdoc/>
    public async Task<SimulatedReplication> Simulate(AskedReplication asked)
    {
        RunRequest request = JsonSerializer.Deserialize(asked.Request, RunJson.Default.RunRequest)!;
        try
        {
            return SimulatedReplication.Of(await runs.SimulateAsync(new ReplicationPlace(request, asked.IsTornado, asked.Variant, asked.Replication)));
        }
        catch (ProblemException e)
        {
            return SimulatedReplication.Failed($"{e.Problem.Title}: {string.Join("; ", e.Problem.Errors?.Select(m => m.Reason) ?? [])}");
        }
        catch (RunFailedException e)
        {
            return SimulatedReplication.Failed(e.Message);
        }
    }
}
