using System.ComponentModel.DataAnnotations;

namespace CityTwin.Silo.Turns;

/// <summary>Bounds of the turn engine.</summary>
public sealed class EngineOptions
{
    /// <summary>Twins kept in memory at most; colder ones are passivated. 1,000 to 100,000,000, default 1,500,000.</summary>
    [Range(1_000, 100_000_000)]
    public int ResidentMax { get; set; } = 1_500_000;

    /// <summary>Events in one batch after which it is closed. 1 to 100,000, default 8,192.</summary>
    [Range(1, 100_000)]
    public int BatchEventsMax { get; set; } = 8_192;

    /// <summary>Events between two checkpoints: a restart after a crash replays at most about twice as many. 1,000 to 100,000,000, default 400,000.</summary>
    [Range(1_000, 100_000_000)]
    public long CheckpointEvery { get; set; } = 400_000;

    /// <summary>Snapshots written with a small batch; a batch with more events than this carries one for each event. 1 to 100,000, default 2,000.</summary>
    [Range(1, 100_000)]
    public int SnapshotsPerBatch { get; set; } = 2_000;

    /// <summary>Events of one twin between two states of it that are kept for reading the past; more for a state with more entries. 16 to 1,000,000, default 2,048.</summary>
    [Range(16, 1_000_000)]
    public int PastSnapshotEvery { get; set; } = 2_048;
}
