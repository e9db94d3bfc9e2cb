using CityTwin.Grains;

namespace CityTwin.Silo.Journal;

/// <summary>The city's durable record: events in one global order, with what a restart needs.</summary>
/// <remarks>
/// <see cref="Append"/> is called by one thread at a time; everything else may be called by any thread at any time and sees
/// whole batches only. There is one writer: a second process on the same journal is refused when it opens it.
/// </remarks>
public interface IJournal : IDisposable
{
    /// <summary>The position of the last durable event; 0 when there is none.</summary>
    long Position { get; }

    /// <summary>The moment of that event.</summary>
    DateTimeOffset LastAt { get; }

    /// <summary>Makes a batch durable: wholly on return, or not at all.</summary>
    /// <exception cref="JournalException">It could not be written. It may or may not be durable: the journal must be opened anew to know.</exception>
    void Append(CommitBatch batch);

    /// <summary>The latest snapshot of a twin, or null.</summary>
    TwinSnapshot? ReadSnapshot(TwinId twin);

    /// <summary>A twin's events, oldest first, found by walking back from its last one.</summary>
    /// <param name="head">The position of the last event wanted; 0: none.</param>
    /// <param name="afterVersion">Stop at this version.</param>
    IReadOnlyList<RecordedEvent> ReadHistory(long head, int afterVersion);

    /// <summary>All events after a position, in order, up to and including another.</summary>
    IEnumerable<RecordedEvent> ReadForward(long after, long upTo);

    /// <summary>Messages sent and not yet delivered, in the order of sending.</summary>
    IReadOnlyList<OutboxEntry> ReadOutbox();

    /// <summary>The latest checkpoint, or null.</summary>
    Checkpoint? ReadCheckpoint();

    /// <summary>The highest position whose moment is not after <paramref name="at"/>; 0 when there is none.</summary>
    long PositionAt(DateTimeOffset at);

    /// <summary>The case with the highest time-ordered identity (below 2^58) that has a snapshot, or none.</summary>
    TwinId ReadHighestTimeOrderedCase();

    /// <summary>A past state of a twin: the latest kept that is at or before a position, or null.</summary>
    TwinSnapshot? ReadPastSnapshot(TwinId twin, long position) => null;

    /// <summary>The position of the earliest kept state of a twin after a position, from which its history can be walked back; 0: none is kept.</summary>
    long PastHeadAfter(TwinId twin, long position) => 0;

    /// <summary>A view as of a past position: the latest kept that is at or before it, or null.</summary>
    PastView? ReadPastView(string name, long position) => null;

    /// <summary>Bytes on disk, logs included.</summary>
    long SizeBytes { get; }
}

/// <summary>The journal cannot do what it was asked: disk, database or lock trouble.</summary>
public sealed class JournalException : Exception
{
    /// <summary>With what happened.</summary>
    public JournalException(string message)
        : base(message)
    {
    }

    /// <summary>With what happened and its cause.</summary>
    public JournalException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Without detail.</summary>
    public JournalException()
        : base("the journal failed")
    {
    }
}
