using CityTwin.Grains;
using CityTwin.Simulation.City;
using CityTwin.Simulation.Scenarios;
using CityTwin.Simulation.WhatIf;
using Orleans;
using Orleans.Concurrency;
using Orleans.Placement;

namespace CityTwin.Cluster.Workers;

/// <summary>Has a replication run on the silo where it is placed: any of the cluster, at random.</summary>
public interface IReplicationGrain : IGrainWithIntegerKey
{
    /// <inheritdoc cref="IReplicationWorker.Run"/>
    [ResponseTimeout("00:10:00")]
    Task<PairedReplication> Run(string scenario, int replication);
}

/// <summary>Runs replications of a scenario. Stateless workers stay on the silo that calls them, as many as it has cores.</summary>
public interface IReplicationWorker : IGrainWithIntegerKey
{
    /// <summary>Runs one replication of the base and of the changed city, with common random numbers.</summary>
    /// <param name="scenario">The scenario file's text.</param>
    /// <param name="replication">Which replication.</param>
    /// <returns>The figures of the base and of the changed city, in the order of <see cref="Metric.All"/>.</returns>
    /// <exception cref="ArgumentException">The scenario has mistakes.</exception>
    [ResponseTimeout("00:10:00")]
    Task<PairedReplication> Run(string scenario, int replication);
}

/// <summary>One replication of two variants.</summary>
/// <param name="Base">The figures of the base.</param>
/// <param name="Changed">The figures of the changed city.</param>
[GenerateSerializer, Immutable]
public sealed record PairedReplication([property: Id(0)] double[] Base, [property: Id(1)] double[] Changed);

/// <summary>Spreads work over the cluster: it hands on to a worker of its own silo.</summary>
[RandomPlacement]
public sealed class ReplicationGrain : Grain, IReplicationGrain
{
    /// <inheritdoc/>
    public Task<PairedReplication> Run(string scenario, int replication) => GrainFactory.GetGrain<IReplicationWorker>(0).Run(scenario, replication);
}

/// <summary>A worker that keeps the scenario that it compiled last.</summary>
[StatelessWorker]
public sealed class ReplicationWorker : Grain, IReplicationWorker
{
    private string? _text;
    private (Scenario Scenario, CompiledScenario Compiled) _last;

    /// <inheritdoc/>
    public Task<PairedReplication> Run(string scenario, int replication)
    {
        // A replication takes a second or so: it runs on a thread of the pool, and this worker takes no other meanwhile.
        (Scenario read, CompiledScenario compiled) = _text == scenario ? _last : _last = Compile(_text = scenario);
        return Task.Run(() => new PairedReplication(
            Figures(compiled.Before, read.Run.Seed, replication), Figures(compiled.After, read.Run.Seed, replication)));
    }

    private static double[] Figures(Timeline timeline, ulong seed, int replication) =>
        ReplicationRecord.Of(timeline.Phases[0].Model, CityRun.Of(timeline, seed, replication)).Metrics;

    private static (Scenario, CompiledScenario) Compile(string text)
    {
        ScenarioReading reading = ScenarioFile.Parse(text);
        Scenario scenario = reading.Scenario ?? throw Mistakes(reading.Mistakes);
        CityModel model = ModelOfCity.From(BundledCities.Read(scenario.Base.City), scenario.Base.Assumptions);
        CompiledScenario compiled = ScenarioCompiler.Compile(scenario, model);
        return compiled.Mistakes.IsEmpty ? (scenario, compiled) : throw Mistakes(compiled.Mistakes);
    }

    private static ArgumentException Mistakes(IEnumerable<ScenarioMistake> mistakes) => new(string.Join('\n', mistakes));
}
