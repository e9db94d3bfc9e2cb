using CityTwin.Simulation.City;

namespace CityTwin.Simulation.WhatIf;

/// <summary>What is kept of one replication: small, so that hundreds can be held.</summary>
public sealed record ReplicationRecord
{
    /// <summary>The figures, in the order of <see cref="Metric.All"/>.</summary>
    public required double[] Metrics { get; init; }

    /// <summary>Results by office.</summary>
    public required long[] Resolved { get; init; }

    /// <summary>Results on time by office.</summary>
    public required long[] OnTime { get; init; }

    /// <summary>Working days of results by office.</summary>
    public required double[] Days { get; init; }

    /// <summary>Open cases of the whole city, by working day from the first.</summary>
    public required int[] Backlog { get; init; }

    /// <summary>Hours by desk: on cases, on shift, absent, office shut.</summary>
    public required (double[] Busy, double[] OnShift, double[] Absent, double[] Shut) Hours { get; init; }

    /// <summary>By desk: hours waited in its queue, and cases begun.</summary>
    public required (double[] Waited, long[] Starts) Queues { get; init; }

    /// <summary>Events that were simulated.</summary>
    public required long Events { get; init; }

    /// <summary>Keeps what matters of an outcome.</summary>
    public static ReplicationRecord Of(CityModel model, CityOutcome outcome) => new()
    {
        Metrics = [.. Metric.All.Select(m => m.Of(model, outcome))],
        Resolved = outcome.ByOffice.Resolved,
        OnTime = outcome.ByOffice.OnTime,
        Days = outcome.ByOffice.Days,
        Backlog = [.. outcome.Backlog.OfType<int[]>().Select(b => b.Sum())],
        Hours = (outcome.Busy, outcome.OnShift, outcome.Absent, outcome.Shut),
        Queues = (outcome.QueueWait, outcome.Starts),
        Events = outcome.Events,
    };
}
