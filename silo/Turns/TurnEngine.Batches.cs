using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Turns;

// Closing batches, checkpoints and recovery.
internal partial class TurnEngine
{
    private List<Slot> _changed = [];
    private long _checkpointPosition;

    /// <summary>The checkpoint under way, or null.</summary>
    public CheckpointPlan? Plan { get; private set; }

    /// <summary>Whether so much happened since the last checkpoint that another one is due.</summary>
    public bool IsCheckpointDue => Plan is null && Position - _checkpointPosition >= _options.CheckpointEvery;

    /// <summary>Whether anything happened since the last checkpoint.</summary>
    public bool IsCheckpointed => Position == _checkpointPosition;

    /// <summary>Closes the batch and begins the next one.</summary>
    /// <param name="checkpoint">Whether a checkpoint begins at the end of this batch.</param>
    public SealedBatch Seal(bool checkpoint)
    {
        SealedBatch closed = _batch;
        StoreMessages(closed.Commit);
        WriteSnapshots(closed.Commit);
        while (PastViews.TryDequeue(out PastView? view))
        {
            closed.Commit.PastViews.Add(view);
        }
        if (checkpoint && Plan is null)
        {
            Queue<Slot> slots = new(_changed);
            foreach (Slot slot in _changed)
            {
                slot.Listed = false;
            }
            _changed = [];
            Plan = new CheckpointPlan(Position, Now, _deadlines.Capture(), slots);
            closed.SaveViewsFor = Plan;
            _checkpointPosition = Position;
        }
        for (int i = 0; i < closed.Replies.Count; i++)
        {
            PendingReply reply = closed.Replies[i];
            reply.State = reply.Slot?.State;
            if (reply is { IsReading: true, Slot: { } slot })
            {
                // Turns of the same batch may have followed: version and position are those of the state.
                (reply.Version, reply.Position) = (slot.Version, slot.Head);
            }
            closed.Replies[i] = reply;
        }
        _batch = NewBatch();
        return closed;
    }

    private void Replay(in RecordedEvent recorded)
    {
        Slot slot = _twins.GetForReplay(recorded, out bool isActivated);
        if (isActivated && slot.DueTicks != 0)
        {
            // Its snapshot may be newer than the checkpoint, and so may be its deadline.
            _deadlines.Arm(slot.Id, slot.DueTicks);
        }
        if (recorded.Version > slot.Version)
        {
            TwinTable.Follow(slot, recorded);
            MarkChanged(slot);
            Arm(slot);
            Remember(slot, recorded);
        }
        Position = recorded.Position;
        Now = recorded.At;
    }

    private static void Remember(Slot slot, in RecordedEvent recorded)
    {
        if (recorded.Command.IsNone)
        {
            return;
        }
        slot.Recent ??= new RecentCommands();
        if (slot.Recent.TryFind(recorded.Command, out RememberedCommand known))
        {
            slot.Recent.Extend(known with { Count = (ushort)(known.Count + 1), Version = recorded.Version });
        }
        else
        {
            slot.Recent.Add(new RememberedCommand(recorded.Command, recorded.Position, recorded.Version, 1, Refusal.None));
        }
    }

    private void StoreMessages(CommitBatch batch)
    {
        // Usually none: what a turn sends is delivered within its batch. Only a long cascade outlives one.
        int waiting = _messages.Count;
        for (int i = 0; i < waiting; i++)
        {
            (OutboxEntry entry, bool stored) = _messages.Dequeue();
            if (!stored)
            {
                batch.OutboxAdded.Add(entry);
            }
            _messages.Enqueue((entry, true));
        }
        for (int i = 0; i < _parked.Count; i++)
        {
            if (!_parked[i].Stored)
            {
                batch.OutboxAdded.Add(_parked[i].Entry);
                _parked[i] = (_parked[i].Entry, true);
            }
        }
    }

    private void WriteSnapshots(CommitBatch batch)
    {
        if (Plan is { } plan)
        {
            int most = Math.Max(_options.SnapshotsPerBatch, batch.Events.Count);
            while (plan.Slots.Count > 0 && batch.Snapshots.Count < most)
            {
                Slot slot = plan.Slots.Dequeue();
                if (slot.IsDirty)
                {
                    batch.Snapshots.Add(TwinTable.Capture(slot, batch.Number));
                }
            }
            batch.Checkpoint = plan.Complete();
            Plan = batch.Checkpoint is null ? plan : null;
        }
        _twins.PassivateCold(batch, _durableBatch);
    }

    private void MarkChanged(Slot slot)
    {
        if (!slot.Listed)
        {
            slot.Listed = true;
            _changed.Add(slot);
        }
    }

    private SealedBatch NewBatch() => new(new CommitBatch { Number = ++_batchNumber });
}
