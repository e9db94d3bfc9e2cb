using Orleans;

namespace CityTwin.Grains.Orleans;

/// <summary>A twin's snapshot as grain storage keeps it: where reading its history begins. Losing one loses nothing. It moves with its grain.</summary>
[GenerateSerializer]
public sealed class KeptTwin
{
    /// <summary>Where grain storage keeps them.</summary>
    public const string Storage = "snapshots";

    /// <summary>How many events the twin had; 0: there is no snapshot.</summary>
    [Id(0)]
    public int Version { get; set; }

    /// <summary>The journal position of the last of them.</summary>
    [Id(1)]
    public long Position { get; set; }

    /// <summary>Its latest commands, as <see cref="Silo.Turns.RecentCommands.Save"/> wrote them.</summary>
    [Id(2)]
    public byte[] Recent { get; set; } = [];

    /// <summary>Its state, as the journal writes states: citizens' texts encrypted.</summary>
    [Id(3)]
    public string State { get; set; } = "";
}
