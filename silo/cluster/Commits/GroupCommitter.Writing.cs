using CityTwin.Grains.Orleans;
using CityTwin.Silo.Journal;

namespace CityTwin.Cluster.Commits;

// Writing a group, and what follows from it.
internal sealed partial class GroupCommitter
{
    private void Write(List<TurnEntry> group)
    {
        for (int from = 0; from < group.Count;)
        {
            int count = CountFor(group, from);
            WriteGroup(group.GetRange(from, count));
            from += count;
        }
    }

    private int CountFor(List<TurnEntry> group, int from)
    {
        int events = 0, count = 0;
        while (from + count < group.Count && events < _parts.BatchEventsMax)
        {
            events += 1 + group[from + count].Events.Length;
            count++;
        }
        return count;
    }

    private void WriteGroup(List<TurnEntry> entries)
    {
        // What follows a turn that failed fails with it.
        FailLost(entries);
        while (entries.Count > 0)
        {
            long began = System.Diagnostics.Stopwatch.GetTimestamp();
            try
            {
                GroupWrite write = _writer!.Write(entries);
                lock (_statisticsGate)
                {
                    _parts.Statistics.Committed(write.Commit.Events.Count, System.Diagnostics.Stopwatch.GetElapsedTime(began));
                }
                _parts.Written(write);
                Release(write);
                return;
            }
            catch (ForgottenException)
            {
                _parts.Memory.CatchUp();
                FailLost(entries);
            }
            catch (StaleTurnsException e)
            {
                HashSet<long> stale = _writer!.FindStale(entries);
                if (stale.Count == 0)
                {
                    throw new JournalException("a group was refused, and none of its twins is to blame", e);
                }
                foreach (TurnEntry entry in entries.Where(t => stale.Contains(t.Twin.Id.Value)))
                {
                    entry.Fail(new TwinMovedException($"{entry.Twin.Id}: the journal has events that this activation does not know of"));
                }
                FailLost(entries);
            }
        }
    }

    private static void FailLost(List<TurnEntry> entries)
    {
        foreach (TurnEntry entry in entries.Where(e => e.Twin.IsLost))
        {
            entry.Fail(new TwinMovedException($"{entry.Twin.Id}: an earlier turn did not stand"));
        }
        entries.RemoveAll(e => e.Twin.IsLost);
    }

    private void Release(GroupWrite write)
    {
        foreach (TurnEntry entry in write.Entries)
        {
            entry.Complete();
            for (int i = 0; i < entry.Sent.Length; i++)
            {
                Letter letter = new() { Sequence = entry.FirstSequence + i, Command = entry.Sent[i].Command, At = entry.At, Trail = entry.Trails[i] };
                _parts.Courier.Send(entry.Twin.Id, entry.Sent[i].Target, letter);
            }
            _parts.Courier.Trails.Return(entry.Ended);
        }
    }
}
