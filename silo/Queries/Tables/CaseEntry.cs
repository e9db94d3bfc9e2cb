using System.Runtime.InteropServices;
using CityTwin.Grains;
using CityTwin.Silo.Views;

namespace CityTwin.Silo.Queries;

/// <summary>What the query view keeps of one case: 96 bytes. A view that may be read as of an earlier position keeps the rows from before, too.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct CaseEntry : ITwinRow
{
    /// <summary>A coordinate that is not known.</summary>
    public const int NoDegree = int.MinValue;

    private const double DegreeUnits = 1e7;

    /// <summary>What lists of cases have.</summary>
    public CaseRow Row;

    /// <summary>The journal position of its last event.</summary>
    public long ChangedAt;

    /// <summary>When it was decided, Unix milliseconds; 0: it is not.</summary>
    public long ResolvedAt;

    /// <summary>Working time that officials spent on it, milliseconds.</summary>
    public long Worked;

    /// <summary>Latitude in 1e-7 degrees.</summary>
    public int Latitude;

    /// <summary>Longitude in 1e-7 degrees.</summary>
    public int Longitude;

    /// <inheritdoc/>
    public readonly long Number => Row.Number;

    /// <inheritdoc/>
    public readonly long Position => ChangedAt;

    /// <inheritdoc/>
    public readonly bool IsThere => Row.Stage != CaseStage.Absent;

    /// <summary>Where exactly; null when unknown.</summary>
    public readonly GeoPoint? Place => Latitude == NoDegree ? null : new GeoPoint(Latitude / DegreeUnits, Longitude / DegreeUnits);

    /// <summary>The row of a case that was just filed.</summary>
    public static CaseEntry Filed(TwinId id, CaseEvent.CaseFiled e, long position, CityNames names)
    {
        CaseEntry entry = new() { ChangedAt = position, Latitude = NoDegree, Longitude = NoDegree };
        entry.Row.Number = id.Number;
        CaseFold.File(ref entry.Row, e, names);
        if (e.Place is { } place)
        {
            entry.Latitude = (int)Math.Round(place.Latitude * DegreeUnits);
            entry.Longitude = (int)Math.Round(place.Longitude * DegreeUnits);
        }
        return entry;
    }

    /// <summary>The row after a later event.</summary>
    public readonly CaseEntry After(CaseEvent happened, long position, CityNames names)
    {
        CaseEntry next = this;
        next.ChangedAt = position;
        CaseFold.Apply(ref next.Row, happened, names);
        next.Worked += happened switch
        {
            CaseEvent.CitizenAsked e => Milliseconds(e.Worked),
            CaseEvent.CaseEscalated e => Milliseconds(e.Worked),
            CaseEvent.CaseSentBack e => Milliseconds(e.Worked),
            CaseEvent.CaseMoved e => Milliseconds(e.Worked ?? default),
            CaseEvent.CategoryAssigned e => Milliseconds(e.Worked ?? default),
            CaseEvent.CaseWithdrawn e => Milliseconds(e.Worked ?? default),
            CaseEvent.CaseResolved e => Milliseconds(e.Worked),
            CaseEvent.CaseRejected e => Milliseconds(e.Worked),
            _ => 0,
        };
        next.ResolvedAt = happened switch
        {
            CaseEvent.CaseResolved or CaseEvent.CaseRejected => ((CaseEvent)happened).At.ToUnixTimeMilliseconds(),
            CaseEvent.CaseReopened => 0,
            _ => ResolvedAt,
        };
        return next;
    }

    private static long Milliseconds(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMillisecond;
}
