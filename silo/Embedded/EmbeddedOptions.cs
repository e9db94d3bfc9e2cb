using System.ComponentModel.DataAnnotations;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo;

/// <summary>How a city runs inside the process.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>The journal: <c>Host=…;Database=…</c> or <c>postgres://…</c> for PostgreSQL, else the path of an SQLite file. Default <c>data/city.db</c>.</summary>
    [Required]
    public string Journal { get; set; } = "data/city.db";

    /// <summary>
    /// Whether to wait while another process writes the journal, following it, and to take over when that one ends. Default false: be refused.
    /// PostgreSQL only.
    /// </summary>
    public bool Standby { get; set; }

    /// <summary>Events between two saved forms of each view that are kept for reading the past. 1,000 to 100,000,000, default 50,000; 0: none are kept.</summary>
    [Range(0, 100_000_000)]
    public long PastViewEvery { get; set; } = 50_000;

    /// <summary>Commands that may wait; one more is answered "come back later" at once. 1 to 10,000,000, default 65,536.</summary>
    [Range(1, 10_000_000)]
    public int QueueDepthMax { get; set; } = 65_536;

    /// <summary>Bounds of the turn engine.</summary>
    public EngineOptions Engine { get; set; } = new();
}
