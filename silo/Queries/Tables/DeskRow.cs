using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Silo.Queries;

/// <summary>What the query view keeps of a desk: how many wait and are in hand, not who.</summary>
internal sealed record DeskFigures
{
    /// <summary>Its office.</summary>
    public TwinId Office { get; init; }

    /// <summary>The Vietnamese name.</summary>
    public string NameVi { get; init; } = "";

    /// <summary>The English name.</summary>
    public string NameEn { get; init; } = "";

    /// <summary>What it can work on.</summary>
    public ImmutableArray<string> Skills { get; init; } = [];

    /// <summary>In which order it takes cases.</summary>
    public Discipline Discipline { get; init; }

    /// <summary>How many officials work there.</summary>
    public int Officials { get; init; }

    /// <summary>Cases that came to it and have not left.</summary>
    public int Present { get; init; }

    /// <summary>Those of them that are in an official's hands.</summary>
    public ImmutableHashSet<TwinId> InHand { get; init; } = [];

    /// <summary>Cases taken so far.</summary>
    public long Taken { get; init; }

    /// <summary>True once it closed.</summary>
    public bool Closed { get; init; }

    /// <summary>What an event makes of a desk.</summary>
    public DeskFigures After(DeskEvent happened) => happened switch
    {
        DeskEvent.DeskOpened e => this with
        {
            Office = e.Office,
            NameVi = e.NameVi,
            NameEn = e.NameEn,
            Skills = e.Skills,
            Discipline = e.Discipline,
            Officials = e.Officials.Length,
        },
        DeskEvent.DisciplineSet e => this with { Discipline = e.Discipline },
        DeskEvent.OfficialsAssigned e => this with { Officials = Officials + e.Officials.Length },
        DeskEvent.OfficialRemoved => this with { Officials = Officials - 1 },
        DeskEvent.CaseEnqueued => this with { Present = Present + 1 },
        DeskEvent.CaseTaken e => this with { InHand = InHand.Add(e.Case), Taken = Taken + 1 },
        DeskEvent.CaseReleased e => this with { Present = Present - 1, InHand = InHand.Remove(e.Case) },
        DeskEvent.DeskClosed => this with { Closed = true },
        _ => this,
    };
}

/// <summary>What the query view keeps of a citizen's ledger: counts only.</summary>
/// <param name="Checks">Cases that asked the ledger.</param>
/// <param name="Needed">Documents that cases needed and that were there or were given.</param>
/// <param name="Reused">Those of them that were there from before.</param>
/// <param name="Missing">Documents that cases needed and nobody had.</param>
/// <param name="LastAt">When it last changed.</param>
internal sealed record LedgerFigures(long Checks, long Needed, long Reused, long Missing, DateTimeOffset LastAt)
{
    /// <summary>An empty ledger.</summary>
    public static LedgerFigures Empty { get; } = new(0, 0, 0, 0, default);

    /// <summary>What an event makes of a ledger.</summary>
    public LedgerFigures After(CitizenEvent happened) => happened is CitizenEvent.LedgerChecked e
        ? new LedgerFigures(Checks + 1, Needed + e.Recorded.Length + e.Reused.Length, Reused + e.Reused.Length, Missing + e.Missing.Length, e.At)
        : this with { LastAt = happened.At };
}
