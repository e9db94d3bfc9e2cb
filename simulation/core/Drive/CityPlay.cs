using System.Runtime.InteropServices;
using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <summary>Citizens and officials of one city, in city time: says what they want next, and takes in what became of it.</summary>
/// <remarks>
/// A slice of time is played in two rounds: first what citizens do and officials decide, then what free officials take from their desks'
/// queues; so nobody needs a result of the same round. The order within a round is fixed by seed and city. Not thread-safe.
/// </remarks>
public sealed partial class CityPlay
{
    private const int StartingSlots = 1024;

    private static readonly TimeSpan CalmSlice = TimeSpan.FromMinutes(30);

    private readonly CitySheet _sheet;
    private readonly WorkCalendar _calendar;
    private readonly PlayOptions _options;
    private readonly Behaviour _behaviour;
    private readonly Draws _draws;
    private readonly Draws _ids;
    private readonly Agenda _agenda = new();
    private readonly Queue<Arrival> _arrivals = new();
    private readonly Dictionary<TwinId, int> _slotOf = [];
    private readonly Stack<int> _free = new();
    private readonly List<Intent> _intents = [];
    private readonly long[] _refusals = new long[1024];
    private Slot[] _slots = new Slot[StartingSlots];
    private int _slotCount;
    private int _slice;
    private long _nowTicks;

    /// <summary>A play of a city from a moment on.</summary>
    public CityPlay(CitySheet sheet, PlayOptions options, DateTimeOffset start)
    {
        _sheet = sheet;
        _calendar = sheet.City.Rules.Calendar;
        _options = options;
        _behaviour = options.Behaviour;
        _draws = new Draws(options.Seed);

        // Two runs on one city with one seed are two runs: what the second wants is not a repeat of the first.
        _ids = new Draws(Draws.Mix(options.Seed ^ (ulong)start.UtcTicks));
        _offices = new OfficeTally[sheet.City.Offices.Length];
        _desks = new DeskLine[sheet.Desks.Length];
        _officials = new OfficialLine[sheet.Officials.Length];
        _citizens = new CitizenMemory(sheet);
        _nowTicks = start.UtcTicks;
        SeatOfficials(start);
        PutOpening(start);
        if (options.PollEvery is { } every)
        {
            _agenda.Put(start.UtcTicks + every.Ticks, new Happening(HappeningKind.Poll, 0, -1, 0));
        }
    }

    /// <summary>The city as arrays.</summary>
    public CitySheet Sheet => _sheet;

    /// <summary>When the next thing happens; null when nothing more is expected of anyone.</summary>
    public DateTimeOffset? NextAt
    {
        get
        {
            if (_arrivals.Count == 0 && Unsettled == 0 && _options.KeepEnded)
            {
                return null;
            }
            long arrival = _arrivals.TryPeek(out Arrival next) ? next.AtTicks : long.MaxValue;
            return new DateTimeOffset(Math.Min(arrival, _agenda.NextAt), TimeSpan.Zero);
        }
    }

    /// <summary>Cases of which something more is expected: from a citizen or from an official.</summary>
    public int Unsettled { get; private set; }

    /// <summary>Cases filed so far.</summary>
    public int Filed { get; private set; }

    /// <summary>Arrivals that have not come yet.</summary>
    public int Expected => _arrivals.Count;

    /// <summary>Commands acknowledged so far.</summary>
    public long Acknowledged { get; private set; }

    /// <summary>Commands refused so far: an empty desk, or a citizen and an official who crossed.</summary>
    public long Refused { get; private set; }

    /// <summary>The latest moment at which a case that waits only for time ends by itself; null when there is none.</summary>
    public DateTimeOffset? LastEndsAt { get; private set; }

    /// <summary>What is to be sent now. Valid until the next collecting.</summary>
    public ReadOnlySpan<Intent> Intents => CollectionsMarshal.AsSpan(_intents);

    /// <summary>Adds arrivals, in order of time and none earlier than those added before.</summary>
    public void Expect(ReadOnlySpan<Arrival> arrivals)
    {
        foreach (ref readonly Arrival arrival in arrivals)
        {
            _arrivals.Enqueue(arrival);
        }
    }

    /// <summary>The end of the slice in which a moment lies. Once nobody comes any more, little happens, and slices are long.</summary>
    public DateTimeOffset SliceEnd(DateTimeOffset at)
    {
        if (!_calendar.IsOpen(at))
        {
            DateTimeOffset aligned = Aligned(at, _options.ClosedSlice);
            DateTimeOffset opens = _calendar.NextOpening(at);
            return aligned < opens ? aligned : opens;
        }
        return Aligned(at, _arrivals.Count > 0 || _options.Slice > CalmSlice ? _options.Slice : CalmSlice);
    }

    /// <summary>First round: what citizens do and officials decide up to a moment.</summary>
    /// <returns>How many intents there are.</returns>
    public int CollectActs(DateTimeOffset now)
    {
        _intents.Clear();
        _slice++;
        _nowTicks = now.UtcTicks;
        while (_arrivals.TryPeek(out Arrival arrival) && arrival.AtTicks <= _nowTicks)
        {
            _arrivals.Dequeue();
            AddFiling(arrival);
        }
        while (_agenda.TryTake(_nowTicks, out Happening happening, out long at))
        {
            Happen(happening, at);
        }
        return _intents.Count;
    }

    /// <summary>Takes in what became of the intents of the round, in their order.</summary>
    public void Absorb(ReadOnlySpan<Outcome> outcomes)
    {
        ReadOnlySpan<Intent> intents = Intents;
        for (int i = 0; i < intents.Length; i++)
        {
            ref readonly Outcome outcome = ref outcomes[i];
            if (outcome.Stands)
            {
                Acknowledged++;
                Take(in intents[i], in outcome);
            }
            else
            {
                Refused++;
                _refusals[(int)outcome.Refusal & 1023]++;
                TakeRefusal(in intents[i], in outcome);
            }
        }
        _intents.Clear();
    }

    /// <summary>How often each refusal came.</summary>
    public IEnumerable<(Refusal Refusal, long Times)> Refusals
    {
        get
        {
            for (int i = 0; i < _refusals.Length; i++)
            {
                if (_refusals[i] > 0)
                {
                    yield return ((Refusal)i, _refusals[i]);
                }
            }
        }
    }

    private static DateTimeOffset Aligned(DateTimeOffset at, TimeSpan length)
    {
        long over = at.UtcTicks % length.Ticks;
        return new DateTimeOffset(over == 0 ? at.UtcTicks : at.UtcTicks - over + length.Ticks, TimeSpan.Zero);
    }

    private int NewSlot(long key)
    {
        if (!_free.TryPop(out int slot))
        {
            slot = _slotCount++;
            if (slot == _slots.Length)
            {
                Array.Resize(ref _slots, _slots.Length * 2);
            }
        }
        int serial = _slots[slot].Serial + 1;
        _slots[slot] = new Slot { Key = key, Serial = serial, Office = -1, Desk = -1, Official = -1, Missing = [] };
        Unsettled++;
        return slot;
    }

    private void Settle(int at)
    {
        ref Slot slot = ref _slots[at];
        if (slot.IsSettled)
        {
            return;
        }
        slot.IsSettled = true;
        Unsettled--;
        if (slot.Until > (LastEndsAt?.UtcTicks ?? 0))
        {
            LastEndsAt = new DateTimeOffset(slot.Until, TimeSpan.Zero);
        }
        if (!_options.KeepEnded)
        {
            _slotOf.Remove(slot.Case);
            slot.Serial++;
            _free.Push(at);
        }
    }

    private void Unsettle(ref Slot slot)
    {
        if (slot.IsSettled)
        {
            slot.IsSettled = false;
            Unsettled++;
        }
    }

    private CommandId IdFor(ref Slot slot)
    {
        int n = slot.Commands++;
        return IdFor(slot.Key, n);
    }

    private CommandId IdFor(long key, int n) =>
        new(new UInt128(_ids.Bits(key, Purpose.CommandId, n), _ids.Bits(key, Purpose.CommandId, ~n) | 1));
}
