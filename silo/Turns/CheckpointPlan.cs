using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Turns;

/// <summary>A checkpoint under way: the twins whose snapshots are still to be written, and what else it needs.</summary>
/// <remarks>
/// A snapshot may be newer than the checkpoint's position: a restart skips the events that it contains. So the city goes on
/// while snapshots are written, a few with each batch.
/// </remarks>
internal sealed class CheckpointPlan(long position, DateTimeOffset at, (TwinId Twin, long DueTicks)[] deadlines, Queue<Slot> slots)
{
    private volatile IReadOnlyDictionary<string, byte[]>? _views;

    /// <summary>The position it stands for.</summary>
    public long Position { get; } = position;

    /// <summary>Twins whose snapshots are still to be written.</summary>
    public Queue<Slot> Slots { get; } = slots;

    /// <summary>Whether the next batch can carry it on: false while only the views are waited for.</summary>
    public bool CanProgress => Slots.Count > 0 || _views is not null;

    /// <summary>Takes the saved views; any thread.</summary>
    public void SetViews(IReadOnlyDictionary<string, byte[]> views) => _views = views;

    /// <summary>The checkpoint, once every snapshot is written and the views are saved; else null.</summary>
    public Checkpoint? Complete() =>
        Slots.Count == 0 && _views is { } views ? new Checkpoint(Position, at, DeadlineQueue.Save(deadlines), views) : null;
}
