using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <content>What a case tells other twins. A desk is told to let go before an office is asked for the next one.</content>
public sealed partial class CaseDecider
{
    /// <inheritdoc/>
    public static void React(TwinId self, CaseState state, CaseEvent happened, Outbox outbox)
    {
        switch (happened)
        {
            case CaseEvent.CaseFiled e when state.OnItsWay:
                Admit(self, state, AdmitReason.Filed, outbox);
                break;
            case CaseEvent.CaseFiled e:
                outbox.Send(e.Citizen, new CitizenCommand.CheckDocuments(self, e.Needed, e.Documents));
                break;
            case CaseEvent.DocumentsChecked e when state.OnItsWay:
                Admit(self, state, state.Desk.IsNone ? AdmitReason.Filed : AdmitReason.Answered, outbox, state.Desk);
                break;
            case CaseEvent.CitizenAnswered e when state.OnItsWay:
                Admit(self, state, AdmitReason.Answered, outbox, state.Desk);
                break;
            case CaseEvent.CitizenAnswered e:
                outbox.Send(state.Citizen, new CitizenCommand.CheckDocuments(self, state.Missing, e.Documents));
                break;
            case CaseEvent.CitizenAsked e:
                Leave(self, state, state.Office, LeaveReason.Waiting, e.Official, e.Worked, onTime: false, outbox);
                break;
            case CaseEvent.CaseEscalated e:
                Leave(self, state, e.From, LeaveReason.Escalated, e.Official, e.Worked, onTime: false, outbox);
                Admit(self, state, AdmitReason.Escalated, outbox);
                break;
            case CaseEvent.CaseSentBack e:
                Leave(self, state, e.From, LeaveReason.SentBack, e.Official, e.Worked, onTime: false, outbox);
                Admit(self, state, AdmitReason.SentBack, outbox);
                break;
            case CaseEvent.CaseMoved e:
                ReactToMove(self, state, e, outbox);
                break;
            case CaseEvent.CategoryAssigned { FromDesk.IsNone: false } e:
                ReactToAssignment(self, state, e, outbox);
                break;
            case CaseEvent.CaseBecameOverdue:
                outbox.Send(state.Office, new OfficeCommand.RecordOverdue(self));
                break;
            case CaseEvent.CaseReopened:
                Admit(self, state, AdmitReason.Reopened, outbox);
                break;
            default:
                ReactToEnd(self, state, happened, outbox);
                break;
        }
    }

    private static void ReactToEnd(TwinId self, CaseState state, CaseEvent happened, Outbox outbox)
    {
        switch (happened)
        {
            case CaseEvent.CaseResolved e:
                Leave(self, state, state.Office, LeaveReason.Resolved, e.Official, e.Worked, e.OnTime, outbox);
                if (!state.Needed.IsEmpty && !state.Citizen.IsNone)
                {
                    outbox.Send(state.Citizen, new CitizenCommand.VerifyDocuments(self));
                }
                break;
            case CaseEvent.CaseRejected e:
                Leave(self, state, state.Office, LeaveReason.Rejected, e.Official, e.Worked, e.OnTime, outbox);
                break;
            case CaseEvent.CaseWithdrawn { FromDesk.IsNone: false } e:
                LeaveDesk(self, state, state.Office, e.FromDesk, LeaveReason.Withdrawn, e.Worked, outbox);
                break;
            case CaseEvent.CaseRecalled e:
                LeaveDesk(self, state, e.Office, e.Desk, LeaveReason.Withdrawn, null, outbox);
                break;
            case CaseEvent.CaseRated e:
                outbox.Send(state.Office, new OfficeCommand.RecordRating(self, e.Score));
                outbox.Send(state.Official, new OfficialCommand.RecordRating(self, e.Score));
                break;
            default:
                break;
        }
    }

    private static void ReactToMove(TwinId self, CaseState state, CaseEvent.CaseMoved e, Outbox outbox)
    {
        if (!e.FromDesk.IsNone)
        {
            LeaveDesk(self, state, e.From, e.FromDesk, LeaveReason.Moved, e.Worked, outbox);
        }
        if (state.OnItsWay)
        {
            Admit(self, state, AdmitReason.Moved, outbox, e.Desk);
        }
    }

    private static void Admit(TwinId self, CaseState state, AdmitReason reason, Outbox outbox, TwinId desk = default) =>
        outbox.Send(state.Office, new OfficeCommand.Admit(self, reason, state.Skill, state.DueAt, state.Urgency, state.Effort, desk));

    private static void Leave(
        TwinId self, CaseState state, TwinId office, LeaveReason reason, TwinId official, TimeSpan worked, bool onTime, Outbox outbox)
    {
        outbox.Send(state.Desk, new DeskCommand.Release(self, reason));
        outbox.Send(office, new OfficeCommand.RecordLeave(self, state.Desk, reason, state.Effort, onTime));
        outbox.Send(official, new OfficialCommand.RecordWork(self, reason, worked, onTime));
    }

    private static void LeaveDesk(
        TwinId self, CaseState state, TwinId office, TwinId desk, LeaveReason reason, TimeSpan? worked, Outbox outbox)
    {
        outbox.Send(desk, new DeskCommand.Release(self, reason));
        outbox.Send(office, new OfficeCommand.RecordLeave(self, desk, reason, state.Effort, false));
        if (worked is { } time)
        {
            outbox.Send(state.Official, new OfficialCommand.RecordWork(self, reason, time, false));
        }
    }
}
