namespace CityTwin.Simulation.City;

/// <summary>When the next citizen files at an office, at the counter or online: a non-homogeneous Poisson process for each.</summary>
/// <remarks>
/// Unit-rate gaps are turned into times by the inverse of the integrated rate, hour by hour: exact, one number a case, and a
/// scenario with more demand has the same citizens coming sooner. Streams: office × 2 (counter), office × 2 + 1 (online).
/// </remarks>
internal sealed class ArrivalStreams
{
    private readonly RandomStream[] _gaps;
    private readonly RandomStream[] _cases;
    private readonly ulong[] _count;
    private readonly double[] _hour;
    private readonly DayTable _days;
    private readonly Calendar[] _calendars;

    public ArrivalStreams(Timeline timeline, DayTable days, PhaseTables[] phases, ulong seed, int replication)
    {
        int streams = phases[0].Rates.Rate.Length;
        _gaps = [.. Enumerable.Range(0, streams).Select(s => RandomStream.Of(seed, StreamPurpose.Arrivals, s, replication))];
        _cases = [.. Enumerable.Range(0, streams).Select(s => RandomStream.Of(seed, StreamPurpose.Cases, s, replication))];
        _count = new ulong[streams];
        _hour = new double[streams];
        _days = days;
        RandomStream luck = RandomStream.Of(seed, StreamPurpose.DayEffects, 0, replication);
        double[] normal = [.. Enumerable.Range(0, days.Days).Select(_ => NormalQuantile.Of(luck.NextUnit()))];
        _calendars = [.. phases.Select(p => new Calendar(p.Model, timeline.Start, days, normal))];
    }

    /// <summary>Lets nobody come before a moment.</summary>
    public void BeginAt(long at) => Array.Fill(_hour, (at - _days.Midnight) / (double)TimeSpan.TicksPerHour);

    /// <summary>The time of a stream's next case, ticks; <see cref="long.MaxValue"/> when none comes any more.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="phaseOfDay">Which phase is in force on a day.</param>
    /// <param name="phases">The phases.</param>
    public long Next(int stream, int[] phaseOfDay, PhaseTables[] phases)
    {
        double mass = _gaps[stream].NextExponential();
        double position = _hour[stream];
        int mode = stream & 1;
        for (int day = (int)(position / 24); day < _days.Days; day++)
        {
            int phase = phaseOfDay[day];
            Calendar calendar = _calendars[phase];
            double rate = phases[phase].Rates.Rate[stream] * calendar.DayFactor[mode][day];
            if (rate <= 0)
            {
                position = (day + 1) * 24;
                continue;
            }
            double[] hours = calendar.HourWeight[mode];
            int hourOfDay = (int)position - (day * 24);
            while (hourOfDay < 24)
            {
                double hourly = rate * hours[hourOfDay];
                double end = (day * 24) + hourOfDay + 1;
                double available = hourly * (end - position);
                if (mass < available)
                {
                    position += mass / hourly;
                    _hour[stream] = position;
                    return _days.Midnight + (long)(position * TimeSpan.TicksPerHour);
                }
                mass -= available;
                position = end;
                hourOfDay++;
            }
        }
        _hour[stream] = _days.Days * 24;
        return long.MaxValue;
    }

    /// <summary>The key of all luck of the stream's next case.</summary>
    public ulong NextKey(int stream) => _cases[stream].KeyOf(_count[stream]++);

    private sealed class Calendar
    {
        public Calendar(CityModel model, DateOnly start, DayTable days, double[] normal)
        {
            DemandProfile demand = model.Demand;
            double counterHours = demand.CounterHours.Sum();
            double onlineHours = demand.OnlineHours.Sum();
            HourWeight = [[.. demand.CounterHours.Select(w => w / counterHours)], [.. demand.OnlineHours.Select(w => w / onlineHours)]];
            double counterWeek = demand.CounterWeekdays.Take(5).Sum() / 5;
            double onlineWeek = demand.OnlineWeekdays.Sum() / 5;
            DayFactor = [new double[days.Days], new double[days.Days]];
            double owed = 0;
            for (int d = 0; d < days.Days; d++)
            {
                int weekday = ((int)start.AddDays(d).DayOfWeek + 6) % 7;
                bool holiday = !days.IsWorkingDay[d] && weekday < 5;
                double effect = demand.DaySigma == 0 ? 1 : Math.Exp((demand.DaySigma * normal[d]) - (demand.DaySigma * demand.DaySigma / 2));
                DayFactor[1][d] = demand.OnlineWeekdays[weekday] / onlineWeek * (holiday ? demand.HolidayOnline : 1) * effect;
                if (holiday)
                {
                    owed += demand.HolidayCatchUp * demand.CounterWeekdays[weekday] / counterWeek;
                }
                if (days.IsWorkingDay[d])
                {
                    // Half of what is owed comes on each working day: seven eighths within three.
                    double now = owed * 0.5;
                    owed -= now;
                    DayFactor[0][d] = ((Math.Max(demand.CounterWeekdays[weekday], 0.1) / counterWeek) + now) * effect;
                }
            }
        }

        public double[][] HourWeight { get; }

        public double[][] DayFactor { get; }
    }
}
