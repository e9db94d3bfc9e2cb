using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <content>What became of intents: the ledger's lines, and what follows.</content>
public sealed partial class CityPlay
{
    private readonly OfficeTally[] _offices;
    private OfficeTally _elsewhere;

    private void Take(in Intent intent, in Outcome outcome)
    {
        if (intent.Kind == IntentKind.TakeNext)
        {
            TakeTaken(in intent, in outcome);
            return;
        }
        ref Slot slot = ref _slots[intent.Slot];
        switch (intent.Kind)
        {
            case IntentKind.FileDossier or IntentKind.FileFeedback:
                Filed++;
                slot.Case = outcome.Case;
                slot.FiledAt = _nowTicks;
                slot.Account.Filed = 1;
                Tally(_sheet.OfficeOf(outcome.Office)).Filed++;
                _slotOf[slot.Case] = intent.Slot;
                PlanWithdrawal(intent.Slot);
                Place(intent.Slot, in outcome);
                break;
            case IntentKind.Answer:
                slot.Account.Answered = CaseAccount.Next(slot.Account.Answered);
                slot.WaitedTicks += _calendar.Between(new DateTimeOffset(slot.WaitingSince, TimeSpan.Zero), Now).Ticks;
                Place(intent.Slot, in outcome);
                break;
            case IntentKind.Withdraw:
                TakeWithdrawal(intent.Slot);
                break;
            case IntentKind.Ask or IntentKind.Escalate or IntentKind.SendBack:
                TakePassedOn(in intent, in outcome);
                break;
            case IntentKind.Resolve or IntentKind.Reject:
                TakeDecision(in intent, in outcome);
                break;
            default:
                TakeAfterwards(in intent, in outcome);
                break;
        }
    }

    private void TakeTaken(in Intent intent, in Outcome outcome)
    {
        int desk = _sheet.Officials[intent.OfficialPlace].Desk;
        if (!_slotOf.TryGetValue(outcome.Case, out int at))
        {
            at = AddForeign(in outcome);
        }
        ref Slot slot = ref _slots[at];
        Unsettle(ref slot);
        slot.Desk = desk;
        slot.Account.Stage = CaseStage.InProgress;
        slot.Account.Started = CaseAccount.Next(slot.Account.Started);
        slot.Account.Office = _sheet.City.Offices[_sheet.Desks[desk].Office].Profile.Id;
        StartHandling(at, intent.OfficialPlace);

        // Another may wait that nobody told of: look until the desk is empty.
        if (slot.IsForeign && _desks[desk].Waiting == 0)
        {
            AddWaiting(desk);
        }
    }

    private void TakeWithdrawal(int at)
    {
        ref Slot slot = ref _slots[at];
        if (slot.Account.Stage == CaseStage.InProgress)
        {
            LetGo(ref slot);
        }
        slot.Account.Withdrawn = CaseAccount.Next(slot.Account.Withdrawn);
        slot.Account.Stage = CaseStage.Withdrawn;
        slot.Until = 0;
        Settle(at);
    }

    private void TakePassedOn(in Intent intent, in Outcome outcome)
    {
        ref Slot slot = ref _slots[intent.Slot];
        LetGo(ref slot);
        int from = _sheet.OfficeOf(slot.Account.Office);
        switch (intent.Kind)
        {
            case IntentKind.Ask:
                slot.Account.Asked = CaseAccount.Next(slot.Account.Asked);
                break;
            case IntentKind.Escalate:
                slot.Account.Escalated = CaseAccount.Next(slot.Account.Escalated);
                Tally(from).EscalatedOut++;
                Tally(_sheet.OfficeOf(outcome.Office)).EscalatedIn++;
                break;
            default:
                slot.Account.SentBack = CaseAccount.Next(slot.Account.SentBack);
                break;
        }
        Place(intent.Slot, in outcome);
    }

    private void TakeDecision(in Intent intent, in Outcome outcome)
    {
        ref Slot slot = ref _slots[intent.Slot];
        LetGo(ref slot);
        slot.DecidedAt = _nowTicks;
        slot.Account.OnTime = outcome.OnTime;
        slot.Until = outcome.Until?.UtcTicks ?? 0;
        ref OfficeTally office = ref Tally(_sheet.OfficeOf(slot.Account.Office));
        office.OnTime += outcome.OnTime == true ? 1 : 0;
        if (intent.Kind == IntentKind.Reject)
        {
            slot.Account.Rejected = CaseAccount.Next(slot.Account.Rejected);
            slot.Account.Stage = CaseStage.Rejected;
            office.Rejected++;
            Settle(intent.Slot);
            return;
        }
        slot.Account.Resolved = CaseAccount.Next(slot.Account.Resolved);
        slot.Account.Stage = CaseStage.Resolved;
        office.Resolved++;
        _citizens.Remember(slot.Citizen, slot.Service);
        PlanReturn(intent.Slot);
    }

    private void TakeAfterwards(in Intent intent, in Outcome outcome)
    {
        ref Slot slot = ref _slots[intent.Slot];
        if (intent.Kind == IntentKind.Return)
        {
            slot.Account.Returned = CaseAccount.Next(slot.Account.Returned);
            slot.Account.Stage = CaseStage.Returned;
            slot.Until = outcome.Until?.UtcTicks ?? 0;
            PlanAfterReturn(intent.Slot);
            return;
        }
        slot.Until = 0;
        if (intent.Kind == IntentKind.Reopen)
        {
            slot.Account.Reopened = CaseAccount.Next(slot.Account.Reopened);
            slot.Account.OnTime = null;
            slot.Account.Rating = 0;
            slot.DecidedAt = 0;
            Place(intent.Slot, in outcome);
            return;
        }
        if (intent.Kind == IntentKind.Rate)
        {
            slot.Account.Rating = (byte)intent.Score;
            Tally(_sheet.OfficeOf(slot.Account.Office)).Ratings++;
        }
        slot.Account.Closed = CaseAccount.Next(slot.Account.Closed);
        slot.Account.Stage = CaseStage.Closed;
        Settle(intent.Slot);
    }

    // Where the case is after what was done and all that followed from it.
    private void Place(int at, in Outcome outcome)
    {
        ref Slot slot = ref _slots[at];
        slot.Account.Stage = outcome.Stage;
        slot.Account.Office = outcome.Office;
        slot.Needed = outcome.Needed;
        slot.Reused = outcome.Reused;
        slot.Missing = outcome.Missing.IsDefault ? [] : outcome.Missing;
        slot.Until = outcome.Until?.UtcTicks ?? 0;
        switch (outcome.Stage)
        {
            case CaseStage.Queued:
                slot.Desk = _sheet.DeskOf(outcome.Desk);
                Prepare(at);
                break;
            case CaseStage.WaitingForCitizen:
                PlanAnswer(at);
                break;
            default:
                _hasUnplaced = true;
                break;
        }
    }

    private void TakeRefusal(in Intent intent, in Outcome outcome)
    {
        if (intent.Kind == IntentKind.TakeNext)
        {
            ref OfficialLine official = ref _officials[intent.OfficialPlace];
            official.InHand = outcome.Refusal == Refusal.OfficialHandsFull ? _sheet.City.Rules.Terms.InHandMax : official.InHand;
            _desks[_sheet.Officials[intent.OfficialPlace].Desk].Waiting = 0;
            BecomeIdle(intent.OfficialPlace, official.FreeAt);
            return;
        }
        ref Slot slot = ref _slots[intent.Slot];
        switch (intent.Kind)
        {
            case IntentKind.Ask or IntentKind.Escalate or IntentKind.SendBack:
                slot.MustResolve = true;
                Put(intent.Slot, HappeningKind.Decide, _nowTicks + 1, intent.OfficialPlace);
                break;
            case IntentKind.Resolve or IntentKind.Reject:
                LetGo(ref slot);
                slot.IsLost = true;
                Settle(intent.Slot);
                break;
            case IntentKind.Withdraw:
                break;
            default:
                slot.IsLost = slot.Account.Filed == 0;
                Settle(intent.Slot);
                break;
        }
    }

    private ref OfficeTally Tally(int office) => ref office < 0 ? ref _elsewhere : ref _offices[office];
}
