namespace CityTwin.Simulation.City;

public sealed partial class CityRun
{
    private readonly StaffHours _hours;
    private readonly StaffBoard _staff;
    private readonly int[] _opensNext;
    private readonly List<int>?[] _deferred;

    private void ScheduleOpening(int office, int piece)
    {
        _opensNext[office] = piece;
        if (piece < _hours.Pieces)
        {
            Schedule(office, Math.Max(_beginsAt, _hours.Opens[piece]), Happening.Open, office);
        }
    }

    private void Open(int office, long now)
    {
        int piece = _opensNext[office];
        int day = _hours.DayOf[piece];
        ScheduleOpening(office, piece + 1);
        // A run from the live state may begin in the middle of a day.
        bool isFirst = _hours.IsFirstOfDay(piece) || now == _beginsAt;
        if (isFirst && _days.IsWorkingDay[day])
        {
            CountBacklog(office, day);
        }
        _staff.Piece[office] = piece;
        _staff.OpenUntil[office] = _phase.IsOpen[office] ? _hours.Closes[piece] : 0;
        double hours = (_hours.Closes[piece] - now) / (double)TimeSpan.TicksPerHour;
        bool counts = now >= _countFrom;
        foreach (int officer in _staff.OfOffice[office])
        {
            bool works = _hours.Works(_phase.Shift[officer], piece);
            if (isFirst || _hours.HasShifts)
            {
                SetPresent(officer, works && _clock.IsPresent(officer, day));
            }
            if (counts && works && _phase.IsActive[officer])
            {
                (_staff.Present[officer] ? _outcome.OnShift : _phase.IsOpen[office] ? _outcome.Absent : _outcome.Shut)[_staff.FirstDesk[officer]] += hours;
            }
        }
        if (_phase.IsOpen[office])
        {
            if (_hours.Works(0, piece))
            {
                AdmitDeferred(office, now);
            }
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
}
