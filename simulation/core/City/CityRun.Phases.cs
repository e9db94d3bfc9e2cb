using CityTwin.Grains;

namespace CityTwin.Simulation.City;

public sealed partial class CityRun
{
    // A new model: queues are sorted and routed anew, and those who leave the staff put back what they have in hand.
    private void Enter(PhaseTables phase, int day)
    {
        long now = _days.MidnightOf(day);
        for (int officer = 0; officer < _staff.InHand.Length; officer++)
        {
            SetPresent(officer, false);
        }
        SetUrgencies(_phase, phase);
        _phase = phase;
        List<int> waiting = [];
        for (int desk = 0; desk < _desks.Effort.Length; desk++)
        {
            _desks.QueueOf(desk).Drain(waiting);
        }
        for (int officer = 0; officer < _staff.InHand.Length; officer++)
        {
            if (!phase.IsActive[officer])
            {
                PutBackAll(officer, now, waiting);
            }
        }
        _desks.Clear();
        foreach (int slot in _cases.Open().Where(s => _cases[s].Place is CasePlace.InHand or CasePlace.Travelling))
        {
            _desks.Load(_cases[slot].Desk, phase.Services[_cases[slot].Service].Effort);
        }
        waiting.Sort((a, b) => _cases[a].Ordinal.CompareTo(_cases[b].Ordinal));
        foreach (int slot in waiting)
        {
            int inCharge = phase.Successor[_desks.Office[_cases[slot].Desk]];
            Enqueue(slot, ChooseDesk(inCharge, _cases[slot].Service), now, _cases[slot].JoinedAt);
        }
    }

    // Open cases of a service that is given another priority have it too: those who wait are put in order anew.
    private void SetUrgencies(PhaseTables before, PhaseTables after)
    {
        bool[] changed = [.. before.Services.Zip(after.Services, (a, b) => a.Service.Urgency != b.Service.Urgency)];
        if (!changed.Contains(true))
        {
            return;
        }
        foreach (int slot in _cases.Open().Where(s => !_cases[s].IsTraced && changed[_cases[s].Service]))
        {
            _cases[slot].Urgency = (byte)after.Services[_cases[slot].Service].Service.Urgency;
        }
    }

    private void PutBackAll(int officer, long now, List<int> into)
    {
        if (_staff.InHand[officer] >= 0)
        {
            into.Add(PutBack(officer, now));
        }
        if (_staff.Held[officer] is { } held)
        {
            foreach (int slot in held)
            {
                _cases[slot].Place = CasePlace.Queued;
                into.Add(slot);
            }
            held.Clear();
        }
    }

    private int PutBack(int officer, long now)
    {
        int slot = _staff.InHand[officer];
        long spends = _staff.Spends[officer];
        long done = Math.Clamp(_clock.ThereBetween(officer, _staff.StartedAt[officer], now), 0, spends);
        if (now >= _countFrom)
        {
            _outcome.Busy[_staff.FirstDesk[officer]] += done / (double)TimeSpan.TicksPerHour;
        }
        _cases[slot].WorkLeft = Math.Max(1, spends - done + _staff.Left[officer]);
        _cases[slot].Place = CasePlace.Queued;
        _staff.InHand[officer] = -1;
        _staff.EndsAt[officer] = 0;
        return slot;
    }
}
