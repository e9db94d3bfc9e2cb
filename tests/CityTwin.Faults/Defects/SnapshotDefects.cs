using CityTwin.Faults.Twins;
using CityTwin.Faults.World;
using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Faults.Defects;

/// <summary>A snapshot holds the state before the twin's last event.</summary>
internal sealed class SnapshotOneEventBehind : Variant
{
    // What each twin was before its last event; outlives processes, as the defect must after a restart too.
    private readonly Dictionary<TwinId, (TwinState Before, TwinState After, int Version, long Head, long HeadBefore)> _twins = [];

    public override Circumstances Tune(Circumstances circumstances) =>
        circumstances with { ResidentMax = 10, CheckpointEvery = 25, CrashEvery = 1_000, WriteTroubleEvery = 0 };

    public override IJournal Wrap(IJournal journal) => new Journal(journal, this);

    private TwinSnapshot Behind(TwinSnapshot snapshot) =>
        _twins.TryGetValue(snapshot.Twin, out var twin) && twin.Version == snapshot.Version && snapshot.Version > 1
            ? snapshot with { State = twin.Before, Version = snapshot.Version - 1, Position = twin.HeadBefore }
            : snapshot;

    private void Follow(in RecordedEvent e)
    {
        var type = Town.Types[e.Twin.Kind];
        TwinState before = e.Version > 1 && _twins.TryGetValue(e.Twin, out var known) && known.Version == e.Version - 1 ? known.After : type.Initial;
        if (e.Version == 1 || !ReferenceEquals(before, type.Initial))
        {
            _twins[e.Twin] = (before, type.Evolve(before, e.Event), e.Version, e.Position, e.Previous);
        }
    }

    private sealed class Journal(IJournal inner, SnapshotOneEventBehind defect) : BetweenJournal(inner)
    {
        public override void Append(CommitBatch batch)
        {
            foreach (RecordedEvent e in batch.Events)
            {
                defect.Follow(e);
            }
            base.Append(Copy(batch, outboxAdded: true, outboxRemoved: true, batch.Snapshots.Select(defect.Behind)));
        }
    }
}

/// <summary>A cold twin leaves memory although its snapshot was not written.</summary>
internal sealed class DirtyTwinPassivated : Variant
{
    public override Circumstances Tune(Circumstances circumstances) => circumstances with { ResidentMax = 3, CheckpointEvery = 1_000_000 };

    public override IJournal Wrap(IJournal journal) => new Journal(journal);

    private sealed class Journal(IJournal inner) : BetweenJournal(inner)
    {
        public override void Append(CommitBatch batch) =>
            base.Append(Copy(batch, outboxAdded: true, outboxRemoved: true, batch.Snapshots.Where(s => s.Version % 4 != 0)));
    }
}

/// <summary>After a restart no command is known to have been carried out.</summary>
internal sealed class RepeatForgotten : Variant
{
    public override Circumstances Tune(Circumstances circumstances) => circumstances with { CrashEvery = 1_000 };

    public override IJournal Wrap(IJournal journal) => new Journal(journal);

    private sealed class Journal(IJournal inner) : BetweenJournal(inner)
    {
        public override TwinSnapshot? ReadSnapshot(TwinId twin) => base.ReadSnapshot(twin) is { } read ? read with { Recent = [] } : null;

        public override IEnumerable<RecordedEvent> ReadForward(long after, long upTo) =>
            base.ReadForward(after, upTo).Select(e => e with { Command = default });
    }
}

/// <summary>Recovery stops one event before the journal's end.</summary>
internal sealed class LastEventSkipped : Variant
{
    public override Circumstances Tune(Circumstances circumstances) => circumstances with { CrashEvery = 1_000 };

    public override IJournal Wrap(IJournal journal) => new Journal(journal);

    private sealed class Journal(IJournal inner) : BetweenJournal(inner)
    {
        private bool _isRecovered;

        public override IEnumerable<RecordedEvent> ReadForward(long after, long upTo) =>
            base.ReadForward(after, !_isRecovered && upTo == Position && upTo > after ? upTo - 1 : upTo);

        // The outbox is read after the events.
        public override IReadOnlyList<OutboxEntry> ReadOutbox()
        {
            _isRecovered = true;
            return base.ReadOutbox();
        }
    }
}
