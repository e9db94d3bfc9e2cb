using CityTwin.Grains;

namespace CityTwin.Simulation.City;

/// <summary>When an officer is there, and when a piece of work is done that starts now.</summary>
internal sealed class OfficerClock
{
    private readonly StaffHours _hours;
    private readonly int[] _phaseOfDay;
    private readonly PhaseTables[] _phases;
    private readonly int[] _office;
    private readonly ulong[] _luck;

    public OfficerClock(StaffHours hours, int[] phaseOfDay, PhaseTables[] phases, ulong seed, int replication)
    {
        _hours = hours;
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

    /// <summary>When work that starts now, inside a piece, ends or is interrupted for good.</summary>
    /// <param name="officer">Who works.</param>
    /// <param name="now">The start, at or after the opening and before the closing of <paramref name="piece"/>.</param>
    /// <param name="work">Working ticks, 0 or more.</param>
    /// <param name="piece">The piece in which <paramref name="now"/> lies; the officer works in it.</param>
    /// <param name="policy">What happens at the end of the officer's day.</param>
    /// <param name="left">Working ticks still to do at that moment: above 0 only where the case is handed over.</param>
    /// <param name="over">Ticks of it after the officer's hours: above 0 only where cases are finished after hours.</param>
    /// <returns>Ticks; <see cref="long.MaxValue"/> when it does not end within the days simulated.</returns>
    public long EndOf(int officer, long now, long work, int piece, EndOfShift policy, out long left, out long over)
    {
        left = 0;
        over = 0;
        long room = _hours.Closes[piece] - now;
        if (work <= room)
        {
            return now + work;
        }
        while (true)
        {
            if (policy != EndOfShift.Hold && _hours.IsLastOfDay(ShiftOf(officer, piece), piece))
            {
                left = policy == EndOfShift.HandOver ? work - room : 0;
                over = policy == EndOfShift.HandOver ? 0 : work - room;
                return policy == EndOfShift.HandOver ? _hours.Closes[piece] : now + work;
            }
            work -= room;
            do
            {
                if (++piece >= _hours.Pieces)
                {
                    return long.MaxValue;
                }
            }
            while (!IsThere(officer, piece));
            now = _hours.Opens[piece];
            room = _hours.Closes[piece] - now;
            // As WorkCalendar.Add: work that just fits ends at the closing, not at the next opening.
            if (work <= room)
            {
                return now + work;
            }
        }
    }

    /// <summary>The ticks for which an officer was there between two moments.</summary>
    public long ThereBetween(int officer, long from, long to)
    {
        long sum = 0;
        for (int piece = _hours.PieceAtOrAfter(from); piece < _hours.Pieces && _hours.Opens[piece] < to; piece++)
        {
            if (IsThere(officer, piece))
            {
                sum += Math.Min(to, _hours.Closes[piece]) - Math.Max(from, _hours.Opens[piece]);
            }
        }
        return sum;
    }

    private bool IsThere(int officer, int piece) => _hours.Works(ShiftOf(officer, piece), piece) && IsPresent(officer, _hours.DayOf[piece]);

    private int ShiftOf(int officer, int piece) => _phases[_phaseOfDay[_hours.DayOf[piece]]].Shift[officer];
}
