using System.Text.Json;
using CityTwin.ClientApi.WhatIf;
using CityTwin.Cluster.Nodes;
using CityTwin.Grains.Orleans;
using CityTwin.Simulation.WhatIf;
using Orleans;
using Orleans.Runtime;

namespace CityTwin.Cluster.Workers;

/// <summary>Spreads a run's replications over the silos that are active, each taking the next one as it gets done. Thread-safe.</summary>
/// <remarks>A replication whose silo dies is simulated by another; the outcome is the same wherever it is.</remarks>
internal sealed class ReplicationWorkers(IGrainFactory grains, ClusterNode node) : IReplicationPool
{
    private const int AttemptsMax = 10;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly Lock _gate = new();
    private readonly Dictionary<SiloAddress, int> _underWay = [];
    private readonly Dictionary<SiloAddress, int> _threads = [];
    private (RunRequest? Request, string Json) _last = (null, "");

    /// <inheritdoc/>
    public int Threads
    {
        get
        {
            Dictionary<SiloAddress, int> found = ThreadsAsync().GetAwaiter().GetResult();
            lock (_gate)
            {
                _threads.Clear();
                foreach ((SiloAddress silo, int threads) in found)
                {
                    _threads.Add(silo, threads);
                }
                return Math.Max(1, _threads.Values.Sum());
            }
        }
    }

    /// <inheritdoc/>
    public ReplicationRecord Simulate(in ReplicationPlace place, CancellationToken stop)
    {
        AskedReplication asked = new(JsonOf(place.Request), place.IsTornado, place.Variant, place.Replication);
        return SimulateAsync(asked, stop).GetAwaiter().GetResult();
    }

    private async Task<ReplicationRecord> SimulateAsync(AskedReplication asked, CancellationToken stop)
    {
        for (int attempt = 1; ; attempt++)
        {
            SiloAddress silo = Begin();
            try
            {
                SimulatedReplication simulated = await grains.GetGrain<IReplicationGrain>(silo.ToParsableString()).Simulate(asked).WaitAsync(stop);
                return simulated.Failure is { } reason ? throw new RunFailedException(reason) : simulated.ToRecord();
            }
            catch (Exception e) when (Retry.IsTransient(e) && !stop.IsCancellationRequested)
            {
                if (attempt == AttemptsMax)
                {
                    throw new RunFailedException($"a replication could not be simulated at any node: {e.Message}");
                }
            }
            finally
            {
                End(silo);
            }
            await Task.Delay(Pause, stop);
        }
    }

    private async Task<Dictionary<SiloAddress, int>> ThreadsAsync()
    {
        Dictionary<SiloAddress, int> threads = [];
        foreach (SiloAddress silo in node.Members())
        {
            try
            {
                threads[silo] = await grains.GetGrain<IReplicationGrain>(silo.ToParsableString()).Threads();
            }
            catch (Exception e) when (Retry.IsTransient(e))
            {
                // It has just left, or is on its way out: the others do its share.
            }
        }
        return threads;
    }

    // The silo with the most threads free.
    private SiloAddress Begin()
    {
        SiloAddress[] members = node.Members();
        lock (_gate)
        {
            SiloAddress chosen = members.MaxBy(s => _threads.GetValueOrDefault(s, 1) - _underWay.GetValueOrDefault(s))
                ?? throw new RunFailedException("the node is not a member of its cluster now");
            _underWay[chosen] = _underWay.GetValueOrDefault(chosen) + 1;
            return chosen;
        }
    }

    private void End(SiloAddress silo)
    {
        lock (_gate)
        {
            if (--_underWay[silo] == 0)
            {
                _underWay.Remove(silo);
            }
        }
    }

    private string JsonOf(RunRequest request)
    {
        lock (_gate)
        {
            if (_last.Request != request)
            {
                _last = (request, JsonSerializer.Serialize(request, RunJson.Default.RunRequest));
            }
            return _last.Json;
        }
    }
}
