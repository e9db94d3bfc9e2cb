using System.Net;
using CityTwin.ClientApi.Hosting;

namespace CityTwin.Cluster.Hosting;

/// <summary>What the node's program was asked to do.</summary>
internal sealed record NodeOptions
{
    /// <summary>
    /// What the API serves: city, PostgreSQL journal, clock, keys, readings (taken at one node at a time; the next takes over), limits.
    /// In its folder, <c>data</c> by default, each node has a folder of its own for what lies beside the journal.
    /// </summary>
    public required ServeOptions Serving { get; init; }

    /// <summary>Where other silos reach this one.</summary>
    public required IPEndPoint Silo { get; init; }

    /// <summary>The port for clients that are no silos; 0: none.</summary>
    public int GatewayPort { get; init; }

    /// <summary>Which nodes belong together: those of one journal and one name.</summary>
    public required string Cluster { get; init; }

    /// <summary>How long the node serves on when it is told to stop. Default: not at all.</summary>
    public TimeSpan Drain { get; init; }
}
