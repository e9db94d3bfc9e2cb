using System.Runtime.InteropServices;

namespace CityTwin.Silo.Views;

/// <summary>What is counted for one office and one kind of case.</summary>
internal enum Count
{
    /// <summary>Open now, between desks. The first four follow <c>CaseStage</c> 1 to 4.</summary>
    Received,

    /// <summary>Open now, with the citizen.</summary>
    Waiting,

    /// <summary>Open now, in a queue.</summary>
    Queued,

    /// <summary>Open now, in an official's hands.</summary>
    InProgress,

    /// <summary>Open now, past the deadline.</summary>
    Overdue,

    /// <summary>Filed here.</summary>
    Filed,

    /// <summary>Resolved here.</summary>
    Resolved,

    /// <summary>Rejected here.</summary>
    Rejected,

    /// <summary>Withdrawn here.</summary>
    Withdrawn,

    /// <summary>Results in time, of either kind.</summary>
    OnTime,

    /// <summary>Came by escalation.</summary>
    EscalatedIn,

    /// <summary>Went up to a department.</summary>
    EscalatedOut,

    /// <summary>Results that the citizen objected to.</summary>
    Reopened,

    /// <summary>Deadlines that passed.</summary>
    Missed,

    /// <summary>Documents that cases needed.</summary>
    DocumentsNeeded,

    /// <summary>Needed documents found in the ledger.</summary>
    DocumentsReused,

    /// <summary>Ratings.</summary>
    Ratings,

    /// <summary>The sum of their scores.</summary>
    RatingSum,

    /// <summary>Working time from filing to result, milliseconds, summed.</summary>
    LeadTime,

    /// <summary>Filed at the counter. These six follow <c>Channel</c> 1 to 6.</summary>
    ByCounter,

    /// <summary>Filed on the city's portal.</summary>
    ByOnlinePortal,

    /// <summary>Filed on the national portal.</summary>
    ByNationalPortal,

    /// <summary>Filed in the app.</summary>
    ByApp,

    /// <summary>Filed by telephone.</summary>
    ByHotline,

    /// <summary>Filed by an alert of a sensor.</summary>
    BySensor,

    /// <summary>Filed on the tally's day. From here on counts begin anew every day.</summary>
    FiledToday,

    /// <summary>Resolved on the tally's day.</summary>
    ResolvedToday,

    /// <summary>Rejected on the tally's day.</summary>
    RejectedToday,

    /// <summary>Withdrawn on the tally's day.</summary>
    WithdrawnToday,

    /// <summary>Results in time on the tally's day.</summary>
    OnTimeToday,

    /// <summary>How many counts there are.</summary>
    End,
}

/// <summary>The counts of one office and one kind of case. Not thread-safe.</summary>
internal sealed class Tally
{
    private readonly long[] _counts = new long[(int)Count.End];
    private int _day;

    /// <summary>A count.</summary>
    public long this[Count count] => _counts[(int)count];

    /// <summary>Adds to a count.</summary>
    public void Add(Count count, long by = 1) => _counts[(int)count] += by;

    /// <summary>Adds to a count and to the same count of a day; a new day begins at zero.</summary>
    public void Add(Count count, Count today, int day)
    {
        if (day != _day)
        {
            Array.Clear(_counts, (int)Count.FiledToday, (int)Count.End - (int)Count.FiledToday);
            _day = day;
        }
        _counts[(int)count]++;
        _counts[(int)today]++;
    }

    /// <summary>Adds all counts to a sum; those of today only if the tally's day is the one given.</summary>
    public void AddTo(Span<long> sum, int day)
    {
        int upTo = day == _day ? (int)Count.End : (int)Count.FiledToday;
        for (int i = 0; i < upTo; i++)
        {
            sum[i] += _counts[i];
        }
    }

    /// <summary>Writes the counts.</summary>
    public void Save(SavedWriter writer)
    {
        writer.Number(_day);
        writer.Bytes(MemoryMarshal.AsBytes(_counts.AsSpan()));
    }

    /// <summary>Reads the counts.</summary>
    public void Load(ref SavedReader reader)
    {
        _day = checked((int)reader.Number());
        MemoryMarshal.Cast<byte, long>(reader.Bytes()).CopyTo(_counts);
    }
}
