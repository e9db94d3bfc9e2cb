using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Turns;

/// <summary>The twins in memory: activation on demand, passivation of cold ones. Used by the turn thread alone.</summary>
internal sealed class TwinTable(TwinTypes types, IJournal journal, EngineOptions options)
{
    private readonly Dictionary<long, Slot> _slots = [];
    private readonly List<Slot> _ring = [];
    private readonly int[] _byKind = new int[16];
    private int _hand;
    private long _uses;
    private long _highestCase;

    /// <summary>Twins in memory.</summary>
    public int Count => _ring.Count;

    /// <summary>Twins read back from the journal so far.</summary>
    public long Activations { get; private set; }

    /// <summary>Twins put out of memory so far.</summary>
    public long Passivations { get; private set; }

    /// <summary>Twins in memory by the number of their kind; for metrics, at most a glance old.</summary>
    public IReadOnlyList<int> ByKind => _byKind;

    /// <summary>The twin, activated if need be.</summary>
    public Slot Get(TwinId id)
    {
        if (!_slots.TryGetValue(id.Value, out Slot? slot))
        {
            slot = IsNew(id) ? new Slot(id, types[id.Kind], types[id.Kind].Initial) : Activate(id);
            Add(slot);
        }
        slot.LastUsed = ++_uses;
        return slot;
    }

    /// <summary>The twin if it is in memory.</summary>
    public Slot? Find(TwinId id) => _slots.GetValueOrDefault(id.Value);

    /// <summary>The twin for replaying one of its events: brought to the version before it, or to a later one.</summary>
    /// <param name="recorded">The event.</param>
    /// <param name="isActivated">Whether it was read from its snapshot now.</param>
    public Slot GetForReplay(in RecordedEvent recorded, out bool isActivated)
    {
        isActivated = false;
        if (_slots.TryGetValue(recorded.Twin.Value, out Slot? slot))
        {
            return slot;
        }
        isActivated = recorded.Version > 1;
        slot = isActivated ? Activate(recorded.Twin) : new Slot(recorded.Twin, types[recorded.Twin.Kind], types[recorded.Twin.Kind].Initial);
        if (slot.Version < recorded.Version - 1)
        {
            foreach (RecordedEvent earlier in journal.ReadHistory(recorded.Previous, slot.Version))
            {
                Follow(slot, earlier);
            }
        }
        Add(slot);
        return slot;
    }

    /// <summary>Applies a recorded event to a twin in memory.</summary>
    /// <exception cref="CorruptHistoryException">The event does not follow the twin's version.</exception>
    public static void Follow(Slot slot, in RecordedEvent recorded)
    {
        if (recorded.Version != slot.Version + 1 || recorded.Previous != slot.Head)
        {
            throw new CorruptHistoryException(
                $"{recorded.Twin}: event {recorded.Position} has version {recorded.Version} after {recorded.Previous}, but the twin is at version {slot.Version}, position {slot.Head}");
        }
        slot.State = slot.Type.Evolve(slot.State, recorded.Event);
        slot.Version = recorded.Version;
        slot.Head = recorded.Position;
    }

    /// <summary>Puts cold twins out of memory while there are too many; adds the snapshots this needs to a batch.</summary>
    /// <param name="batch">The batch about to be closed.</param>
    /// <param name="durableBatch">Snapshots of batches up to this one are durable.</param>
    public void PassivateCold(CommitBatch batch, long durableBatch)
    {
        int budget = Math.Min(_ring.Count, 4 * options.SnapshotsPerBatch);
        long coldBefore = _uses - (_ring.Count / 2);
        while (_ring.Count > options.ResidentMax && budget-- > 0 && batch.Snapshots.Count < options.SnapshotsPerBatch)
        {
            if (_hand >= _ring.Count)
            {
                _hand = 0;
            }
            Slot slot = _ring[_hand];
            if (slot.LastUsed >= coldBefore || slot.Fault is not null)
            {
                _hand++;
            }
            else if (slot.IsDirty)
            {
                batch.Snapshots.Add(Capture(slot, batch.Number));
                _hand++;
            }
            else if (slot.CapturedBatch <= durableBatch)
            {
                Remove(slot);
            }
            else
            {
                _hand++;
            }
        }
    }

    /// <summary>Puts cold twins whose snapshots are durable out of memory while there are too many: for one who does not write.</summary>
    public void DropCold()
    {
        long coldBefore = _uses - (_ring.Count / 2);
        for (_hand = 0; _ring.Count > options.ResidentMax && _hand < _ring.Count;)
        {
            Slot slot = _ring[_hand];
            if (slot.LastUsed >= coldBefore || slot.Fault is not null || slot.IsDirty)
            {
                _hand++;
            }
            else
            {
                Remove(slot);
            }
        }
    }

    /// <summary>The snapshot of a twin as it is now, which becomes durable with a batch.</summary>
    public static TwinSnapshot Capture(Slot slot, long batch)
    {
        slot.CapturedVersion = slot.Version;
        slot.CapturedBatch = batch;
        return new TwinSnapshot(slot.Id, slot.Version, slot.Head, slot.State, slot.Recent?.Save() ?? [], slot.Type.IsFinished(slot.State));
    }

    /// <summary>Says that a case with this identity is in the journal.</summary>
    public void Know(TwinId id)
    {
        if (id.Kind == TwinKind.Case && id.Number < TwinId.TimeOrderedEnd)
        {
            _highestCase = Math.Max(_highestCase, id.Number);
        }
    }

    // Needs no look-up in the journal.
    private bool IsNew(TwinId id) => id.Kind == TwinKind.Case && id.Number < TwinId.TimeOrderedEnd && id.Number > _highestCase;

    private Slot Activate(TwinId id)
    {
        TwinType type = types[id.Kind];
        TwinSnapshot? read;
        try
        {
            read = journal.ReadSnapshot(id);
        }
        catch (System.Text.Json.JsonException e)
        {
            return new Slot(id, type, type.Initial) { Fault = e };
        }
        if (read is not { } snapshot)
        {
            return new Slot(id, type, type.Initial);
        }
        Activations++;
        return new Slot(id, type, snapshot.State)
        {
            Version = snapshot.Version,
            Head = snapshot.Position,
            CapturedVersion = snapshot.Version,
            Recent = RecentCommands.Load(snapshot.Recent),
            DueTicks = type.NextDeadline(snapshot.State)?.UtcTicks ?? 0,
        };
    }

    private void Add(Slot slot)
    {
        Know(slot.Id);
        _slots.Add(slot.Id.Value, slot);
        _ring.Add(slot);
        _byKind[(int)slot.Id.Kind]++;
    }

    private void Remove(Slot slot)
    {
        _slots.Remove(slot.Id.Value);
        _byKind[(int)slot.Id.Kind]--;
        _ring[_hand] = _ring[^1];
        _ring.RemoveAt(_ring.Count - 1);
        Passivations++;
    }
}
