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
