using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <content>What the citizen does, and what happens to the result.</content>
public sealed partial class CaseDecider
{
    private static Decision<CaseEvent> Answer(CaseState state, CaseCommand.Answer c, in Turn turn)
    {
        if (state.Stage != CaseStage.WaitingForCitizen)
        {
            return Refusal.CaseNotWaiting;
        }
        ImmutableArray<string> documents = c.Documents.OrEmpty();
        Refusal refusal = TextLimits.Check(turn.Rules.Catalogue, documents);
        bool says = !documents.IsEmpty || TextLimits.IsText(c.Text);
        if (refusal != Refusal.None || !says || !TextLimits.IsTextOrNone(c.Text))
        {
            return refusal != Refusal.None ? refusal : Refusal.OutOfRange;
        }
        return new CaseEvent.CitizenAnswered(
            turn.At, documents, c.Text, DeadlineClock.Resume(turn.Rules.Calendar, turn.At, state.Remaining));
    }

    private static Decision<CaseEvent> RecordDocumentCheck(CaseState state, CaseCommand.RecordDocumentCheck c, in Turn turn)
    {
        if (state.Stage != CaseStage.Received || state.OnItsWay)
        {
            return Decision<CaseEvent>.Unchanged;
        }
        ImmutableArray<string> reused = c.Reused.OrEmpty();
        ImmutableArray<string> missing = c.Missing.OrEmpty();
        if (missing.IsEmpty)
        {
            return new CaseEvent.DocumentsChecked(turn.At, reused, missing, null, null);
        }
        WorkCalendar calendar = turn.Rules.Calendar;
        return new CaseEvent.DocumentsChecked(
            turn.At, reused, missing, DeadlineClock.Stop(calendar, turn.At, state.DueAt),
            calendar.AddDays(turn.At, turn.Rules.Terms.AnswerWithinDays));
    }

    private static Decision<CaseEvent> Withdraw(CaseState state, CaseCommand.Withdraw c, in Turn turn)
    {
        if (state.Stage == CaseStage.Withdrawn)
        {
            return Decision<CaseEvent>.Unchanged;
        }
        if (!state.IsOpen)
        {
            return Refusal.CaseNotOpen;
        }
        return TextLimits.IsTextOrNone(c.Reason)
            ? new CaseEvent.CaseWithdrawn(turn.At, c.Reason, DeskNow(state), WorkedInHand(state, turn))
            : Refusal.OutOfRange;
    }

    private static Decision<CaseEvent> ReturnResult(CaseState state, in Turn turn) => state.Stage switch
    {
        CaseStage.Resolved => new CaseEvent.ResultReturned(
            turn.At, turn.Rules.Calendar.AddDays(turn.At, turn.Rules.Terms.CloseAfterDays)),
        CaseStage.Returned => Decision<CaseEvent>.Unchanged,
        CaseStage.Closed or CaseStage.Withdrawn => Refusal.CaseNotOpen,
        _ => Refusal.CaseNotResolved,
    };

    private static Decision<CaseEvent> Rate(CaseState state, CaseCommand.Rate c, in Turn turn)
    {
        if (state.IsOpen)
        {
            return Refusal.CaseNotResolved;
        }
        if (state.Rating != 0)
        {
            return Refusal.CaseAlreadyRated;
        }
        if (IsFinished(state))
        {
            return Refusal.CaseNotOpen;
        }
        if (c.Score is < 1 or > 5 || !TextLimits.IsTextOrNone(c.Comment))
        {
            return Refusal.OutOfRange;
        }
        var rated = new CaseEvent.CaseRated(turn.At, c.Score, c.Comment);
        return state.Stage == CaseStage.Returned ? (CaseEvent[])[rated, new CaseEvent.CaseClosed(turn.At)] : rated;
    }

    private static Decision<CaseEvent> Close(CaseState state, in Turn turn) => state.Stage switch
    {
        CaseStage.Resolved or CaseStage.Returned or CaseStage.Rejected => new CaseEvent.CaseClosed(turn.At),
        CaseStage.Closed => Decision<CaseEvent>.Unchanged,
        CaseStage.Withdrawn => Refusal.CaseNotOpen,
        _ => Refusal.CaseNotResolved,
    };

    private static Decision<CaseEvent> Reopen(CaseState state, CaseCommand.Reopen c, in Turn turn)
    {
        if (state.IsOpen)
        {
            return Refusal.CaseNotResolved;
        }
        if (state.Stage == CaseStage.Withdrawn)
        {
            return Refusal.CaseNotOpen;
        }
        CityRules rules = turn.Rules;
        bool isLate = state.Stage == CaseStage.Closed || turn.At > rules.Calendar.AddDays(state.ResolvedAt!.Value, rules.Terms.ReopenWithinDays);
        if (isLate || !TextLimits.IsText(c.Reason))
        {
            return isLate ? Refusal.ReopenTooLate : Refusal.OutOfRange;
        }
        return rules.Catalogue.Find(state.Service) is { } service
            ? new CaseEvent.CaseReopened(turn.At, c.Reason, rules.InForce(state.Office), rules.Calendar.DueAt(turn.At, service.Limit))
            : Refusal.UnknownService;
    }
}
