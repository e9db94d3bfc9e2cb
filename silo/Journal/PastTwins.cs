using CityTwin.Grains;
using CityTwin.Silo.Turns;

namespace CityTwin.Silo.Journal;

/// <summary>Twins as of past positions: the nearest state that was kept before, and the few events since.</summary>
internal static class PastTwins
{
    /// <summary>A twin after all events at or before a position.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="types">The rules of each kind.</param>
    /// <param name="now">The twin as it stands: where its history is found.</param>
    /// <param name="position">The position.</param>
    public static TwinReading Read(IJournal journal, TwinTypes types, in TwinReading now, long position)
    {
        if (now.Position <= position)
        {
            return now;
        }
        TwinType type = types[now.Twin.Kind];
        TwinReading reading = new(now.Twin, type.Initial, 0, 0);
        TwinSnapshot? kept = journal.ReadPastSnapshot(now.Twin, position);
        if (journal.ReadSnapshot(now.Twin) is { } latest && latest.Position <= position && latest.Version > (kept?.Version ?? 0))
        {
            kept = latest;
        }
        if (kept is not null)
        {
            reading = new TwinReading(now.Twin, kept.State, kept.Version, kept.Position);
        }
        long head = journal.PastHeadAfter(now.Twin, position) is > 0 and long later && later < now.Position ? later : now.Position;
        foreach (RecordedEvent recorded in journal.ReadHistory(head, reading.Version))
        {
            if (recorded.Position > position)
            {
                break;
            }
            reading = new TwinReading(now.Twin, type.Evolve(reading.State, recorded.Event), recorded.Version, recorded.Position);
        }
        return reading;
    }
}
