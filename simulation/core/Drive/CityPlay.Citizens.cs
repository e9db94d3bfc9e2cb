using System.Collections.Immutable;
using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <content>What citizens want, and what they do next.</content>
public sealed partial class CityPlay
{
    private static readonly DateTimeOffset NumberingStart = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CitizenMemory _citizens;

    private void AddFiling(in Arrival arrival)
    {
        int at = NewSlot(arrival.Key);
        ref Slot slot = ref _slots[at];
        ServiceDefinition service = _sheet.Services[arrival.Service];
        slot.Citizen = arrival.Citizen;
        slot.Service = arrival.Service;
        slot.Commune = arrival.Commune;
        slot.Channel = arrival.Channel;
        slot.Case = NumberOf(arrival);
        slot.ActedInSlice = _slice;
        bool isDossier = service.Kind == CaseKind.Dossier;
        _intents.Add(new Intent
        {
            Kind = isDossier ? IntentKind.FileDossier : IntentKind.FileFeedback,
            Slot = at,
            OfficialPlace = -1,
            Id = IdFor(ref slot),
            Case = slot.Case,
            Service = service.Code,
            Commune = _sheet.Communes[arrival.Commune].Id,
            Citizen = arrival.Citizen,
            Channel = arrival.Channel,
            Documents = isDossier ? _citizens.Bring(arrival.Citizen, arrival.Service, Forgotten(arrival.Key, service)) : [],
            Text = isDossier ? null : Phrases.Report(service, _draws.Bits(arrival.Key, Purpose.Description)),
            Place = isDossier ? null : PlaceOf(arrival),
        });
    }

    // Numbers grow with the time of filing, as desks expect of cases that tie.
    private TwinId NumberOf(in Arrival arrival)
    {
        long milliseconds = (arrival.AtTicks - NumberingStart.UtcTicks) / TimeSpan.TicksPerMillisecond;
        ulong low = unchecked(_draws.Bits(0, Purpose.CaseNumber) + (ulong)arrival.Key) & 0x1FFFF;
        return TwinId.Case((Math.Max(0, milliseconds) << 17) | (long)low);
    }

    private uint Forgotten(long key, ServiceDefinition service)
    {
        uint mask = 0;
        for (int i = 0; i < service.Documents.Length; i++)
        {
            if (_draws.Chance(_behaviour.ForgottenDocumentShare, key, Purpose.Documents, i))
            {
                mask |= 1u << i;
            }
        }
        return mask;
    }

    private GeoPoint PlaceOf(in Arrival arrival)
    {
        OfficeProfile commune = _sheet.Communes[arrival.Commune];
        double radius = Math.Min(0.03, Math.Sqrt(Math.Max(0.1, commune.AreaKm2)) * 0.003);
        double north = (_draws.Unit(arrival.Key, Purpose.Place) - 0.5) * 2 * radius;
        double east = (_draws.Unit(arrival.Key, Purpose.Place, 1) - 0.5) * 2 * radius;
        return new GeoPoint(Math.Round(commune.Latitude + north, 5), Math.Round(commune.Longitude + east, 5));
    }

    private void PlanWithdrawal(int at)
    {
        ref Slot slot = ref _slots[at];
        if (_draws.Chance(_behaviour.WithdrawShare, slot.Key, Purpose.Withdrawal))
        {
            Put(at, HappeningKind.Withdraw, _nowTicks + Delay(_behaviour.WithdrawDelayMedian, 1, slot.Key, Purpose.Withdrawal, 1));
        }
    }

    private void PlanAnswer(int at)
    {
        ref Slot slot = ref _slots[at];
        slot.WaitingSince = _nowTicks;
        int n = slot.Account.Answered;
        if (_draws.Chance(_behaviour.NeverAnswersShare, slot.Key, Purpose.NeverAnswers, n) || slot.Citizen.IsNone)
        {
            Settle(at);
            return;
        }
        Put(at, HappeningKind.Answer, _nowTicks + Delay(_behaviour.AnswerDelayMedian, 0.9, slot.Key, Purpose.AnswerDelay, n));
    }

    private void PlanReturn(int at)
    {
        ref Slot slot = ref _slots[at];
        if (slot.Channel != Channel.Counter)
        {
            Put(at, HappeningKind.Return, _nowTicks + 1);
            return;
        }
        TimeSpan wait = new(Delay(_behaviour.PickUpDelayMedian, 0.8, slot.Key, Purpose.PickUp, slot.Account.Reopened));
        Put(at, HappeningKind.Return, _calendar.Add(Now, wait).UtcTicks);
    }

    private void PlanAfterReturn(int at)
    {
        ref Slot slot = ref _slots[at];
        int n = slot.Account.Reopened;
        bool objects = !slot.IsForeign && _draws.Chance(_behaviour.ReopenShare, slot.Key, Purpose.Reopening, n);
        bool rates = _draws.Chance(_behaviour.RateShare, slot.Key, Purpose.Rating, n);
        bool closes = _draws.Chance(_behaviour.CloseByHandShare, slot.Key, Purpose.Closing, n);
        long then = _nowTicks + Delay(_behaviour.RatingDelayMedian, 1.1, slot.Key, Purpose.RatingDelay, n);
        if (then >= slot.Until || !(objects || rates || closes))
        {
            Settle(at);
            return;
        }
        Put(at, objects ? HappeningKind.Reopen : rates ? HappeningKind.Rate : HappeningKind.CloseByHand, then);
    }

    private int ScoreOf(in Slot slot)
    {
        double satisfied = slot.Account.OnTime == false ? _behaviour.SatisfiedWhenLateShare : _behaviour.SatisfiedShare;
        double unit = _draws.Unit(slot.Key, Purpose.Rating, 100 + slot.Account.Reopened);
        return unit < satisfied
            ? (unit < satisfied * 0.6 ? 5 : 4)
            : ((unit - satisfied) / Math.Max(1e-9, 1 - satisfied)) switch { < 0.6 => 3, < 0.85 => 2, _ => 1 };
    }

    // At most twenty days: longer silences are those who never answer.
    private long Delay(TimeSpan median, double sigma, long key, Purpose purpose, int n = 0)
    {
        double ticks = _draws.Lognormal(median.Ticks, sigma, key, purpose, n);
        return (long)Math.Clamp(ticks, TimeSpan.TicksPerMinute, 20.0 * TimeSpan.TicksPerDay);
    }

    private void Put(int at, HappeningKind kind, long ticks, int place = -1) =>
        _agenda.Put(ticks, new Happening(kind, at, place, _slots[at].Serial));
}
