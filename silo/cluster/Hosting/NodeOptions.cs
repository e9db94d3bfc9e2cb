using System.Net;
using CityTwin.ClientApi.Readings;
using CityTwin.Grains;
using CityTwin.Silo;

namespace CityTwin.Cluster.Hosting;

/// <summary>What the node's program was asked to do.</summary>
internal sealed record NodeOptions
{
    /// <summary>The city.</summary>
    public required CityDefinition City { get; init; }

    /// <summary>The city's own map, as its folder has it; null: the pages draw cells around the communes' centres.</summary>
    public byte[]? Boundaries { get; init; }

    /// <summary>The address of the journal's PostgreSQL database.</summary>
    public required string Journal { get; init; }

    /// <summary>Where the API listens.</summary>
    public required string Urls { get; init; }

    /// <summary>Where other silos reach this one.</summary>
    public required IPEndPoint Silo { get; init; }

    /// <summary>The port for clients that are no silos; 0: none.</summary>
    public int GatewayPort { get; init; }

    /// <summary>Which nodes belong together: those of one journal and one name.</summary>
    public required string Cluster { get; init; }

    /// <summary>How the city's time passes.</summary>
    public required CityClock Clock { get; init; }

    /// <summary>How sensor readings are taken: at one node at a time, the next one takes over.</summary>
    public ReadingsChoice Readings { get; init; } = new();

    /// <summary>Keys that callers must have.</summary>
    public required IReadOnlyList<string> ApiKeys { get; init; }

    /// <summary>Commands that may wait.</summary>
    public int QueueDepthMax { get; init; }

    /// <summary>How long the node serves on when it is told to stop. Default: not at all.</summary>
    public TimeSpan Drain { get; init; }

    /// <summary>Where nodes keep what lies beside the journal, a folder each. Default <c>data</c>.</summary>
    public string Folder { get; init; } = "data";
}
