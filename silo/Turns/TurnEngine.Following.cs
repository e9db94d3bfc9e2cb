using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Turns;

// Recovery, and following a journal that another process writes.
internal partial class TurnEngine
{
    /// <summary>Takes up where the journal ends. Views are fed through <paramref name="replayed"/>.</summary>
    /// <param name="checkpoint">Where to begin, or null for the beginning.</param>
    /// <param name="replayed">Is given every event after the checkpoint.</param>
    public void Recover(Checkpoint? checkpoint, Action<RecordedEvent>? replayed)
    {
        Begin(checkpoint);
        Follow(replayed);
        TakeUp();
    }

    /// <summary>Begins at a checkpoint, or at the beginning: the first step of recovery.</summary>
    public void Begin(Checkpoint? checkpoint)
    {
        Position = _checkpointPosition = checkpoint?.Position ?? 0;
        Now = checkpoint?.At ?? default;
        if (checkpoint is not null)
        {
            _deadlines.Load(checkpoint.Deadlines);
        }
        _twins.Know(_journal.ReadHighestTimeOrderedCase());
    }

    /// <summary>Takes in what the journal holds beyond <see cref="Position"/>.</summary>
    public void Follow(Action<RecordedEvent>? replayed)
    {
        foreach (RecordedEvent recorded in _journal.ReadForward(Position, _journal.Position))
        {
            Replay(recorded);
            replayed?.Invoke(recorded);
        }
    }

    /// <summary>Takes up the messages under way and the rules in force: the last step, after which turns can be executed.</summary>
    public void TakeUp()
    {
        foreach (OutboxEntry entry in _journal.ReadOutbox())
        {
            _messages.Enqueue((entry, true));
            _outboxSequence = Math.Max(_outboxSequence, entry.Sequence);
        }
        _twins.Know(_journal.ReadHighestTimeOrderedCase());
        RefreshRules();
    }

    /// <summary>The rules in force, from the city twin as it stands.</summary>
    public void RefreshRules()
    {
        Slot city = _twins.Get(_city);
        Rules = city.Version == 0 ? _folderRules : _types.InForce(_folderRules, city.State);
    }

    /// <summary>Says that the writer has completed a checkpoint behind <see cref="Position"/>: what is in it need not be kept here.</summary>
    public void Rebase(Checkpoint checkpoint)
    {
        _checkpointPosition = checkpoint.Position;
        _deadlines.Clear();
        _deadlines.Load(checkpoint.Deadlines);
        List<Slot> later = [];
        foreach (Slot slot in _changed)
        {
            if (slot.Head > checkpoint.Position)
            {
                later.Add(slot);
                if (slot.DueTicks != 0)
                {
                    _deadlines.Arm(slot.Id, slot.DueTicks);
                }
            }
            else
            {
                slot.Listed = false;
                slot.CapturedVersion = slot.Version;
            }
        }
        _changed = later;
        _twins.DropCold();
    }

    /// <summary>A twin as it stands here, without a turn.</summary>
    public TwinReading Read(TwinId twin, out Exception? fault)
    {
        Slot slot = _twins.Get(twin);
        fault = slot.Fault;
        return new TwinReading(twin, slot.State, slot.Version, slot.Head);
    }
}
