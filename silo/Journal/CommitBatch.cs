using CityTwin.Grains;

namespace CityTwin.Silo.Journal;

/// <summary>What one transaction makes durable: everything that a group of turns produced.</summary>
public sealed class CommitBatch
{
    /// <summary>Counts batches since the runtime started, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>The events, in the order of their positions.</summary>
    public List<RecordedEvent> Events { get; } = [];

    /// <summary>Messages that were sent and not yet delivered.</summary>
    public List<OutboxEntry> OutboxAdded { get; } = [];

    /// <summary>Messages of earlier batches that were delivered in this one.</summary>
    public List<long> OutboxRemoved { get; } = [];

    /// <summary>Snapshots of twins as of this batch or an earlier one.</summary>
    public List<TwinSnapshot> Snapshots { get; } = [];

    /// <summary>States of twins with long histories as of events of this batch, kept beside the latest one for reading the past.</summary>
    public List<TwinSnapshot> PastSnapshots { get; } = [];

    /// <summary>Views as of past positions, kept for reading the past.</summary>
    public List<PastView> PastViews { get; } = [];

    /// <summary>The checkpoint that the snapshots so far complete, or null.</summary>
    public Checkpoint? Checkpoint { get; set; }

    /// <summary>True when there is nothing to make durable.</summary>
    public bool IsEmpty =>
        Events.Count == 0 && OutboxAdded.Count == 0 && OutboxRemoved.Count == 0 && Snapshots.Count == 0 && PastViews.Count == 0 && Checkpoint is null;
}

/// <summary>A message on its way between two twins.</summary>
/// <param name="Sequence">Its place in the order of sending.</param>
/// <param name="Target">The receiver.</param>
/// <param name="Command">What it is asked to do.</param>
public readonly record struct OutboxEntry(long Sequence, TwinId Target, TwinCommand Command);

/// <summary>A twin's state at a version: where reading its history may begin.</summary>
/// <param name="Twin">The twin.</param>
/// <param name="Version">How many events it had.</param>
/// <param name="Position">The position of the last of them.</param>
/// <param name="State">The state after them.</param>
/// <param name="Recent">Its latest commands, as <see cref="Turns.RecentCommands.Save"/> wrote them.</param>
/// <param name="Finished">Whether nothing more is expected of the twin.</param>
public sealed record TwinSnapshot(TwinId Twin, int Version, long Position, TwinState State, byte[] Recent, bool Finished);

/// <summary>A view as it stood at a position.</summary>
/// <param name="Position">The journal position.</param>
/// <param name="Name">The view's name.</param>
/// <param name="Saved">Its saved form.</param>
public sealed record PastView(long Position, string Name, byte[] Saved);

/// <summary>From where a restart goes on: everything up to the position is in snapshots and in these saved forms.</summary>
/// <param name="Position">The journal position.</param>
/// <param name="At">The moment of that position.</param>
/// <param name="Deadlines">All armed deadlines.</param>
/// <param name="Views">The saved form of each view, by name.</param>
public sealed record Checkpoint(long Position, DateTimeOffset At, byte[] Deadlines, IReadOnlyDictionary<string, byte[]> Views);
