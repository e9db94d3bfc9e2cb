using CityTwin.Faults.World;
using CityTwin.Silo.Embedded;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;

namespace CityTwin.Faults.Defects;

/// <summary>Replies are given when a batch is taken, not when it is durable.</summary>
internal sealed class ReplyBeforeCommit : Variant
{
    public override void Taken(Committer committer, SealedBatch batch)
    {
        committer.Release(batch);
        batch.Replies.Clear();
    }
}

/// <summary>The journal answers before it has synced.</summary>
internal sealed class AnswerBeforeSync : Variant
{
    public override bool Syncs => false;
}

/// <summary>Opening a journal takes the half of a torn batch for a whole one.</summary>
internal sealed class TornBatchTrusted : Variant
{
    public override bool TrustsTornBatches => true;

    public override Circumstances Tune(Circumstances circumstances) => circumstances with { CrashEvery = 300, BatchEventsMax = 40 };
}

/// <summary>A message leaves the outbox when it is sent, not when its receiver's turn is durable.</summary>
internal sealed class OutboxRemovedEarly : Variant
{
    public override Circumstances Tune(Circumstances circumstances) => circumstances with { CrashEvery = 300, BatchEventsMax = 3 };

    public override IJournal Wrap(IJournal journal) => new Journal(journal);

    private sealed class Journal(IJournal inner) : BetweenJournal(inner)
    {
        public override void Append(CommitBatch batch) =>
            base.Append(Copy(batch, outboxAdded: false, outboxRemoved: false, batch.Snapshots));
    }
}

/// <summary>A message stays in the outbox although it was delivered.</summary>
internal sealed class OutboxNeverRemoved : Variant
{
    public override Circumstances Tune(Circumstances circumstances) => circumstances with { CrashEvery = 300, BatchEventsMax = 3 };

    public override IJournal Wrap(IJournal journal) => new Journal(journal);

    private sealed class Journal(IJournal inner) : BetweenJournal(inner)
    {
        public override void Append(CommitBatch batch) =>
            base.Append(Copy(batch, outboxAdded: true, outboxRemoved: false, batch.Snapshots));
    }
}

/// <summary>Whatever deadline comes up is fired, whether its twin still waits for it or not.</summary>
internal sealed class DeadlineFiredTwice : Variant
{
    public override Circumstances Tune(Circumstances circumstances) => circumstances with { CrashEvery = 1_000, CheckpointEvery = 100 };

    public override TurnEngine MakeEngine(CityParts parts, IJournal journal) => new Engine(parts, journal);

    private sealed class Engine(CityParts parts, IJournal journal)
        : TurnEngine(parts.Types, parts.FolderRules, parts.City, journal, parts.Options.Engine)
    {
        private protected override bool IsArmed(Slot slot, long dueTicks) => true;
    }
}
