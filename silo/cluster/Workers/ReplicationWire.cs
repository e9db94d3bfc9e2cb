using CityTwin.Simulation.WhatIf;
using Orleans;

namespace CityTwin.Cluster.Workers;

/// <summary>Which replication is asked for.</summary>
/// <param name="Request">The run's request, as JSON: each node compiles it for itself.</param>
/// <param name="IsTornado">Of its sensitivities, not of its variants.</param>
/// <param name="Variant">The place among those.</param>
/// <param name="Replication">Its number.</param>
[GenerateSerializer, Immutable]
internal sealed record AskedReplication(
    [property: Id(0)] string Request, [property: Id(1)] bool IsTornado, [property: Id(2)] int Variant, [property: Id(3)] int Replication);

/// <summary>A <see cref="ReplicationRecord"/> on its way between nodes, or why there is none.</summary>
[GenerateSerializer, Immutable]
internal sealed class SimulatedReplication
{
    /// <summary>Why there is none; null when there is one.</summary>
    [Id(0)]
    public string? Failure { get; init; }

    [Id(1)]
    public double[] Metrics { get; init; } = [];

    [Id(2)]
    public long[] Resolved { get; init; } = [];

    [Id(3)]
    public long[] OnTime { get; init; } = [];

    [Id(4)]
    public double[] Days { get; init; } = [];

    [Id(5)]
    public int[] Backlog { get; init; } = [];

    /// <summary>Hours by desk: on cases, on shift, absent, office shut.</summary>
    [Id(6)]
    public double[][] Hours { get; init; } = [];

    [Id(7)]
    public double[] Waited { get; init; } = [];

    [Id(8)]
    public long[] Starts { get; init; } = [];

    [Id(9)]
    public long Events { get; init; }

    /// <summary>There is none.</summary>
    public static SimulatedReplication Failed(string reason) => new() { Failure = reason };

    /// <summary>For the wire.</summary>
    public static SimulatedReplication Of(ReplicationRecord record) => new()
    {
        Metrics = record.Metrics,
        Resolved = record.Resolved,
        OnTime = record.OnTime,
        Days = record.Days,
        Backlog = record.Backlog,
        Hours = [record.Hours.Busy, record.Hours.OnShift, record.Hours.Absent, record.Hours.Shut],
        Waited = record.Queues.Waited,
        Starts = record.Queues.Starts,
        Events = record.Events,
    };

    /// <summary>As the run keeps it.</summary>
    public ReplicationRecord ToRecord() => new()
    {
        Metrics = Metrics,
        Resolved = Resolved,
        OnTime = OnTime,
        Days = Days,
        Backlog = Backlog,
        Hours = (Hours[0], Hours[1], Hours[2], Hours[3]),
        Queues = (Waited, Starts),
        Events = Events,
    };
}
