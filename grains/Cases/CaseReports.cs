namespace CityTwin.Grains;

/// <content>What belongs to reports alone: others who report the same, and what a person says it is about.</content>
public sealed partial class CaseDecider
{
    private static Decision<CaseEvent> Follow(CaseState state, CaseCommand.Follow c, in Turn turn)
    {
        Refusal refusal = CheckReport(state);
        if (refusal != Refusal.None)
        {
            return refusal;
        }
        if (state.Followers > 0 && c.Report == state.LastFollower)
        {
            return Decision<CaseEvent>.Unchanged;
        }
        bool inRange = (c.Citizen.IsNone || c.Citizen.Kind == TwinKind.Citizen) && IsKnown(c.Channel) && TextLimits.IsText(c.Description)
            && (c.Place is not { } place || IsOnEarth(place)) && c.Likeness is >= 0 and <= 1;
        return inRange
            ? new CaseEvent.CaseFollowed(turn.At, c.Report, c.Citizen, c.Channel, c.Description, c.Place, c.Likeness)
            : Refusal.OutOfRange;
    }

    /// <summary>An alert joins the open case and makes it as urgent as it is itself; a case that was answered already is taken up again.</summary>
    private static Decision<CaseEvent> TakeUpAlert(CaseState state, CaseCommand.TakeUpAlert c, in Turn turn)
    {
        if (state.Kind == CaseKind.Feedback && !state.IsOpen)
        {
            Decision<CaseEvent> again = Reopen(state, new CaseCommand.Reopen(c.Description), turn);
            return again.Count == 0 ? again : new[] { again[0], new CaseEvent.CaseFollowed(turn.At, c.Alert, default, Channel.Sensor, c.Description, c.Place, 1) };
        }
        Decision<CaseEvent> follows = Follow(state, new CaseCommand.Follow(c.Alert, default, Channel.Sensor, c.Description, c.Place, 1), turn);
        bool isUrgent = follows.Count == 1 && c.Urgency > state.Urgency && IsKnown(c.Urgency) && !state.OnItsWay;
        return isUrgent && turn.Rules.Catalogue.Find(state.Service) is { } service
            ? new CaseEvent[] { follows[0], Assigned(state, new CaseCommand.AssignCategory(state.Service), service, state.Office, c.Urgency!.Value, turn) }
            : follows;
    }

    private static Decision<CaseEvent> AssignCategory(CaseState state, CaseCommand.AssignCategory c, in Turn turn)
    {
        Refusal refusal = CheckReport(state);
        if (refusal != Refusal.None)
        {
            return refusal;
        }
        refusal = Check(turn.Rules, CaseKind.Feedback, c.Category, state.Commune, out ServiceDefinition? service, out TwinId office);
        if (refusal == Refusal.None && !(IsKnown(c.Urgency) && (c.Official.IsNone || c.Official.Kind == TwinKind.Official)))
        {
            refusal = Refusal.OutOfRange;
        }
        bool same = service?.Code == state.Service;
        Urgency urgency = c.Urgency ?? (same || service is null ? state.Urgency : service.Urgency);
        if (refusal != Refusal.None)
        {
            return refusal;
        }
        if (same && !state.NeedsCategory && urgency == state.Urgency)
        {
            return Decision<CaseEvent>.Unchanged;
        }
        return state.OnItsWay ? Refusal.CaseOnItsWay : Assigned(state, c, service!, same ? state.Office : office, urgency, turn);
    }

    private static CaseEvent.CategoryAssigned Assigned(
        CaseState state, CaseCommand.AssignCategory c, ServiceDefinition service, TwinId office, Urgency urgency, in Turn turn)
    {
        bool same = service.Code == state.Service;

        // A deadline that stands still, or began again with an objection, is no longer the category's own.
        bool keepsDue = same || state.Stage == CaseStage.WaitingForCitizen || state.Reopenings > 0;
        DateTimeOffset due = keepsDue ? state.DueAt : turn.Rules.Calendar.DueAt(state.FiledAt, service.Limit);
        TwinId desk = DeskNow(state);
        bool elsewhere = office != turn.Rules.InForce(state.Office) && office != state.Office;
        bool moves = !desk.IsNone && (elsewhere || service.Skill != state.Skill
            || (state.Stage == CaseStage.Queued && (due != state.DueAt || urgency != state.Urgency)));

        // A case that stays keeps the effort that its desk reckons with, so that the desk gives back what it took.
        double effort = moves || desk.IsNone ? service.Handling.MeanMinutes : state.Effort;
        return new CaseEvent.CategoryAssigned(
            turn.At, service.Code, state.Service, c.Official, state.Office, office, moves ? desk : default, service.Skill, effort, state.Effort,
            urgency, due, moves ? WorkedInHand(state, turn) : null);
    }

    private static Refusal CheckReport(CaseState state)
    {
        if (state.Kind != CaseKind.Feedback)
        {
            return Refusal.CaseNotFeedback;
        }
        return state.IsOpen ? Refusal.None : Refusal.CaseNotOpen;
    }

    private static CaseState AfterAssignment(CaseState state, CaseEvent.CategoryAssigned e)
    {
        CaseState now = state with
        {
            Service = e.Category,
            Skill = e.Skill,
            Effort = e.Effort,
            Urgency = e.Urgency,
            DueAt = e.DueAt,
            Overdue = state.Overdue && e.DueAt <= e.At,
            Classification = state.Classification is { } reading ? reading with { NeedsCategory = false } : null,
        };
        return e.FromDesk.IsNone ? now with { Office = e.To } : Underway(now, e.At, e.To, e.Worked ?? TimeSpan.Zero, now.Escalations);
    }

    private static void ReactToAssignment(TwinId self, CaseState state, CaseEvent.CategoryAssigned e, Outbox outbox)
    {
        outbox.Send(e.FromDesk, new DeskCommand.Release(self, LeaveReason.Moved));
        outbox.Send(e.From, new OfficeCommand.RecordLeave(self, e.FromDesk, LeaveReason.Moved, e.EffortBefore, false));
        if (e.Worked is { } time)
        {
            outbox.Send(state.Official, new OfficialCommand.RecordWork(self, LeaveReason.Moved, time, false));
        }
        Admit(self, state, AdmitReason.Moved, outbox);
    }
}
