using CityTwin.Grains;

namespace CityTwin.Silo.Views;

/// <summary>What each event makes of a case's row. Follows <c>CaseDecider.Evolve</c>; a test holds the two together.</summary>
internal static class CaseFold
{
    /// <summary>Fills the empty row of a case that was filed.</summary>
    public static void File(ref CaseRow row, CaseEvent.CaseFiled e, CityNames names)
    {
        row.Kind = e.Kind;
        row.Channel = e.Channel;
        row.Urgency = e.Urgency;
        row.Citizen = e.Citizen.Value;
        row.Commune = names.Office(e.Commune);
        row.Office = names.Office(e.Office);
        row.Service = names.Service(e.Service);
        row.FiledAt = e.At.ToUnixTimeMilliseconds();
        row.DueAt = e.DueAt.ToUnixTimeMilliseconds();
        Enter(ref row, CaseStage.Received, e.At);
    }

    /// <summary>Takes in any later event; those that change nothing that a row has are left out.</summary>
    public static void Apply(ref CaseRow row, CaseEvent happened, CityNames names)
    {
        switch (happened)
        {
            case CaseEvent.CaseQueued e:
                row.Office = names.Office(e.Office);
                row.Desk = names.Desk(e.Desk);
                Enter(ref row, CaseStage.Queued, e.At);
                break;
            case CaseEvent.WorkStarted e:
                row.Official = checked((int)e.Official.Number);
                Enter(ref row, CaseStage.InProgress, e.At);
                break;
            case CaseEvent.DocumentsChecked e:
                Enter(ref row, e.Remaining is null ? CaseStage.Received : CaseStage.WaitingForCitizen, e.At);
                break;
            case CaseEvent.CitizenAsked e:
                Enter(ref row, CaseStage.WaitingForCitizen, e.At);
                break;
            case CaseEvent.CitizenAnswered e:
                row.DueAt = e.DueAt.ToUnixTimeMilliseconds();
                Mark(ref row, CaseMarks.Overdue, row.Has(CaseMarks.Overdue) && e.DueAt <= e.At);
                Enter(ref row, CaseStage.Received, e.At);
                break;
            case CaseEvent.CaseBecameOverdue:
                Mark(ref row, CaseMarks.Overdue, true);
                break;
            case CaseEvent.CaseMoved e:
                Move(ref row, e, names);
                break;
            default:
                ApplyToResult(ref row, happened, names);
                break;
        }
    }

    private static void ApplyToResult(ref CaseRow row, CaseEvent happened, CityNames names)
    {
        switch (happened)
        {
            case CaseEvent.CaseEscalated e:
                row.Office = names.Office(e.To);
                row.Escalations = Saturate(row.Escalations + 1);
                Enter(ref row, CaseStage.Received, e.At);
                break;
            case CaseEvent.CaseSentBack e:
                row.Office = names.Office(e.To);
                Enter(ref row, CaseStage.Received, e.At);
                break;
            case CaseEvent.CategoryAssigned e:
                Assign(ref row, e, names);
                break;
            case CaseEvent.CaseResolved e:
                Decide(ref row, CaseStage.Resolved, e.At, e.OnTime);
                break;
            case CaseEvent.CaseRejected e:
                Decide(ref row, CaseStage.Rejected, e.At, e.OnTime);
                break;
            case CaseEvent.ResultReturned e:
                Enter(ref row, CaseStage.Returned, e.At);
                break;
            case CaseEvent.CaseRated e:
                row.Rating = (byte)e.Score;
                break;
            case CaseEvent.CaseClosed e:
                Enter(ref row, CaseStage.Closed, e.At);
                break;
            case CaseEvent.CaseWithdrawn e:
                Enter(ref row, CaseStage.Withdrawn, e.At);
                break;
            case CaseEvent.CaseReopened e:
                row.Office = names.Office(e.Office);
                row.DueAt = e.DueAt.ToUnixTimeMilliseconds();
                row.Rating = 0;
                row.Reopenings = Saturate(row.Reopenings + 1);
                Mark(ref row, CaseMarks.Overdue | CaseMarks.HasResult | CaseMarks.OnTime, false);
                Enter(ref row, CaseStage.Received, e.At);
                break;
            default:
                break;
        }
    }

    // While the citizen is waited for, and before the ledger has answered, only the office in charge changes.
    private static void Move(ref CaseRow row, CaseEvent.CaseMoved e, CityNames names)
    {
        row.Office = names.Office(e.To);
        if (row.Stage is CaseStage.Queued or CaseStage.InProgress)
        {
            Enter(ref row, CaseStage.Received, e.At);
        }
    }

    private static void Assign(ref CaseRow row, CaseEvent.CategoryAssigned e, CityNames names)
    {
        row.Service = names.Service(e.Category);
        row.Urgency = e.Urgency;
        row.Office = names.Office(e.To);
        row.DueAt = e.DueAt.ToUnixTimeMilliseconds();
        Mark(ref row, CaseMarks.Overdue, row.Has(CaseMarks.Overdue) && e.DueAt <= e.At);
        if (!e.FromDesk.IsNone)
        {
            Enter(ref row, CaseStage.Received, e.At);
        }
    }

    private static void Decide(ref CaseRow row, CaseStage stage, DateTimeOffset at, bool onTime)
    {
        Mark(ref row, CaseMarks.HasResult, true);
        Mark(ref row, CaseMarks.OnTime, onTime);
        Enter(ref row, stage, at);
    }

    private static void Enter(ref CaseRow row, CaseStage stage, DateTimeOffset at)
    {
        row.Stage = stage;
        row.StageAt = at.ToUnixTimeMilliseconds();
    }

    private static void Mark(ref CaseRow row, CaseMarks marks, bool on) => row.Marks = on ? row.Marks | marks : row.Marks & ~marks;

    private static byte Saturate(int count) => (byte)Math.Min(count, byte.MaxValue);
}
