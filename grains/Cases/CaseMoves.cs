namespace CityTwin.Grains;

/// <content>How a case changes desks and offices.</content>
public sealed partial class CaseDecider
{
    // Only one desk is asked for at a time, so that the first answer is the one that is waited for.
    private static Decision<CaseEvent> RecordQueued(CaseState state, CaseCommand.RecordQueued c, in Turn turn)
    {
        if (!state.OnItsWay)
        {
            return Decision<CaseEvent>.Unchanged;
        }
        return state.Stage == CaseStage.Withdrawn
            ? new CaseEvent.CaseRecalled(turn.At, c.Office, c.Desk)
            : new CaseEvent.CaseQueued(turn.At, c.Office, c.Desk);
    }

    private static Decision<CaseEvent> Reassign(CaseState state, CaseCommand.Reassign c, in Turn turn)
    {
        if (!state.IsOpen)
        {
            return Refusal.CaseNotOpen;
        }
        CityRules rules = turn.Rules;
        if (c.Office.Kind is not (TwinKind.Commune or TwinKind.Department) || !rules.Offices.Contains(c.Office))
        {
            return Refusal.UnknownOffice;
        }
        if (!TextLimits.IsText(c.Reason) || !(c.Desk.IsNone || c.Desk.Kind == TwinKind.Desk))
        {
            return Refusal.OutOfRange;
        }
        if (state.OnItsWay)
        {
            return Refusal.CaseOnItsWay;
        }
        TwinId target = rules.InForce(c.Office);
        TwinId desk = DeskNow(state);
        bool isThere = target == rules.InForce(state.Office) && (desk.IsNone || c.Desk.IsNone || c.Desk == desk);
        return isThere
            ? Refusal.AlreadyThere
            : new CaseEvent.CaseMoved(turn.At, state.Office, target, c.Desk, c.Reason, desk, WorkedInHand(state, turn));
    }

    private static Decision<CaseEvent> Reroute(CaseState state, CaseCommand.Reroute c, in Turn turn)
    {
        // Only the desk that has the case may send it on; one that it left meanwhile speaks too late.
        TwinId desk = DeskNow(state);
        bool isHere = c.TurnedAway ? state.Stage == CaseStage.Received && state.OnItsWay : !desk.IsNone && (c.Desk.IsNone || c.Desk == desk);
        if (!isHere)
        {
            return Decision<CaseEvent>.Unchanged;
        }
        if (c.Office.Kind is not (TwinKind.Commune or TwinKind.Department))
        {
            return Refusal.UnknownOffice;
        }
        return new CaseEvent.CaseMoved(
            turn.At, state.Office, turn.Rules.InForce(c.Office), default, c.Reason ?? "", c.TurnedAway ? c.Desk : desk, WorkedInHand(state, turn));
    }

    private static TwinId DeskNow(CaseState state) => state.Stage is CaseStage.Queued or CaseStage.InProgress ? state.Desk : default;
}
