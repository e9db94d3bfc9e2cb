using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Turns;

/// <summary>Where a reply goes once the batch that it belongs to is durable.</summary>
internal interface IReplySink
{
    /// <summary>Gives the reply to the command at a place of what was sent; 0 for a single one.</summary>
    void Complete(int index, Reply reply);
}

/// <summary>One command, or one reading (no command), as it enters the engine.</summary>
internal readonly record struct Request(TwinId Target, TwinCommand? Command, CommandId Id, IReplySink Sink, int Index);

/// <summary>A reply that waits for its batch.</summary>
internal struct PendingReply
{
    /// <summary>Where it goes.</summary>
    public IReplySink Sink;

    /// <summary>The place in what was sent.</summary>
    public int Index;

    /// <summary>What became of the command.</summary>
    public ReplyStatus Status;

    /// <summary>Why, when refused.</summary>
    public Refusal Refusal;

    /// <summary>The twin; null when there is no state to give.</summary>
    public Slot? Slot;

    /// <summary>Its state when the batch was sealed.</summary>
    public TwinState? State;

    /// <summary>Whether there was no command: the answer is the state as it stands when the batch is sealed.</summary>
    public bool IsReading;

    /// <summary>Position of the last event, or the head for a reading.</summary>
    public long Position;

    /// <summary>The twin's version.</summary>
    public int Version;

    /// <summary>What happened; null when it must be read from the journal, for a repeated command.</summary>
    public TwinEvent[]? Events;

    /// <summary>How many events a repeated command made happen.</summary>
    public int RepeatedCount;

    /// <summary>Whether this is the first answer given again.</summary>
    public bool Repeated;
}

/// <summary>A batch that is closed: what to make durable, and the replies to give then.</summary>
internal sealed class SealedBatch(CommitBatch commit)
{
    /// <summary>What to make durable.</summary>
    public CommitBatch Commit { get; } = commit;

    /// <summary>The replies to give then.</summary>
    public List<PendingReply> Replies { get; } = [];

    /// <summary>The checkpoint for which the views are to be saved after this batch, or null.</summary>
    public CheckpointPlan? SaveViewsFor { get; set; }

    /// <summary>Done by the thread that feeds the views, after this batch; or null.</summary>
    public Action? Afterwards { get; init; }
}
