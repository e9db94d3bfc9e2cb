namespace CityTwin.Simulation.City;

/// <summary>When an officer is there, and when a piece of work is done that starts now.</summary>
internal sealed class OfficerClock
{
    private readonly DayTable _days;
    private readonly int[] _phaseOfDay;
    private readonly PhaseTables[] _phases;
    private readonly int[] _office;
    private readonly ulong[] _luck;

    public OfficerClock(DayTable days, int[] phaseOfDay, PhaseTables[] phases, ulong seed, int replication)
    {
        _days = days;
        _phaseOfDay = phaseOfDay;
        _phases = phases;
        _office = [.. phases[0].Model.Officers.Select(o => o.Office)];
        RandomStream absence = RandomStream.Of(seed, StreamPurpose.Absence, 0, replication);
        _luck = [.. Enumerable.Range(0, _office.Length).Select(o => absence.KeyOf((ulong)o))];
    }

    /// <summary>Whether an officer works on a day: on the staff, the office open, and not absent. A function of the day alone.</summary>
    public bool IsPresent(int officer, int day)
    {
        PhaseTables phase = _phases[_phaseOfDay[day]];
        int office = _office[officer];
        if (!phase.IsActive[officer] || !phase.IsOpen[office])
        {
            return false;
        }
        double absent = phase.AbsenceShare[office];
        return absent <= 0 || RandomStream.UnitAt(_luck[officer], day) >= absent;
    }

    /// <summary>When work that starts now, inside a stretch, ends or is interrupted for good.</summary>
    /// <param name="officer">Who works.</param>
    /// <param name="now">The start, at or after the opening and before the closing of <paramref name="stretch"/>.</param>
    /// <param name="work">Working ticks, 0 or more.</param>
    /// <param name="stretch">The stretch in which <paramref name="now"/> lies.</param>
    /// <param name="policy">What happens at the end of the day.</param>
    /// <param name="left">Working ticks still to do at that moment: above 0 only where the case is handed over.</param>
    /// <returns>Ticks; <see cref="long.MaxValue"/> when it does not end within the days simulated.</returns>
    public long EndOf(int officer, long now, long work, int stretch, EndOfShift policy, out long left)
    {
        left = 0;
        long room = _days.Closes[stretch] - now;
        if (work <= room)
        {
            return now + work;
        }
        while (true)
        {
            if (_days.IsLastOfDay(stretch) && policy != EndOfShift.Hold)
            {
                left = policy == EndOfShift.HandOver ? work - room : 0;
                return policy == EndOfShift.HandOver ? _days.Closes[stretch] : now + work;
            }
            work -= room;
            do
            {
                if (++stretch >= _days.Stretches)
                {
                    return long.MaxValue;
                }
            }
            while (!IsPresent(officer, _days.DayOfStretch[stretch]));
            now = _days.Opens[stretch];
            room = _days.Closes[stretch] - now;
            // As WorkCalendar.Add: work that just fits ends at the closing, not at the next opening.
            if (work <= room)
            {
                return now + work;
            }
        }
    }
}
