using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Faults.Disk;

/// <summary>When the journal is in trouble.</summary>
internal interface IJournalFate
{
    /// <summary>A moment at which the process may die; throws then.</summary>
    /// <param name="where">What is under way.</param>
    /// <param name="weight">How much likelier it is here than elsewhere.</param>
    void Point(string where, int weight = 1);

    /// <summary>Throws a <see cref="JournalException"/> when a write is to fail here.</summary>
    void MayFailWrite(string where);

    /// <summary>Throws a <see cref="JournalException"/> when a read is to fail here.</summary>
    void MayFailRead(string where);
}

/// <summary>A journal over the simulated disk, that fails where its fate says.</summary>
/// <param name="disk">The disk.</param>
/// <param name="fate">What goes wrong.</param>
/// <param name="serialises">Whether what is stored goes through the storage format.</param>
/// <param name="syncs">False for a planted defect: what is written is synced with the next batch only.</param>
internal sealed class SimulatedJournal(SimulatedDisk disk, IJournalFate fate, bool serialises, bool syncs) : IJournal
{
    private const int InAppend = 30;

    private readonly JournalImage _image = disk.Open();
    private bool _closed;

    /// <inheritdoc/>
    public long Position => _image.Events.Count;

    /// <inheritdoc/>
    public DateTimeOffset LastAt => _image.Events.Count == 0 ? DateTimeOffset.UnixEpoch : _image.Events[^1].At;

    /// <inheritdoc/>
    public long SizeBytes => _image.Events.Count;

    /// <inheritdoc/>
    public void Append(CommitBatch batch)
    {
        Check("append");
        fate.MayFailWrite("before anything is written");
        CommitBatch stored = serialises ? Serialised.Copy(batch) : batch;
        if (!syncs)
        {
            disk.Sync();
        }
        disk.Write(stored);
        fate.Point("written, not synced", InAppend);
        fate.MayFailWrite("written, not synced");
        if (syncs)
        {
            disk.Sync();
        }
        fate.Point("synced, not answered", InAppend);
        _image.Apply(stored);
        fate.MayFailWrite("synced, the answer is lost");
    }

    /// <inheritdoc/>
    public TwinSnapshot? ReadSnapshot(TwinId twin)
    {
        Check("read snapshot");
        fate.MayFailRead("snapshot");
        return _image.Snapshots.GetValueOrDefault(twin);
    }

    /// <inheritdoc/>
    public IReadOnlyList<RecordedEvent> ReadHistory(long head, int afterVersion)
    {
        Check("read history");
        fate.MayFailRead("history");
        List<RecordedEvent> history = [];
        for (long position = head; position != 0;)
        {
            RecordedEvent recorded = _image.Events[(int)position - 1];
            if (recorded.Version <= afterVersion)
            {
                break;
            }
            history.Add(recorded);
            position = recorded.Previous;
        }
        history.Reverse();
        return history;
    }

    /// <inheritdoc/>
    public IEnumerable<RecordedEvent> ReadForward(long after, long upTo)
    {
        for (long position = after; position < upTo; position++)
        {
            Check("read forward");
            fate.MayFailRead("events");
            yield return _image.Events[(int)position];
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<OutboxEntry> ReadOutbox()
    {
        Check("read outbox");
        fate.MayFailRead("outbox");
        return [.. _image.Outbox.Values];
    }

    /// <inheritdoc/>
    public Checkpoint? ReadCheckpoint()
    {
        Check("read checkpoint");
        return _image.Checkpoint;
    }

    /// <inheritdoc/>
    public long PositionAt(DateTimeOffset at)
    {
        Check("position at");
        int position = _image.Events.FindLastIndex(e => e.At <= at);
        return position + 1;
    }

    /// <inheritdoc/>
    public TwinId ReadHighestTimeOrderedCase()
    {
        Check("highest case");
        return _image.Snapshots.Keys.Where(t => t.Kind == TwinKind.Case && t.Number < TwinId.TimeOrderedEnd).DefaultIfEmpty().Max();
    }

    /// <inheritdoc/>
    public void Dispose() => _closed = true;

    private void Check(string what)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        fate.Point(what);
    }
}
