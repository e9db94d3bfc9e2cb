using CityTwin.Grains;
using CityTwin.Grains.Orleans;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Journal.Personal;

namespace CityTwin.Cluster.Commits;

/// <summary>The turns of one transaction, with the positions that they get.</summary>
internal sealed class GroupWrite
{
    private GroupWrite(IReadOnlyList<TurnEntry> entries) => Entries = entries;

    /// <summary>The turns, in the order of their positions.</summary>
    public IReadOnlyList<TurnEntry> Entries { get; }

    /// <summary>The events and states, as the journal takes them.</summary>
    public CommitBatch Commit { get; } = new() { Number = 0 };

    /// <summary>Messages sent: their numbers, senders and moments beside the journal's own form.</summary>
    public List<(OutboxEntry Entry, TwinId Sender, DateTimeOffset At)> Sent { get; } = [];

    /// <summary>Numbers of the messages taken.</summary>
    public List<long> Taken { get; } = [];

    /// <summary>Deadlines by twin, the last of each; <see cref="DateTimeOffset.MinValue"/>: none any more.</summary>
    public Dictionary<long, DateTimeOffset> Due { get; } = [];

    /// <summary>The last position given.</summary>
    public long Position { get; private set; }

    /// <summary>The last outbox number given.</summary>
    public long Sequence { get; private set; }

    /// <summary>The moment of the last event.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>Gives positions to turns.</summary>
    /// <param name="entries">The turns in the order of posting.</param>
    /// <param name="position">The last position before.</param>
    /// <param name="sequence">The last outbox number before.</param>
    /// <param name="at">The moment of the last event before: the journal's time never goes back, whatever the silos' clocks say.</param>
    public static GroupWrite Arrange(IReadOnlyList<TurnEntry> entries, long position, long sequence, DateTimeOffset at)
    {
        GroupWrite write = new(InOrderOfTime(entries)) { Position = position, Sequence = sequence, At = at };
        Dictionary<long, long> heads = [];
        foreach (TurnEntry entry in write.Entries)
        {
            write.Add(entry, heads);
        }
        return write;
    }

    private void Add(TurnEntry entry, Dictionary<long, long> heads)
    {
        TwinId twin = entry.Twin.Id;
        entry.FirstPosition = Position + 1;
        entry.FirstSequence = Sequence + 1;
        TwinId subject = PersonalFields.SubjectOf(twin, entry.State);
        long head = heads.TryGetValue(twin.Value, out long given) ? given : entry.Twin.Durable.Position;
        int version = entry.VersionBefore;
        foreach (TwinEvent happened in entry.Events)
        {
            At = entry.At > At ? entry.At : At;
            Commit.Events.Add(new RecordedEvent(++Position, twin, ++version, head, At, entry.Command, happened) { Subject = subject });
            head = Position;
        }
        heads[twin.Value] = head;
        foreach (Message message in entry.Sent)
        {
            Sent.Add((new OutboxEntry(++Sequence, message.Target, message.Command), twin, entry.At));
        }
        if (entry.Taken != 0)
        {
            Taken.Add(entry.Taken);
        }
        if (entry.Due is { } due)
        {
            Due[twin.Value] = due;
        }
        if (entry.KeepPast)
        {
            Commit.PastSnapshots.Add(new TwinSnapshot(twin, entry.Version, head, entry.State, [], entry.Twin.Type.IsFinished(entry.State)));
        }
    }

    // A twin's own turns never go back in time, so a stable order by time keeps them in order.
    private static IReadOnlyList<TurnEntry> InOrderOfTime(IReadOnlyList<TurnEntry> entries)
    {
        for (int i = 1; i < entries.Count; i++)
        {
            if (entries[i].At < entries[i - 1].At)
            {
                return [.. entries.OrderBy(e => e.At)];
            }
        }
        return entries;
    }
}
