using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <content>What officials want: they take the next case, work on it, have it signed, and decide.</content>
public sealed partial class CityPlay
{
    private readonly DeskLine[] _desks;
    private readonly OfficialLine[] _officials;
    private readonly List<int> _ready = [];
    private bool _hasUnplaced;

    private DateTimeOffset Now => new(_nowTicks, TimeSpan.Zero);

    /// <summary>Second round: what free officials take. Nobody takes anything outside office hours.</summary>
    /// <returns>How many intents there are.</returns>
    public int CollectTakes(DateTimeOffset now)
    {
        _intents.Clear();
        _nowTicks = now.UtcTicks;
        if (!_calendar.IsOpen(now))
        {
            return 0;
        }
        foreach (int desk in _ready)
        {
            ref DeskLine line = ref _desks[desk];
            line.IsReady = false;
            while (line.Waiting > 0 && TryTakeIdle(ref line, out int official))
            {
                line.Waiting--;
                AddTake(desk, official);
            }
        }
        _ready.Clear();
        return _intents.Count;
    }

    private void SeatOfficials(DateTimeOffset start)
    {
        for (int desk = 0; desk < _desks.Length; desk++)
        {
            _desks[desk] = new DeskLine { IdleFirst = -1, IdleLast = -1 };
        }
        for (int i = 0; i < _officials.Length; i++)
        {
            double pace = Math.Clamp(_draws.Lognormal(1, 0.15, _sheet.Officials[i].Id.Value, Purpose.Pace), 0.6, 1.6);
            _officials[i] = new OfficialLine { NextIdle = -1, Pace = pace, FreeAt = start.UtcTicks };
            BecomeIdle(i, start.UtcTicks);
        }
    }

    private void PutOpening(DateTimeOffset after)
    {
        DateOnly day = _calendar.DateOf(after);
        for (int tries = 0; tries < 1000; tries++, day = day.AddDays(1))
        {
            foreach (OfficeHours hours in _calendar.HoursOf(day))
            {
                DateTimeOffset opens = _calendar.At(day, hours.Opens);
                if (opens > after)
                {
                    _agenda.Put(opens.UtcTicks, new Happening(HappeningKind.OfficesOpen, 0, -1, 0));
                    return;
                }
            }
        }
    }

    private void AddTake(int desk, int official)
    {
        ref OfficialLine line = ref _officials[official];
        TwinId id = _sheet.Officials[official].Id;
        _intents.Add(new Intent
        {
            Kind = IntentKind.TakeNext,
            Slot = -1,
            OfficialPlace = official,
            Id = IdFor(id.Value, line.Takes++),
            Official = id,
            Desk = _sheet.Desks[desk].Id,
        });
    }

    private void AddWaiting(int desk)
    {
        if (desk >= 0)
        {
            _desks[desk].Waiting++;
            MarkReady(desk);
        }
    }

    private void Prepare(int at)
    {
        ref Slot slot = ref _slots[at];
        if (slot.Desk < 0)
        {
            return;
        }
        ServiceDefinition? service = slot.Service >= 0 ? _sheet.Services[slot.Service] : null;
        if (service is null || service.Limit.SameDayUntil is not null || service.Urgency == Urgency.Immediate)
        {
            AddWaiting(slot.Desk);
            return;
        }
        double share = _draws.Lognormal(_behaviour.PreparationLimitShare, 0.7, slot.Key, Purpose.Preparation, slot.Visits);

        // What is known already is prepared sooner.
        double days = (double)service.Limit.WorkingDays * Math.Min(slot.Visits > 0 ? share / 3 : share, 3);
        Put(at, HappeningKind.Prepared, _calendar.Add(Now, _calendar.StandardDay * days).UtcTicks, slot.Desk);
    }

    private void BecomeIdle(int official, long at)
    {
        ref OfficialLine line = ref _officials[official];
        line.FreeAt = at;
        if (line.IsIdle)
        {
            return;
        }
        line.IsIdle = true;
        line.NextIdle = -1;
        int at1 = _sheet.Officials[official].Desk;
        ref DeskLine desk = ref _desks[at1];
        if (desk.IdleLast >= 0)
        {
            _officials[desk.IdleLast].NextIdle = official;
        }
        else
        {
            desk.IdleFirst = official;
        }
        desk.IdleLast = official;
        MarkReady(at1);
    }

    private bool TryTakeIdle(ref DeskLine desk, out int official)
    {
        while (desk.IdleFirst >= 0)
        {
            official = desk.IdleFirst;
            ref OfficialLine line = ref _officials[official];
            desk.IdleFirst = line.NextIdle;
            desk.IdleLast = desk.IdleFirst < 0 ? -1 : desk.IdleLast;
            line.IsIdle = false;
            line.IsBlocked = line.InHand >= _sheet.City.Rules.Terms.InHandMax;
            if (!line.IsBlocked)
            {
                return true;
            }
        }
        official = -1;
        return false;
    }

    private void MarkReady(int desk)
    {
        ref DeskLine line = ref _desks[desk];
        if (!line.IsReady && line.Waiting > 0 && line.IdleFirst >= 0)
        {
            line.IsReady = true;
            _ready.Add(desk);
        }
    }

    private void LetGo(ref Slot slot)
    {
        if (slot.Official < 0)
        {
            return;
        }
        int official = slot.Official;
        slot.Official = -1;
        ref OfficialLine line = ref _officials[official];
        line.InHand = Math.Max(0, line.InHand - 1);
        if (line.IsBlocked)
        {
            line.IsBlocked = false;
            BecomeIdle(official, _nowTicks);
        }
    }

    private void StartHandling(int at, int official)
    {
        ref Slot slot = ref _slots[at];
        ref OfficialLine line = ref _officials[official];
        line.InHand++;
        slot.Official = official;
        slot.Visits++;
        HandlingTime handling = slot.Service >= 0 ? _sheet.Services[slot.Service].Handling : new HandlingTime(15, 0.5);
        double minutes = _draws.Lognormal(handling.MedianMinutes, handling.Sigma, slot.Key, Purpose.Handling, slot.Visits) * line.Pace;

        // A case that comes back is known already.
        minutes = Math.Clamp(slot.Visits > 1 ? minutes / 2 : minutes, 1, 3 * 480);

        // Whoever became free within the slice went on at once: slices cost no working time.
        long from = Math.Max(line.FreeAt, _nowTicks - _options.Slice.Ticks);
        long ends = _calendar.Add(new DateTimeOffset(from, TimeSpan.Zero), TimeSpan.FromMinutes(minutes)).UtcTicks;
        Put(at, HappeningKind.Handled, ends, official);
        line.HandlingEnds = ends;
    }

    // The hand-work is done; checks and signatures may follow while the official goes on with the next case.
    private void EndHandling(int at, int official)
    {
        ref OfficialLine line = ref _officials[official];
        BecomeIdle(official, line.HandlingEnds);
        ref Slot slot = ref _slots[at];
        if (slot.Account.Stage != CaseStage.InProgress || slot.Official != official)
        {
            return;
        }
        long signed = line.HandlingEnds;
        bool handsFull = line.InHand >= _sheet.City.Rules.Terms.InHandMax;
        if (!handsFull && slot.Service >= 0 && _sheet.Services[slot.Service].Limit is { SameDayUntil: null } limit)
        {
            double share = _draws.Lognormal(_behaviour.SignOffLimitShare, 0.6, slot.Key, Purpose.SignOff, slot.Visits);
            TimeSpan wait = _calendar.StandardDay * Math.Min((double)limit.WorkingDays * Math.Min(share, 0.8), 10);
            signed = _calendar.Add(new DateTimeOffset(signed, TimeSpan.Zero), wait).UtcTicks;
        }
        if (signed <= _nowTicks)
        {
            AddDecision(at, official);
        }
        else
        {
            Put(at, HappeningKind.Decide, signed, official);
        }
    }

    private struct DeskLine
    {
        public int Waiting;
        public int IdleFirst;
        public int IdleLast;
        public bool IsReady;
    }

    private struct OfficialLine
    {
        public int NextIdle;
        public int InHand;
        public int Takes;
        public double Pace;
        public long FreeAt;
        public long HandlingEnds;
        public bool IsIdle;
        public bool IsBlocked;
    }
}
