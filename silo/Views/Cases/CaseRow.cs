using System.Runtime.InteropServices;
using CityTwin.Grains;

namespace CityTwin.Silo.Views;

/// <summary>What a view keeps of one case: 64 bytes, so that a million open cases take 64 MB.</summary>
/// <remarks>Offices, desks and services are places in <see cref="CityNames"/>; moments are Unix milliseconds.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct CaseRow
{
    /// <summary>The case's number; meaningless while <see cref="Stage"/> is absent.</summary>
    public long Number;

    /// <summary>The packed identity of the citizen; 0: unnamed.</summary>
    public long Citizen;

    /// <summary>When it came in.</summary>
    public long FiledAt;

    /// <summary>The deadline in force.</summary>
    public long DueAt;

    /// <summary>Since when it is in its stage.</summary>
    public long StageAt;

    /// <summary>The number of the official who has it, or had it last; 0: none.</summary>
    public int Official;

    /// <summary>The desk it is at, or was at last; 0: none.</summary>
    public int Desk;

    /// <summary>The office in charge.</summary>
    public ushort Office;

    /// <summary>Where the matter lies.</summary>
    public ushort Commune;

    /// <summary>The service or category.</summary>
    public ushort Service;

    /// <summary>Where it is in its life; absent marks a free row.</summary>
    public CaseStage Stage;

    /// <summary>Dossier or feedback.</summary>
    public CaseKind Kind;

    /// <summary>How it came in.</summary>
    public Channel Channel;

    /// <summary>How urgent it is.</summary>
    public Urgency Urgency;

    /// <summary>Yes-or-no facts.</summary>
    public CaseMarks Marks;

    /// <summary>1 to 5; 0: not rated.</summary>
    public byte Rating;

    /// <summary>How often it went up to a department.</summary>
    public byte Escalations;

    /// <summary>How often it was reopened.</summary>
    public byte Reopenings;

    /// <summary>True from filing until a result, a withdrawal or a rejection.</summary>
    public readonly bool IsOpen => Stage is >= CaseStage.Received and <= CaseStage.InProgress;

    /// <summary>True when nothing more can happen to it.</summary>
    public readonly bool IsFinished => Stage is CaseStage.Closed or CaseStage.Withdrawn;

    /// <summary>Whether a mark is set.</summary>
    public readonly bool Has(CaseMarks mark) => (Marks & mark) != 0;
}

/// <summary>Yes-or-no facts of a case.</summary>
[Flags]
internal enum CaseMarks : byte
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>The deadline in force has passed.</summary>
    Overdue = 1,

    /// <summary>There is a result.</summary>
    HasResult = 2,

    /// <summary>The result came in time.</summary>
    OnTime = 4,
}
