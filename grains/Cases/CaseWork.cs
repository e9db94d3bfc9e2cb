using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <content>What the official in charge does.</content>
public sealed partial class CaseDecider
{
    private static Decision<CaseEvent> StartWork(CaseState state, CaseCommand.StartWork c, in Turn turn)
    {
        // The desk's word comes late when the case was withdrawn or moved meanwhile: the desk has been told to let go of it already.
        bool isHere = state.Stage == CaseStage.Queued && state.Desk == c.Desk;
        return isHere ? new CaseEvent.WorkStarted(turn.At, c.Desk, c.Official) : Decision<CaseEvent>.Unchanged;
    }

    private static Decision<CaseEvent> AskCitizen(CaseState state, CaseCommand.AskCitizen c, in Turn turn)
    {
        ImmutableArray<string> documents = c.Documents.OrEmpty();
        Refusal refusal = CheckInHand(state, c.Official);
        if (refusal == Refusal.None)
        {
            bool says = documents.IsEmpty ? TextLimits.IsText(c.Question) : TextLimits.IsTextOrNone(c.Question);
            refusal = says ? TextLimits.Check(turn.Rules.Catalogue, documents) : Refusal.OutOfRange;
        }
        if (refusal != Refusal.None)
        {
            return refusal;
        }
        WorkCalendar calendar = turn.Rules.Calendar;
        return new CaseEvent.CitizenAsked(
            turn.At, c.Official, documents, c.Question, WorkedSince(state, turn), DeadlineClock.Stop(calendar, turn.At, state.DueAt),
            calendar.AddDays(turn.At, turn.Rules.Terms.AnswerWithinDays));
    }

    private static Decision<CaseEvent> Escalate(CaseState state, CaseCommand.Escalate c, in Turn turn)
    {
        Refusal refusal = CheckInHand(state, c.Official);
        if (refusal != Refusal.None)
        {
            return refusal;
        }
        if (state.Office.Kind == TwinKind.Department)
        {
            return Refusal.AlreadyAtCityLevel;
        }
        if (!TextLimits.IsText(c.Reason))
        {
            return Refusal.OutOfRange;
        }
        ServiceDefinition? service = turn.Rules.Catalogue.Find(state.Service);
        refusal = CaseRouting.EscalationTarget(turn.Rules, service, c.Department, out TwinId department);
        return refusal != Refusal.None
            ? refusal
            : new CaseEvent.CaseEscalated(turn.At, c.Official, state.Office, department, c.Reason, WorkedSince(state, turn));
    }

    private static Decision<CaseEvent> SendBack(CaseState state, CaseCommand.SendBack c, in Turn turn)
    {
        Refusal refusal = CheckInHand(state, c.Official);
        if (refusal != Refusal.None)
        {
            return refusal;
        }
        if (!CaseRouting.MaySendBack(state.Office, turn.Rules.Catalogue.Find(state.Service)))
        {
            return Refusal.NotAtCityLevel;
        }
        return TextLimits.IsText(c.Reason)
            ? new CaseEvent.CaseSentBack(
                turn.At, c.Official, state.Office, turn.Rules.InForce(state.Commune), c.Reason, WorkedSince(state, turn))
            : Refusal.OutOfRange;
    }

    private static Decision<CaseEvent> Resolve(CaseState state, CaseCommand.Resolve c, in Turn turn)
    {
        Refusal refusal = CheckInHand(state, c.Official);
        if (refusal != Refusal.None)
        {
            return refusal;
        }
        bool onTime = DeadlineClock.IsOnTime(turn.At, state.DueAt);
        return TextLimits.IsTextOrNone(c.Outcome)
            ? new CaseEvent.CaseResolved(turn.At, c.Official, c.Outcome, WorkedSince(state, turn), onTime)
            : Refusal.OutOfRange;
    }

    private static Decision<CaseEvent> Reject(CaseState state, CaseCommand.Reject c, in Turn turn)
    {
        Refusal refusal = CheckInHand(state, c.Official);
        if (refusal != Refusal.None)
        {
            return refusal;
        }
        if (!TextLimits.IsText(c.Reason))
        {
            return Refusal.OutOfRange;
        }
        bool onTime = DeadlineClock.IsOnTime(turn.At, state.DueAt);
        DateTimeOffset closeAt = turn.Rules.Calendar.AddDays(turn.At, turn.Rules.Terms.ReopenWithinDays);
        return new CaseEvent.CaseRejected(turn.At, c.Official, c.Reason, WorkedSince(state, turn), onTime, closeAt);
    }

    private static Refusal CheckInHand(CaseState state, TwinId official)
    {
        if (!state.IsOpen)
        {
            return Refusal.CaseNotOpen;
        }
        return state.Stage == CaseStage.InProgress && state.Official == official ? Refusal.None : Refusal.CaseNotInHand;
    }

    private static TimeSpan WorkedSince(CaseState state, in Turn turn) => turn.Rules.Calendar.Between(state.StageAt, turn.At);

    private static TimeSpan? WorkedInHand(CaseState state, in Turn turn) =>
        state.Stage == CaseStage.InProgress ? WorkedSince(state, turn) : null;
}
