using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <content>Cases that were there before the play.</content>
public sealed partial class CityPlay
{
    /// <summary>Before playing: takes up what waits at a desk and what its officials have in hand from before.</summary>
    public void TakeUp(TwinId desk, DeskState state)
    {
        int at = _sheet.DeskOf(desk);
        if (at < 0)
        {
            return;
        }
        _desks[at].Waiting = state.Queue.Count;
        foreach ((TwinId id, TwinId official) in state.InHand.OrderBy(h => h.Key))
        {
            int place = _sheet.OfficialOf(official);
            if (place >= 0)
            {
                int slot = AddForeign(Outcome.Taken(id));
                _slots[slot].Account.Stage = CaseStage.InProgress;
                _slots[slot].Official = place;
                _officials[place].InHand++;
                Put(slot, HappeningKind.Decide, _officials[place].FreeAt + TimeSpan.TicksPerMinute, place);
            }
        }
        MarkReady(at);
    }

    /// <summary>Before playing: takes up a case of which its citizen still wants something; others are left to their desks and deadlines.</summary>
    public void TakeUp(TwinId id, CaseState state)
    {
        if (_slotOf.ContainsKey(id) || state.Stage is not (CaseStage.WaitingForCitizen or CaseStage.Resolved or CaseStage.Returned))
        {
            return;
        }
        int at = AddForeign(Outcome.Of(id, state));
        ref Slot slot = ref _slots[at];
        (slot.Citizen, slot.Channel, slot.Missing, slot.Until) = (state.Citizen, state.Channel, state.Missing, state.Until?.UtcTicks ?? 0);
        (slot.Account.Stage, slot.Account.Office, slot.Account.OnTime) = (state.Stage, state.Office, state.OnTime);
        slot.Service = _sheet.Services.ToList().FindIndex(s => s.Code == state.Service);
        if (state.Stage == CaseStage.WaitingForCitizen)
        {
            PlanAnswer(at);
        }
        else if (state.Stage == CaseStage.Resolved)
        {
            PlanReturn(at);
        }
        else
        {
            PlanAfterReturn(at);
        }
    }

    private int AddForeign(in Outcome outcome)
    {
        int at = NewSlot(outcome.Case.Number);
        ref Slot slot = ref _slots[at];
        slot.IsForeign = true;
        slot.Case = outcome.Case;
        slot.Service = -1;
        slot.Commune = -1;
        slot.FiledAt = _nowTicks;
        _slotOf.Add(outcome.Case, at);
        return at;
    }
}
