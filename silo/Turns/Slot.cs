using CityTwin.Grains;

namespace CityTwin.Silo.Turns;

/// <summary>A twin in memory. Touched by the turn thread alone, except for the immutable state it refers to.</summary>
internal sealed class Slot(TwinId id, TwinType type, TwinState state)
{
    /// <summary>Which twin.</summary>
    public TwinId Id { get; } = id;

    /// <summary>Its rules.</summary>
    public TwinType Type { get; } = type;

    /// <summary>Its state, ahead of the journal by at most the batches under way.</summary>
    public TwinState State { get; set; } = state;

    /// <summary>How many events it had.</summary>
    public int Version { get; set; }

    /// <summary>The position of its last event.</summary>
    public long Head { get; set; }

    /// <summary>The version of the last snapshot that was captured; durable once no snapshot is under way.</summary>
    public int CapturedVersion { get; set; }

    /// <summary>The batch with which the captured snapshot becomes durable.</summary>
    public long CapturedBatch { get; set; }

    /// <summary>The deadline that is armed for it, in UTC ticks; 0: none.</summary>
    public long DueTicks { get; set; }

    /// <summary>When it was last used, counted in turns.</summary>
    public long LastUsed { get; set; }

    /// <summary>Its latest commands; null while there were none.</summary>
    public RecentCommands? Recent { get; set; }

    /// <summary>Whether it is in the list of twins that changed since the last checkpoint.</summary>
    public bool Listed { get; set; }

    /// <summary>Why the twin was stopped, if it was.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Whether it changed since its last snapshot was captured.</summary>
    public bool IsDirty => Version != CapturedVersion;
}
