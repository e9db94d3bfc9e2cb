using System.Globalization;
using System.Text;
using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>What happened to one case, in numbers: the driver's ledger keeps one of its own, the journal gives another, and they must be equal.</summary>
/// <remarks>Counts saturate at 255.</remarks>
public record struct CaseAccount
{
    /// <summary>Where it is in its life.</summary>
    public CaseStage Stage { get; set; }

    /// <summary>How often it was filed: 1.</summary>
    public byte Filed { get; set; }

    /// <summary>How often an official took it.</summary>
    public byte Started { get; set; }

    /// <summary>How often an official asked the citizen.</summary>
    public byte Asked { get; set; }

    /// <summary>How often the citizen answered.</summary>
    public byte Answered { get; set; }

    /// <summary>How often it went up.</summary>
    public byte Escalated { get; set; }

    /// <summary>How often it was returned to its commune.</summary>
    public byte SentBack { get; set; }

    /// <summary>How often it was resolved.</summary>
    public byte Resolved { get; set; }

    /// <summary>How often it was rejected.</summary>
    public byte Rejected { get; set; }

    /// <summary>How often a result was handed over.</summary>
    public byte Returned { get; set; }

    /// <summary>The latest rating, 1 to 5; 0: none.</summary>
    public byte Rating { get; set; }

    /// <summary>How often it was closed.</summary>
    public byte Closed { get; set; }

    /// <summary>How often it was withdrawn.</summary>
    public byte Withdrawn { get; set; }

    /// <summary>How often it was reopened.</summary>
    public byte Reopened { get; set; }

    /// <summary>Whether the latest decision was in time; null before there is one.</summary>
    public bool? OnTime { get; set; }

    /// <summary>The office in charge.</summary>
    public TwinId Office { get; set; }

    /// <summary>Folds the next event of a case's journal.</summary>
    public void Fold(CaseEvent happened)
    {
        switch (happened)
        {
            case CaseEvent.CaseFiled e:
                (Filed, Stage, Office) = (Next(Filed), CaseStage.Received, e.Office);
                break;
            case CaseEvent.DocumentsChecked { Remaining: not null }:
                Stage = CaseStage.WaitingForCitizen;
                break;
            case CaseEvent.CaseQueued e:
                (Stage, Office) = (CaseStage.Queued, e.Office);
                break;
            case CaseEvent.WorkStarted:
                (Started, Stage) = (Next(Started), CaseStage.InProgress);
                break;
            case CaseEvent.CitizenAsked:
                (Asked, Stage) = (Next(Asked), CaseStage.WaitingForCitizen);
                break;
            case CaseEvent.CitizenAnswered:
                (Answered, Stage) = (Next(Answered), CaseStage.Received);
                break;
            case CaseEvent.CaseEscalated e:
                (Escalated, Stage, Office) = (Next(Escalated), CaseStage.Received, e.To);
                break;
            case CaseEvent.CaseSentBack e:
                (SentBack, Stage, Office) = (Next(SentBack), CaseStage.Received, e.To);
                break;
            case CaseEvent.CaseMoved e:
                Office = e.To;
                break;
            default:
                FoldEnd(happened);
                break;
        }
    }

    /// <summary>One more, saturating.</summary>
    internal static byte Next(byte count) => count == byte.MaxValue ? count : (byte)(count + 1);

    /// <summary>Every field in which another account differs, as <c>stage Closed ≠ Returned, resolved 1 ≠ 0</c>.</summary>
    public readonly string DifferenceFrom(CaseAccount other)
    {
        var text = new StringBuilder();
        Compare(text, "stage", Stage, other.Stage);
        Compare(text, "office", Office, other.Office);
        Compare(text, "filed", Filed, other.Filed);
        Compare(text, "taken", Started, other.Started);
        Compare(text, "asked", Asked, other.Asked);
        Compare(text, "answered", Answered, other.Answered);
        Compare(text, "escalated", Escalated, other.Escalated);
        Compare(text, "sent back", SentBack, other.SentBack);
        Compare(text, "resolved", Resolved, other.Resolved);
        Compare(text, "rejected", Rejected, other.Rejected);
        Compare(text, "returned", Returned, other.Returned);
        Compare(text, "rating", Rating, other.Rating);
        Compare(text, "closed", Closed, other.Closed);
        Compare(text, "withdrawn", Withdrawn, other.Withdrawn);
        Compare(text, "reopened", Reopened, other.Reopened);
        Compare(text, "on time", OnTime, other.OnTime);
        return text.ToString();
    }

    private void FoldEnd(CaseEvent happened)
    {
        switch (happened)
        {
            case CaseEvent.CaseResolved e:
                (Resolved, Stage, OnTime) = (Next(Resolved), CaseStage.Resolved, e.OnTime);
                break;
            case CaseEvent.CaseRejected e:
                (Rejected, Stage, OnTime) = (Next(Rejected), CaseStage.Rejected, e.OnTime);
                break;
            case CaseEvent.ResultReturned:
                (Returned, Stage) = (Next(Returned), CaseStage.Returned);
                break;
            case CaseEvent.CaseRated e:
                Rating = (byte)e.Score;
                break;
            case CaseEvent.CaseClosed:
                (Closed, Stage) = (Next(Closed), CaseStage.Closed);
                break;
            case CaseEvent.CaseWithdrawn:
                (Withdrawn, Stage) = (Next(Withdrawn), CaseStage.Withdrawn);
                break;
            case CaseEvent.CaseReopened e:
                (Reopened, Stage, OnTime, Rating, Office) = (Next(Reopened), CaseStage.Received, null, 0, e.Office);
                break;
            default:
                break;
        }
    }

    private static void Compare<T>(StringBuilder text, string field, T ours, T theirs)
    {
        if (!EqualityComparer<T>.Default.Equals(ours, theirs))
        {
            text.Append(CultureInfo.InvariantCulture, $"{(text.Length == 0 ? "" : ", ")}{field} {Show(ours)} ≠ {Show(theirs)}");
        }
    }

    private static string Show<T>(T value) => value?.ToString() ?? "none";
}
