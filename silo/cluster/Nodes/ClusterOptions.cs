using System.ComponentModel.DataAnnotations;
using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using CityTwin.Silo;

namespace CityTwin.Cluster;

/// <summary>How a node runs its share of a city.</summary>
public sealed class ClusterOptions
{
    /// <summary>The city; the same on every node.</summary>
    [Required]
    public CityDefinition City { get; set; } = null!;

    /// <summary>The journal: the address of a PostgreSQL database, the same on every node.</summary>
    [Required]
    public string Journal { get; set; } = "";

    /// <summary>The city's clock. Nodes with the wall clock should have their machines' clocks synchronised; the journal's time never goes back.</summary>
    public CityClock Clock { get; set; } = CityClock.Wall();

    /// <summary>Commands that may wait at this node; one more is answered "come back later" at once. 1 to 10,000,000, default 65,536.</summary>
    [Range(1, 10_000_000)]
    public int QueueDepthMax { get; set; } = 65_536;

    /// <summary>Events in one transaction after which it is closed. 1 to 100,000, default 4,096: other nodes wait while one writes.</summary>
    [Range(1, 100_000)]
    public int BatchEventsMax { get; set; } = 4_096;

    /// <summary>Events between two saved forms of each view that are kept, for reading the past and for starting nodes. Default 50,000; 0: none.</summary>
    [Range(0, 100_000_000)]
    public long PastViewEvery { get; set; } = 50_000;

    /// <summary>How long a command that a dying node did not answer is sent again. Default 10 s.</summary>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bounds of the grains.</summary>
    public TwinGrainOptions Grains { get; set; } = new();
}
