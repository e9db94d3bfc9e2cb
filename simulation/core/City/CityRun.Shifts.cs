namespace CityTwin.Simulation.City;

public sealed partial class CityRun
{
    private readonly StaffBoard _staff;
    private readonly int[] _opensNext;
    private readonly List<int>?[] _deferred;

    private void ScheduleOpening(int office, int stretch)
    {
        _opensNext[office] = stretch;
        if (stretch < _days.Stretches)
        {
            Schedule(office, Math.Max(_beginsAt, _days.Opens[stretch]), Happening.Open, office);
        }
    }

    private void Open(int office, long now)
    {
        int stretch = _opensNext[office];
        int day = _days.DayOfStretch[stretch];
        ScheduleOpening(office, stretch + 1);
        // A run from the live state may begin in the middle of a day.
        bool isFirst = _days.IsFirstOfDay(stretch) || now == _beginsAt;
        if (isFirst)
        {
            CountBacklog(office, day);
        }
        _staff.Stretch[office] = stretch;
        _staff.OpenUntil[office] = _phase.IsOpen[office] ? _days.Closes[stretch] : 0;
        double hours = (_days.Closes[stretch] - now) / (double)TimeSpan.TicksPerHour;
        bool counts = now >= _countFrom;
        foreach (int officer in _staff.OfOffice[office])
        {
            if (isFirst)
            {
                SetPresent(officer, _clock.IsPresent(officer, day));
            }
            if (counts && _phase.IsActive[officer])
            {
                (_staff.Present[officer] ? _outcome.OnShift : _phase.IsOpen[office] ? _outcome.Absent : _outcome.Shut)[_staff.FirstDesk[officer]] += hours;
            }
        }
        if (_phase.IsOpen[office])
        {
            AdmitDeferred(office, now);
            foreach (int officer in _staff.OfOffice[office])
            {
                TakeNext(officer, now);
            }
        }
    }

    // Who came to a shut counter comes when it opens; the deadline runs from then.
    private void AdmitDeferred(int office, long now)
    {
        if (_deferred[office] is not { Count: > 0 } waiting)
        {
            return;
        }
        foreach (int slot in waiting)
        {
            Receive(slot, now);
        }
        waiting.Clear();
    }

    private void SetPresent(int officer, bool present)
    {
        if (_staff.Present[officer] == present)
        {
            return;
        }
        _staff.Present[officer] = present;
        if (_staff.InHand[officer] < 0)
        {
            AddIdle(officer, present ? 1 : -1);
        }
    }

    private void AddIdle(int officer, int change)
    {
        foreach (int desk in _phase.OfficerDesks[officer])
        {
            _desks.Idle[desk] += change;
        }
    }

    // A new model: queues are sorted and routed anew, work in hand of those who leave the staff goes back to its queue.
    private void Enter(PhaseTables phase, int day)
    {
        long now = _days.MidnightOf(day);
        for (int officer = 0; officer < _staff.InHand.Length; officer++)
        {
            SetPresent(officer, false);
        }
        _phase = phase;
        List<int> waiting = [];
        for (int desk = 0; desk < _desks.Effort.Length; desk++)
        {
            _desks.QueueOf(desk).Drain(waiting);
        }
        for (int officer = 0; officer < _staff.InHand.Length; officer++)
        {
            if (_staff.InHand[officer] >= 0 && !phase.IsActive[officer])
            {
                waiting.Add(PutBack(officer, now));
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

    private int PutBack(int officer, long now)
    {
        int slot = _staff.InHand[officer];
        long spends = _staff.Spends[officer];
        long undone = _staff.EndsAt[officer] == long.MaxValue ? spends : Math.Clamp(WorkBetween(now, _staff.EndsAt[officer]), 0, spends);
        _cases[slot].WorkLeft = Math.Max(1, undone + _staff.Left[officer]);
        _cases[slot].Place = CasePlace.Queued;
        _staff.InHand[officer] = -1;
        _staff.EndsAt[officer] = 0;
        return slot;
    }
}
