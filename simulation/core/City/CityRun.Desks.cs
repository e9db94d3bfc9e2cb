using CityTwin.Grains;

namespace CityTwin.Simulation.City;

public sealed partial class CityRun
{
    private readonly DeskBoard _desks;

    // The live office's rule over the desks that have the skill; most offices have one, and nothing to choose.
    private int ChooseDesk(int office, int service)
    {
        int[] candidates = _phase.CandidatesOf(office, _phase.Services[service].Skill);
        if (candidates.Length == 1)
        {
            return candidates[0];
        }
        Span<double> effort = stackalloc double[candidates.Length];
        Span<int> staff = stackalloc int[candidates.Length];
        Span<ulong> able = stackalloc ulong[candidates.Length];
        for (int i = 0; i < candidates.Length; i++)
        {
            effort[i] = _desks.Effort[candidates[i]];
            staff[i] = _phase.Staff[candidates[i]];
            able[i] = 1;
        }
        return candidates[DeskChoice.ShortestWait(effort, staff, able, 0)];
    }

    // A case comes to an office: at once from within, overnight from elsewhere where offices are simulated apart.
    private void Route(int slot, int office, int from, long now)
    {
        ref SimulatedCase item = ref _cases[slot];
        int inCharge = _phase.Successor[office];
        int desk = ChooseDesk(inCharge, item.Service);
        if (_isOvernight && _desks.Office[desk] != from)
        {
            item.Desk = desk;
            item.Place = CasePlace.Travelling;
            _desks.Load(desk, _phase.Services[item.Service].Effort);
            Schedule(_desks.Office[desk], Math.Max(now, _days.MidnightOf(_days.DayOf(now) + 1)), Happening.Receive, slot);
            return;
        }
        Enqueue(slot, desk, now);
    }

    private void Enqueue(int slot, int desk, long now) => Enqueue(slot, desk, now, now);

    private void Enqueue(int slot, int desk, long now, long joinedAt)
    {
        ref SimulatedCase item = ref _cases[slot];
        if (item.Place != CasePlace.Travelling)
        {
            _desks.Load(desk, _phase.Services[item.Service].Effort);
        }
        item.Desk = desk;
        item.JoinedAt = joinedAt;
        item.Place = CasePlace.Queued;
        _observer?.Queued((int)item.Ordinal, now, desk);
        if (_desks.Idle[desk] > 0 && _desks.QueueOf(desk).Count == 0)
        {
            foreach (int officer in _phase.DeskOfficers[desk])
            {
                if (CanTake(officer, now) && !_staff.HoldsMore(officer))
                {
                    Start(officer, slot, now);
                    return;
                }
            }
        }
        _desks.QueueOf(desk).Push(
            DeskBoard.KeyOf(item.Urgency, _phase.Disciplines[desk], item.DueAt, joinedAt), item.Ordinal, slot);
    }

    private bool CanTake(int officer, long now) =>
        _staff.InHand[officer] < 0 && _staff.Present[officer] && now < _staff.OpenUntil[_staff.Office[officer]];

    private void TakeNext(int officer, long now)
    {
        if (!CanTake(officer, now))
        {
            return;
        }
        if (_staff.HoldsMore(officer))
        {
            List<int> held = _staff.Held[officer]!;
            int slot = held[0];
            held.RemoveAt(0);
            Start(officer, slot, now);
            return;
        }
        foreach (int desk in _phase.OfficerDesks[officer])
        {
            if (_desks.QueueOf(desk).Count > 0)
            {
                Start(officer, _desks.QueueOf(desk).Pop(), now);
                if (_phase.Model.HandMax > 1)
                {
                    TakeMore(officer);
                }
                return;
            }
        }
    }

    // Who takes several cases at once works on them one after another; nobody else can while they are in his hand.
    private void TakeMore(int officer)
    {
        List<int> held = _staff.Held[officer] ??= [];
        foreach (int desk in _phase.OfficerDesks[officer])
        {
            while (held.Count + 1 < _phase.Model.HandMax && _desks.QueueOf(desk).Count > 0)
            {
                int slot = _desks.QueueOf(desk).Pop();
                _cases[slot].Place = CasePlace.InHand;
                held.Add(slot);
            }
        }
    }

    private void Start(int officer, int slot, long now)
    {
        ref SimulatedCase item = ref _cases[slot];
        if (item.WorkLeft <= 0)
        {
            item.WorkLeft = HandlingOf(ref item, officer);
        }
        long work = item.WorkLeft;
        item.Place = CasePlace.InHand;
        AddIdle(officer, -1);
        int office = _staff.Office[officer];
        long end = _clock.EndOf(officer, now, work, _staff.Piece[office], _phase.Model.EndOfShift, out long left, out long over);
        _staff.InHand[officer] = slot;
        _staff.StartedAt[officer] = now;
        _staff.EndsAt[officer] = end;
        _staff.Left[officer] = left;
        _staff.Over[officer] = over;
        _staff.Spends[officer] = work - left;
        _observer?.Started((int)item.Ordinal, now, item.Desk, officer, work);
        if (now >= _countFrom)
        {
            _outcome.Starts[item.Desk]++;
            // Since the opening of this piece every tick was worked: no need to ask the calendar.
            long waited = item.JoinedAt >= _hours.Opens[_staff.Piece[office]] ? now - item.JoinedAt : WorkBetween(item.JoinedAt, now);
            _outcome.QueueWait[item.Desk] += waited / (double)TimeSpan.TicksPerHour;
        }
        Schedule(office, end, Happening.Finish, officer);
    }

    private void Finish(int officer, long now)
    {
        if (_staff.EndsAt[officer] != now || _staff.InHand[officer] < 0)
        {
            return;
        }
        int slot = _staff.InHand[officer];
        long left = _staff.Left[officer];
        _staff.InHand[officer] = -1;
        if (_staff.Present[officer])
        {
            AddIdle(officer, 1);
        }
        CountWork(officer, now);
        ref SimulatedCase item = ref _cases[slot];
        item.WorkLeft = left;
        if (left > 0)
        {
            Leave(slot);
            Enqueue(slot, item.Desk, now, item.JoinedAt);
            HandOver(officer, now);
            return;
        }
        // First the queue, then the case: a case that comes back must not overtake those who wait.
        TakeNext(officer, now);
        Leave(slot);
        EndVisit(slot, _staff.Office[officer], now);
        TakeNext(officer, now);
        if (_staff.HoldsMore(officer) && _phase.Model.EndOfShift == EndOfShift.HandOver && GoesHome(officer, now))
        {
            HandOver(officer, now);
        }
    }

    private bool GoesHome(int officer, long now)
    {
        int piece = _staff.Piece[_staff.Office[officer]];
        return now >= _hours.Closes[piece] && _hours.IsLastOfDay(_phase.Shift[officer], piece);
    }

    // What he has in hand and has not begun goes back with what he has.
    private void HandOver(int officer, long now)
    {
        if (!_staff.HoldsMore(officer))
        {
            return;
        }
        int[] held = [.. _staff.Held[officer]!];
        _staff.Held[officer]!.Clear();
        foreach (int slot in held)
        {
            Leave(slot);
            Enqueue(slot, _cases[slot].Desk, now, _cases[slot].JoinedAt);
        }
    }

    // The load leaves the desk with the case.
    private void Leave(int slot)
    {
        ref SimulatedCase item = ref _cases[slot];
        _desks.Unload(item.Desk, _phase.Services[item.Service].Effort);
        item.Place = CasePlace.InProcess;
    }

    private void CountWork(int officer, long now)
    {
        if (now < _countFrom)
        {
            return;
        }
        int desk = _staff.FirstDesk[officer];
        _outcome.Busy[desk] += _staff.Spends[officer] / (double)TimeSpan.TicksPerHour;
        _outcome.Overtime[desk] += _staff.Over[officer] / (double)TimeSpan.TicksPerHour;
    }
}
