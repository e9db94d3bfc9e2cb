using System.IO.Compression;
using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Views;

/// <summary>Views as of past positions: the latest form that was kept before, and the events since.</summary>
public static class PastViews
{
    /// <summary>Brings a view to a past position.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="empty">A view that has taken in nothing.</param>
    /// <param name="position">The position, 0 to the journal's.</param>
    /// <returns>How many events had to be taken in one by one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The journal has no such position.</exception>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public static long Load(IJournal journal, IView empty, long position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(position, journal.Position);
        long from = journal.ReadPastView(empty.Name, position) is { } kept && empty.Load(Unpack(kept.Saved)) ? kept.Position : 0;
        DateTimeOffset at = default;
        foreach (RecordedEvent recorded in journal.ReadForward(from, position))
        {
            empty.Apply(recorded);
            at = recorded.At;
        }
        empty.Flush(position, at);
        return position - from;
    }

    /// <summary>Packs a saved form for the journal.</summary>
    internal static byte[] Pack(byte[] saved)
    {
        using MemoryStream packed = new();
        using (ZLibStream into = new(packed, CompressionLevel.Fastest))
        {
            into.Write(saved);
        }
        return packed.ToArray();
    }

    /// <summary>Gives back what was packed.</summary>
    internal static byte[] Unpack(byte[] packed)
    {
        using MemoryStream unpacked = new();
        using ZLibStream from = new(new MemoryStream(packed), CompressionMode.Decompress);
        from.CopyTo(unpacked);
        return unpacked.ToArray();
    }
}
