using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Faults.Defects;

/// <summary>Stands between the runtime and its journal and changes nothing: defects change one thing.</summary>
internal class BetweenJournal(IJournal inner) : IJournal
{
    public long Position => inner.Position;

    public DateTimeOffset LastAt => inner.LastAt;

    public long SizeBytes => inner.SizeBytes;

    public virtual void Append(CommitBatch batch) => inner.Append(batch);

    public virtual TwinSnapshot? ReadSnapshot(TwinId twin) => inner.ReadSnapshot(twin);

    public IReadOnlyList<RecordedEvent> ReadHistory(long head, int afterVersion) => inner.ReadHistory(head, afterVersion);

    public virtual IEnumerable<RecordedEvent> ReadForward(long after, long upTo) => inner.ReadForward(after, upTo);

    public virtual IReadOnlyList<OutboxEntry> ReadOutbox() => inner.ReadOutbox();

    public Checkpoint? ReadCheckpoint() => inner.ReadCheckpoint();

    public long PositionAt(DateTimeOffset at) => inner.PositionAt(at);

    public TwinId ReadHighestTimeOrderedCase() => inner.ReadHighestTimeOrderedCase();

    public void Dispose()
    {
        inner.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>A batch with some of its parts.</summary>
    protected static CommitBatch Copy(CommitBatch batch, bool outboxAdded, bool outboxRemoved, IEnumerable<TwinSnapshot> snapshots)
    {
        CommitBatch copy = new() { Number = batch.Number, Checkpoint = batch.Checkpoint };
        copy.Events.AddRange(batch.Events);
        copy.OutboxAdded.AddRange(outboxAdded ? batch.OutboxAdded : []);
        copy.OutboxRemoved.AddRange(outboxRemoved ? batch.OutboxRemoved : []);
        copy.Snapshots.AddRange(snapshots);
        return copy;
    }
}
