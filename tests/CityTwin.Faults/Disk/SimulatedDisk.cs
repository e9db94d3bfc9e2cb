using CityTwin.Silo.Journal;

namespace CityTwin.Faults.Disk;

/// <summary>A log of batches on a disk that can lose, or tear, what was written and not yet synced.</summary>
/// <param name="trustsTorn">Planted defect: the half of a torn batch is taken for a whole one.</param>
internal sealed class SimulatedDisk(bool trustsTorn = false)
{
    private readonly List<(CommitBatch Batch, bool Torn)> _log = [];
    private int _synced;

    /// <summary>Every event that was ever synced: what nobody may lose any more.</summary>
    public List<RecordedEvent> Durable { get; } = [];

    /// <summary>How often a crash tore a batch.</summary>
    public int Torn { get; private set; }

    /// <summary>Writes a batch; a crash may still lose it.</summary>
    public void Write(CommitBatch batch) => _log.Add((batch, false));

    /// <summary>Makes all that was written survive.</summary>
    public void Sync()
    {
        for (; _synced < _log.Count; _synced++)
        {
            Durable.AddRange(_log[_synced].Batch.Events);
        }
    }

    /// <summary>The power goes: of what was not synced a part survives, the last of it perhaps torn.</summary>
    public void Crash(Random random)
    {
        int kept = _synced + random.Next(_log.Count - _synced + 1);
        bool tears = kept < _log.Count && random.Next(2) == 0;
        if (tears)
        {
            _log[kept] = (_log[kept].Batch, true);
            Torn++;
        }
        int left = kept + (tears ? 1 : 0);
        _log.RemoveRange(left, _log.Count - left);
    }

    /// <summary>Reads the log up to the first torn batch, which is cut off, and syncs: whatever is read from now on is durable.</summary>
    public JournalImage Open()
    {
        int torn = _log.FindIndex(r => r.Torn);
        if (torn >= 0 && trustsTorn)
        {
            CommitBatch half = new() { Number = _log[torn].Batch.Number };
            half.Events.AddRange(_log[torn].Batch.Events.Take((_log[torn].Batch.Events.Count + 1) / 2));
            _log[torn] = (half, false);
        }
        else if (torn >= 0)
        {
            _log.RemoveRange(torn, _log.Count - torn);
        }
        Sync();
        JournalImage image = new();
        foreach ((CommitBatch batch, _) in _log)
        {
            image.Apply(batch);
        }
        return image;
    }
}
