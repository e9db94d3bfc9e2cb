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
        bool fails = (batch.Events.Count > 0 || trouble.EmptyToo) && trouble.TryTake();
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

    public TwinSnapshot? ReadSnapshot(TwinId twin) =>
        trouble.TryTakeRead() ? throw new JournalException("the disk cannot be read (test)") : inner.ReadSnapshot(twin);

    public IReadOnlyList<RecordedEvent> ReadHistory(long head, int afterVersion) => inner.ReadHistory(head, afterVersion);

    public IEnumerable<RecordedEvent> ReadForward(long after, long upTo) =>
        inner.ReadForward(after, upTo).Select(e => trouble.FailsAt(e.Position) ? throw new JournalException("the disk cannot be read (test)") : e);

    public IReadOnlyList<OutboxEntry> ReadOutbox() => inner.ReadOutbox();

    public Checkpoint? ReadCheckpoint() => inner.ReadCheckpoint();

    public long PositionAt(DateTimeOffset at) => inner.PositionAt(at);

    public TwinId ReadHighestTimeOrderedCase() => inner.ReadHighestTimeOrderedCase();

    public void Dispose() => inner.Dispose();

    /// <summary>How many appends are to fail, and when within them.</summary>
    public sealed class Trouble
    {
        private int _failures;
        private int _readFailures;
        private long _failsAt;

        public bool AfterDurable { get; set; }

        public bool EmptyToo { get; set; }

        public void OrderReads(int failures) => Volatile.Write(ref _readFailures, failures);

        public void OrderReadAt(long position) => Volatile.Write(ref _failsAt, position);

        public bool TryTakeRead() => Interlocked.Decrement(ref _readFailures) >= 0;

        public bool FailsAt(long position) => Interlocked.CompareExchange(ref _failsAt, 0, position) == position;

        public void Order(int failures) => Volatile.Write(ref _failures, failures);

        public bool TryTake() => Interlocked.Decrement(ref _failures) >= 0;
    }
}
