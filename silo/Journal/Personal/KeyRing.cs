using System.Collections.Concurrent;
using System.Security.Cryptography;
using CityTwin.Grains;

namespace CityTwin.Silo.Journal.Personal;

/// <summary>The keys of citizens, as far as they are in use: read from the journal when first needed, made when there is none.</summary>
/// <remarks>
/// <see cref="Prepare"/> and <see cref="KeyFor"/> are for the one thread that writes; <see cref="Find"/> and <see cref="Fetch"/> for any.
/// A new key becomes durable in the transaction of the first text that is encrypted with it.
/// </remarks>
internal sealed class KeyRing(Func<long[], IReadOnlyDictionary<long, byte[]>> load)
{
    private const int KeptMax = 500_000;
    private const int KeyBytes = 32;

    private readonly ConcurrentDictionary<long, byte[]> _keys = new();
    private readonly Lock _gate = new();
    private int _destroyed;

    /// <summary>Makes sure that there is a key for every text of a batch.</summary>
    /// <returns>The keys made now, which the batch must make durable.</returns>
    public List<(long Subject, byte[] Key)> Prepare(CommitBatch batch)
    {
        HashSet<long> wanted = [];
        foreach (RecordedEvent recorded in batch.Events)
        {
            if (PersonalFields.HasText(recorded.Event))
            {
                Want(wanted, SubjectOf(recorded));
            }
        }
        foreach (TwinSnapshot snapshot in batch.Snapshots.Concat(batch.PastSnapshots))
        {
            if (PersonalFields.HasText(snapshot.State))
            {
                Want(wanted, PersonalFields.SubjectOf(snapshot.Twin, snapshot.State));
            }
        }
        List<(long, byte[])> made = [];
        if (wanted.Count > 0)
        {
            Fetch(wanted);
            foreach (long subject in wanted.Where(s => !_keys.ContainsKey(s)))
            {
                byte[] key = RandomNumberGenerator.GetBytes(KeyBytes);
                _keys[subject] = key;
                made.Add((subject, key));
            }
        }
        return made;
    }

    /// <summary>The key of a subject for which <see cref="Prepare"/> was called.</summary>
    public byte[] KeyFor(TwinId subject) => _keys.TryGetValue(subject.Value, out byte[]? key) ? key : throw new JournalException($"there is no key for {subject}");

    /// <summary>The key of a subject, or null when it was destroyed.</summary>
    public byte[]? Find(TwinId subject)
    {
        if (!_keys.TryGetValue(subject.Value, out byte[]? key))
        {
            Fetch([subject.Value]);
            key = _keys.GetValueOrDefault(subject.Value);
        }
        return key;
    }

    /// <summary>Whether the keys of all subjects are in memory, so that <see cref="Fetch"/> would read nothing.</summary>
    public bool Has(IReadOnlyCollection<long> subjects) => subjects.All(_keys.ContainsKey);

    /// <summary>Reads the keys of several subjects at once.</summary>
    public void Fetch(IReadOnlyCollection<long> subjects)
    {
        while (true)
        {
            int seen = Volatile.Read(ref _destroyed);
            long[] missing = [.. subjects.Where(s => !_keys.ContainsKey(s))];
            if (missing.Length == 0)
            {
                return;
            }
            if (_keys.Count > KeptMax)
            {
                _keys.Clear();
                missing = [.. subjects];
            }
            if (TryAdd(load(missing), seen))
            {
                return;
            }
        }
    }

    /// <summary>A key was destroyed in the journal: it is not used any more, nor taken in by whoever is reading it now.</summary>
    public void Destroyed(TwinId subject)
    {
        lock (_gate)
        {
            _destroyed++;
            _keys.TryRemove(subject.Value, out _);
        }
    }

    /// <summary>Forgets keys that were made and did not become durable.</summary>
    public void Drop(IEnumerable<long> subjects)
    {
        foreach (long subject in subjects)
        {
            _keys.TryRemove(subject, out _);
        }
    }

    /// <summary>Whose key the texts of an event are encrypted with.</summary>
    public static TwinId SubjectOf(in RecordedEvent recorded) => recorded.Subject.IsNone ? recorded.Twin : recorded.Subject;

    // What was read before a key was destroyed may have that key.
    private bool TryAdd(IReadOnlyDictionary<long, byte[]> read, int seen)
    {
        lock (_gate)
        {
            if (seen != _destroyed)
            {
                return false;
            }
            foreach ((long subject, byte[] key) in read)
            {
                _keys.TryAdd(subject, key);
            }
            return true;
        }
    }

    private void Want(HashSet<long> wanted, TwinId subject)
    {
        if (!_keys.ContainsKey(subject.Value))
        {
            wanted.Add(subject.Value);
        }
    }
}
