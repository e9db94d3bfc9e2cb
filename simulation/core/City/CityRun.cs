using CityTwin.Grains;

namespace CityTwin.Simulation.City;

/// <summary>Simulates a city's timeline once, event by event.</summary>
/// <remarks>
/// With <see cref="Coupling.Immediate"/> all offices share one heap; with <see cref="Coupling.Overnight"/> each has its own and
/// runs day by day. Everything an event touches is allocated before or grows with the backlog. Not thread-safe: one per replication.
/// </remarks>
public sealed partial class CityRun
{
    private const int SlicesPerDay = 96;
    private const int KindShift = 27;
    private const int IndexMask = (1 << KindShift) - 1;
    private readonly Timeline _timeline;
    private readonly DayTable _days;
    private readonly PhaseTables[] _phases;
    private readonly int[] _phaseOfDay;
    private readonly ArrivalStreams _arrivals;
    private readonly OfficerClock _clock;
    private readonly CaseTable _cases = new();
    private readonly EventHeap[] _heaps;
    private readonly LaterSlices _later;
    private readonly int _slicesPerDay;
    private readonly bool _isOvernight;
    private readonly WorkCalendar _calendar;
    private readonly CityOutcome _outcome;
    private readonly IRunObserver? _observer;
    private readonly long _countFrom;
    private readonly long _beginsAt;
    private readonly int[] _open;
    private PhaseTables _phase;
    private long _events;
    private long _sliceEnd;

    private CityRun(Timeline timeline, ulong seed, int replication, IRunObserver? observer)
    {
        CityModel first = timeline.Phases[0].Model;
        _timeline = timeline;
        _observer = observer;
        _calendar = first.Calendar;
        _days = new DayTable(first.Calendar, timeline.Start, timeline.Days);
        OfficeWeek[] shifts = [.. timeline.Phases.SelectMany(p => p.Model.Officers).Select(o => o.Hours).OfType<OfficeWeek>().Distinct()];
        _hours = new StaffHours(first.Calendar, timeline.Start, timeline.Days, shifts);
        _phases = [.. timeline.Phases.Select(p => new PhaseTables(p.Model, Math.Max(0, p.From.DayNumber - timeline.Start.DayNumber), shifts))];
        _phaseOfDay = [.. Enumerable.Range(0, timeline.Days).Select(d => Array.FindLastIndex(_phases, p => p.FromDay <= d))];
        _phase = _phases[0];
        _arrivals = new ArrivalStreams(timeline, _days, _phases, seed, replication);
        _clock = new OfficerClock(_hours, _phaseOfDay, _phases, seed, replication);
        // Officers who help out elsewhere tie offices together.
        _isOvernight = timeline.Phases.All(p => p.Model is { Coupling: Coupling.Overnight, Pools.IsEmpty: true });
        _heaps = [.. Enumerable.Range(0, _isOvernight ? first.Offices.Length : 1).Select(_ => new EventHeap(64))];
        // Offices that are simulated apart each run a whole day at a time; their heaps are small as they are.
        _slicesPerDay = _isOvernight ? 1 : SlicesPerDay;
        _later = new LaterSlices(_days.Midnight, TimeSpan.TicksPerDay / _slicesPerDay, timeline.Days * _slicesPerDay);
        _outcome = new CityOutcome(first, timeline.Days);
        _countFrom = _days.MidnightOf(timeline.WarmUpDays);
        _desks = new DeskBoard(first);
        _staff = new StaffBoard(first);
        _opensNext = new int[first.Offices.Length];
        _deferred = new List<int>?[first.Offices.Length];
        _open = new int[first.Offices.Length];
        _batches = new List<int>?[first.Offices.Length];
        _batchDue = new long[first.Offices.Length];
        _beginsAt = Math.Max(_days.Midnight, timeline.Live?.At.UtcTicks ?? 0);
        _arrivals.BeginAt(_beginsAt);
        _luckOfLive = RandomStream.Of(seed, StreamPurpose.Cases, -1, replication);
    }

    private enum Happening
    {
        Arrival = 0,
        Finish = 1,
        Answer = 2,
        ProcessEnd = 3,
        Open = 4,
        Phase = 5,
        Reopen = 6,
        Receive = 7,
        Traced = 8,
        Batch = 9,
    }

    /// <summary>Simulates once.</summary>
    /// <param name="timeline">What to simulate.</param>
    /// <param name="seed">The seed of all streams.</param>
    /// <param name="replication">Which replication; timelines with the same seed and replication have common random numbers.</param>
    /// <param name="observer">Who is told of each case's moments; null: nobody.</param>
    /// <param name="cancellation">Looked at once a simulated day.</param>
    public static CityOutcome Of(
        Timeline timeline, ulong seed, int replication = 0, IRunObserver? observer = null, CancellationToken cancellation = default)
    {
        CityRun run = new(timeline, seed, replication, observer);
        run.Begin();
        for (int day = 0; day < timeline.Days; day++)
        {
            cancellation.ThrowIfCancellationRequested();
            run.RunDay(day);
        }
        return run.Close();
    }

    private void Begin()
    {
        for (int office = 0; office < _opensNext.Length; office++)
        {
            ScheduleOpening(office, _hours.PieceAtOrAfter(_beginsAt));
        }
        if (_timeline.Live is { } live)
        {
            Adopt(live);
        }
        if (_timeline.Trace is { } trace)
        {
            ScheduleTrace(trace, 0);
            return;
        }
        for (int stream = 0; stream < _opensNext.Length * 2; stream++)
        {
            ScheduleArrival(stream);
        }
    }

    private void RunDay(int day)
    {
        int phase = _phaseOfDay[day];
        if (_phases[phase] != _phase)
        {
            Enter(_phases[phase], day);
        }
        for (int slice = 0; slice < _slicesPerDay; slice++)
        {
            _sliceEnd = _days.MidnightOf(day) + ((slice + 1) * (TimeSpan.TicksPerDay / _slicesPerDay));
            _later.Take((day * _slicesPerDay) + slice, _heaps);
            RunSlice();
        }
    }

    private void RunSlice()
    {
        foreach (EventHeap heap in _heaps)
        {
            while (heap.Count > 0)
            {
                long now = heap.TopKey;
                int what = heap.Pop();
                _events++;
                if (heap.Count > 0)
                {
                    Foresee(heap.TopPayload);
                }
                Handle((Happening)(what >> KindShift), what & IndexMask, now);
            }
        }
    }

    // While this event is handled, the case of the next one comes from memory.
    private void Foresee(int what)
    {
        int index = what & IndexMask;
        switch ((Happening)(what >> KindShift))
        {
            case Happening.Finish:
                _cases.Prefetch(Math.Max(0, _staff.InHand[index]));
                break;
            case Happening.Answer or Happening.ProcessEnd or Happening.Reopen or Happening.Receive:
                _cases.Prefetch(index);
                break;
            default:
                break;
        }
    }

    private void Handle(Happening happening, int index, long now)
    {
        switch (happening)
        {
            case Happening.Arrival:
                Arrive(index, now);
                break;
            case Happening.Finish:
                Finish(index, now);
                break;
            case Happening.Answer:
                TakeAnswer(index, now);
                break;
            case Happening.ProcessEnd:
                EndProcess(index, now);
                break;
            case Happening.Open:
                Open(index, now);
                break;
            case Happening.Reopen:
                Reopen(index, now);
                break;
            case Happening.Batch:
                CloseBatch(index, now);
                break;
            case Happening.Receive:
                Enqueue(index, _cases[index].Desk, now);
                break;
            default:
                ArriveTraced(index, now);
                break;
        }
    }

    private void Schedule(int office, long at, Happening happening, int index)
    {
        int what = ((int)happening << KindShift) | index;
        int heap = _isOvernight ? office : 0;
        if (at < _sliceEnd)
        {
            _heaps[heap].Push(at, what);
        }
        else if (at < _days.End)
        {
            _later.Add(heap, at, what);
        }
    }

    private CityOutcome Close()
    {
        foreach (int slot in _cases.Open())
        {
            ref SimulatedCase open = ref _cases[slot];
            if (open.Place is CasePlace.Decided or CasePlace.Deferred)
            {
                continue;
            }
            _outcome.ByOffice.OpenAtEnd[open.Origin]++;
            _outcome.ByService.OpenAtEnd[open.Service]++;
            if (open.Place != CasePlace.Waiting && open.DueAt < _days.End)
            {
                _outcome.ByOffice.OpenOverdue[open.Origin]++;
                _outcome.ByService.OpenOverdue[open.Service]++;
            }
        }
        _outcome.Events = _events;
        _outcome.OpenPeak = _cases.PeakCount;
        return _outcome;
    }

    private long AddWork(long from, long ticks) => _days.Add(from, ticks);

    private long WorkBetween(long from, long to) => _days.Worked(to) - _days.Worked(from);

    private static DateTimeOffset Moment(long ticks) => new(ticks, TimeSpan.Zero);
}
