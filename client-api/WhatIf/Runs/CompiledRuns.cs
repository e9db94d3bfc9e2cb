using CityTwin.ClientApi.Hosting;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Scenarios;
using CityTwin.Simulation.WhatIf;

namespace CityTwin.ClientApi.WhatIf;

/// <summary>Simulates single replications of runs that others ask for, with a few threads of low priority. Thread-safe.</summary>
/// <remarks>The run asked for last is kept compiled; whoever asks for another one compiles that.</remarks>
internal sealed class CompiledRuns(CityApi api, WhatIfOptions options) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _threads = new(options.Threads);
    private long _simulated;
    private (RunRequest? Request, Task<Variants>? Compiled) _last;

    /// <summary>How many it has simulated.</summary>
    public long Simulated => Volatile.Read(ref _simulated);

    /// <summary>How many it simulates at once.</summary>
    public int Threads => options.Threads;

    /// <summary>Simulates one replication; waits while others are at it.</summary>
    /// <exception cref="Problems.ProblemException">The scenario has mistakes.</exception>
    /// <exception cref="RunFailedException">It does not fit the live state.</exception>
    public async Task<ReplicationRecord> SimulateAsync(ReplicationPlace place)
    {
        await _threads.WaitAsync();
        try
        {
            Variants variants = await CompiledAsync(place.Request);
            ReplicationRecord? record = null;
            Timeline timeline = place.IsTornado ? variants.Tornado.Value[place.Variant].Timeline : variants.Timelines[place.Variant].Timeline;
            await LowPriority.RunAsync(() => record = WhatIfRun.Simulate(timeline, variants.Seed, place.Replication));
            Interlocked.Increment(ref _simulated);
            return record!;
        }
        finally
        {
            _threads.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _threads.Dispose();

    private Task<Variants> CompiledAsync(RunRequest request)
    {
        lock (_gate)
        {
            if (_last.Request != request || _last.Compiled is not { IsFaulted: false, IsCanceled: false })
            {
                _last = (request, Task.Run(() => CompileAsync(request)));
            }
            return _last.Compiled!;
        }
    }

    private async Task<Variants> CompileAsync(RunRequest request)
    {
        (Scenario scenario, ScenarioVariants variants) = await ScenarioPlan.ReadAsync(api, request, CancellationToken.None);
        return new Variants(variants.Timelines, new(() => Tornado.Variants(variants.Timelines[^1].Timeline)), ScenarioPlan.Over(scenario, request).Seed);
    }

    private sealed record Variants(
        IReadOnlyList<(string Name, Timeline Timeline)> Timelines, Lazy<IReadOnlyList<(string Name, Timeline Timeline)>> Tornado, ulong Seed);
}
