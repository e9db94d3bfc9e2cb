using CityTwin.Grains;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Views;

/// <summary>The latest events of cases and of the city's policy, for people to look at. Not thread-safe.</summary>
/// <remarks>Saved are those that a board shows, so that it tells what happened lately also after a restart, and at a past moment.</remarks>
internal sealed class RecentEvents
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 512;

    /// <summary>How many are saved, at most.</summary>
    public const int SavedMax = 64;

    private readonly RecentEvent[] _ring = new RecentEvent[Capacity];
    private long _added;

    /// <summary>Adds one; the oldest goes.</summary>
    public void Add(in RecordedEvent recorded, TwinId office, string service) =>
        Add(new RecentEvent(recorded.Position, recorded.At, recorded.Twin, recorded.Event.GetType().Name, office, service));

    /// <summary>Those after a position, the newest first.</summary>
    public List<RecentEvent> After(long position, int limit)
    {
        var found = new List<RecentEvent>();
        for (long i = _added - 1; i >= Math.Max(0, _added - Capacity) && found.Count < limit; i--)
        {
            RecentEvent recent = _ring[i & (Capacity - 1)];
            if (recent.Position <= position)
            {
                break;
            }
            found.Add(recent);
        }
        return found;
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _added = 0;

    /// <summary>Writes the latest, oldest first.</summary>
    public void Save(SavedWriter writer)
    {
        List<RecentEvent> latest = After(0, SavedMax);
        writer.Number(latest.Count);
        for (int i = latest.Count - 1; i >= 0; i--)
        {
            RecentEvent e = latest[i];
            writer.Number(e.Position);
            writer.Number(e.At.UtcTicks);
            writer.Number(e.Twin.Value);
            writer.Text(e.Type);
            writer.Number(e.Office.Value);
            writer.Text(e.Service);
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote, into an empty instance.</summary>
    public void Load(ref SavedReader reader)
    {
        for (long n = reader.Number(); n > 0; n--)
        {
            Add(new RecentEvent(
                reader.Number(), new DateTimeOffset(reader.Number(), TimeSpan.Zero), TwinId.FromValue(reader.Number()), reader.Text(), TwinId.FromValue(reader.Number()), reader.Text()));
        }
    }

    private void Add(RecentEvent recent) => _ring[_added++ & (Capacity - 1)] = recent;
}

/// <summary>Something that happened lately.</summary>
/// <param name="Position">Its place in the journal.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Twin">To which twin.</param>
/// <param name="Type">The event's name, as <c>CaseFiled</c>.</param>
/// <param name="Office">The office in charge; none for policy.</param>
/// <param name="Service">The service or category; empty for policy.</param>
public readonly record struct RecentEvent(long Position, DateTimeOffset At, TwinId Twin, string Type, TwinId Office, string Service);
