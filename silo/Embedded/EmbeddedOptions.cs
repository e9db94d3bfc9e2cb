using System.ComponentModel.DataAnnotations;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo;

/// <summary>How a city runs inside the process.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>The journal's file. Default <c>data/city.db</c>.</summary>
    [Required]
    public string Journal { get; set; } = "data/city.db";

    /// <summary>Commands that may wait; one more is answered "come back later" at once. 1 to 10,000,000, default 65,536.</summary>
    [Range(1, 10_000_000)]
    public int QueueDepthMax { get; set; } = 65_536;

    /// <summary>Bounds of the turn engine.</summary>
    public EngineOptions Engine { get; set; } = new();
}
