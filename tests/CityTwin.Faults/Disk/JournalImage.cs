using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Faults.Disk;

/// <summary>What a journal's log amounts to.</summary>
internal sealed class JournalImage
{
    public List<RecordedEvent> Events { get; } = [];

    public SortedDictionary<long, OutboxEntry> Outbox { get; } = [];

    public Dictionary<TwinId, TwinSnapshot> Snapshots { get; } = [];

    public Checkpoint? Checkpoint { get; private set; }

    public void Apply(CommitBatch batch)
    {
        Events.AddRange(batch.Events);
        foreach (OutboxEntry entry in batch.OutboxAdded)
        {
            Outbox.Add(entry.Sequence, entry);
        }
        foreach (long sequence in batch.OutboxRemoved)
        {
            Outbox.Remove(sequence);
        }
        foreach (TwinSnapshot snapshot in batch.Snapshots)
        {
            Snapshots[snapshot.Twin] = snapshot;
        }
        Checkpoint = batch.Checkpoint ?? Checkpoint;
    }
}
