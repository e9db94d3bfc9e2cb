using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Tests.Runtime;

/// <summary>A journal that fails when told to: before a batch is durable, or after.</summary>
public sealed class FlakyJournal(IJournal inner, FlakyJournal.Trouble trouble) : IJournal
{
    public long Position => inner.Position;

    public DateTimeOffset LastAt => inner.LastAt;

    public long SizeBytes => inner.SizeBytes;

    public void Append(CommitBatch batch)
    {
        bool fails = batch.Events.Count > 0 && trouble.TryTake();
        if (fails && !trouble.AfterDurable)
        {
            throw new JournalException("the disk is full (test)");
        }
        inner.Append(batch);
        if (fails)
        {
            throw new JournalException("the answer was lost (test)");
        }
    }

    public TwinSnapshot? ReadSnapshot(TwinId twin) => inner.ReadSnapshot(twin);

    public IReadOnlyList<RecordedEvent> ReadHistory(long head, int afterVersion) => inner.ReadHistory(head, afterVersion);

    public IEnumerable<RecordedEvent> ReadForward(long after, long upTo) => inner.ReadForward(after, upTo);

    public IReadOnlyList<OutboxEntry> ReadOutbox() => inner.ReadOutbox();

    public Checkpoint? ReadCheckpoint() => inner.ReadCheckpoint();

    public long PositionAt(DateTimeOffset at) => inner.PositionAt(at);

    public TwinId ReadHighestTimeOrderedCase() => inner.ReadHighestTimeOrderedCase();

    public void Dispose() => inner.Dispose();

    /// <summary>How many appends are to fail, and when within them.</summary>
    public sealed class Trouble
    {
        private int _failures;

        public bool AfterDurable { get; set; }

        public void Order(int failures) => Volatile.Write(ref _failures, failures);

        public bool TryTake() => Interlocked.Decrement(ref _failures) >= 0;
    }
}
