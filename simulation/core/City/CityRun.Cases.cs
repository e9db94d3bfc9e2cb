using CityTwin.Grains;

namespace CityTwin.Simulation.City;

public sealed partial class CityRun
{
    private const double AnswerDaysMax = 3_650;

    private void ScheduleArrival(int stream)
    {
        long at = _arrivals.Next(stream, _phaseOfDay, _phases);
        if (at != long.MaxValue)
        {
            Schedule(stream >> 1, at, Happening.Arrival, stream);
        }
    }

    private void Arrive(int stream, long now)
    {
        ScheduleArrival(stream);
        int office = stream >> 1;
        int slot = _cases.Take();
        ref SimulatedCase item = ref _cases[slot];
        item.Key = _arrivals.NextKey(stream);
        item.Origin = office;
        item.Service = (ushort)_phase.Rates.Marks[stream].At(RandomStream.UnitAt(item.Key, Luck.Service));
        item.Urgency = (byte)_phase.Services[item.Service].Service.Urgency;
        if ((stream & 1) == 0 && !_phase.IsOpen[office])
        {
            item.Place = CasePlace.Deferred;
            (_deferred[office] ??= []).Add(slot);
            item.DueAt = long.MaxValue;
            return;
        }
        Receive(slot, now);
    }

    private void Receive(int slot, long now)
    {
        ref SimulatedCase item = ref _cases[slot];
        item.NotCounted = _days.Worked(now);
        item.DueAt = DueAt(item.Service, now);
        item.Place = CasePlace.InProcess;
        _outcome.Cases++;
        _open[item.Origin]++;
        _observer?.Filed((int)item.Ordinal, now, item.DueAt);
        if (now >= _countFrom)
        {
            _outcome.ByOffice.Filed[item.Origin]++;
            _outcome.ByService.Filed[item.Service]++;
        }
        ModelService service = _phase.Services[item.Service].Service;
        if (!item.IsTraced && Luck.Strikes(item.Key, Luck.Missing, service.MissingChance))
        {
            AskCitizen(slot, Luck.FirstAnswer, now);
            return;
        }
        Route(slot, item.Origin, item.Origin, now);
    }

    private long DueAt(int service, long now)
    {
        ServiceTable table = _phase.Services[service];
        return table.IsSameDay
            ? _calendar.DueAt(Moment(now), table.Service.Limit).UtcTicks
            : _calendar.Add(Moment(now), new TimeSpan(table.LimitTicks)).UtcTicks;
    }

    private long HandlingOf(ref SimulatedCase item, int officer)
    {
        if (item.IsTraced)
        {
            TracedCase traced = _timeline.Trace!.Value[(int)item.Key];
            return (!item.IsEscalated ? traced.Handling : item.IsReturned ? traced.HandlingAfterReturn!.Value : traced.HandlingAbove!.Value).Ticks;
        }
        ModelService service = _phase.Services[item.Service].Service;
        double minutes = service.Handling.Next(item.Key, Luck.Handling(item.Visits)) * _phase.Pace[officer] / service.Steps;
        if (item.IsAsked && item.StepsDone == 0)
        {
            minutes *= service.ReworkShare;
        }
        return Math.Max(1, (long)(minutes * TimeSpan.TicksPerMinute));
    }

    // A visit to a desk is over: asked, passed up, another step, or decided.
    private void EndVisit(int slot, int office, long now)
    {
        ref SimulatedCase item = ref _cases[slot];
        ModelService service = _phase.Services[item.Service].Service;
        item.WorkLeft = 0;
        item.Visits++;
        if (item.IsTraced)
        {
            EndTracedVisit(slot, office, now);
            return;
        }
        if (!item.IsAsked && !item.IsEscalated && Luck.Strikes(item.Key, Luck.Ask, service.AskChance))
        {
            item.IsAsked = true;
            AskCitizen(slot, Luck.SecondAnswer, now);
            return;
        }
        if (!item.IsEscalated && service.Department >= 0 && service.Department != office
            && Luck.Strikes(item.Key, Luck.Escalate, service.EscalateChance))
        {
            Escalate(slot, office, service.Department, now);
            return;
        }
        if (item.IsEscalated && !item.IsReturned && Luck.Strikes(item.Key, Luck.SendBack, service.SendBackChance))
        {
            item.IsReturned = true;
            Route(slot, item.Origin, office, now);
            return;
        }
        item.StepsDone = (byte)Math.Min(byte.MaxValue, item.StepsDone + 1);
        if (service.ProcessDays is not { } process)
        {
            AfterStep(slot, office, now);
            return;
        }
        item.Place = CasePlace.InProcess;
        double days = process.Next(item.Key, Luck.Process) * _phase.Slowness[item.Origin] / service.Steps;
        Schedule(office, AddWork(now, (long)(days * _phase.Services[item.Service].DayTicks)), Happening.ProcessEnd, slot);
    }

    private void Escalate(int slot, int office, int department, long now)
    {
        ref SimulatedCase item = ref _cases[slot];
        item.IsEscalated = true;
        // The department does in one step what is left.
        item.StepsDone = (byte)Math.Max(item.StepsDone, _phase.Services[item.Service].Service.Steps - 1);
        if (now >= _countFrom)
        {
            _outcome.ByOffice.Escalated[item.Origin]++;
            _outcome.ByService.Escalated[item.Service]++;
        }
        Route(slot, department, office, now);
    }

    private void EndProcess(int slot, long now) => AfterStep(slot, _desks.Office[_cases[slot].Desk], now);

    private void AfterStep(int slot, int office, long now)
    {
        ref SimulatedCase item = ref _cases[slot];
        ModelService service = _phase.Services[item.Service].Service;
        if (item.StepsDone < service.Steps)
        {
            Route(slot, office, office, now);
            return;
        }
        if (_phase.Model.Batch is { } batch && service.ProcessDays is not null)
        {
            JoinBatch(slot, office, batch, now);
            return;
        }
        Decide(slot, now);
    }

    // The deadline stands still; who does not answer in time has taken the case back.
    private void AskCitizen(int slot, int ordinal, long now)
    {
        ref SimulatedCase item = ref _cases[slot];
        item.Place = CasePlace.Waiting;
        item.DueAt = DeadlineClock.Stop(_calendar, Moment(now), Moment(item.DueAt)).Ticks;
        item.NotCounted -= _days.Worked(now);
        double days = Math.Min(AnswerDaysMax, _phase.Services[item.Service].Service.AnswerDays.Next(item.Key, ordinal));
        long answer = now + (long)(days * TimeSpan.TicksPerDay);
        item.JoinedAt = AddWork(now, _phase.Services[item.Service].DayTicks * _phase.Model.Terms.AnswerWithinDays);
        int office = item.Desk >= 0 ? _desks.Office[item.Desk] : item.Origin;
        Schedule(office, Math.Min(answer, item.JoinedAt), Happening.Answer, slot);
    }

    private void TakeAnswer(int slot, long now)
    {
        ref SimulatedCase item = ref _cases[slot];
        int office = item.Desk >= 0 ? _desks.Office[item.Desk] : item.Origin;
        if (now >= item.JoinedAt)
        {
            if (now >= _countFrom)
            {
                _outcome.ByOffice.Withdrawn[item.Origin]++;
                _outcome.ByService.Withdrawn[item.Service]++;
            }
            _open[item.Origin]--;
            _cases.Release(slot);
            return;
        }
        item.DueAt = DeadlineClock.Resume(_calendar, Moment(now), new TimeSpan(item.DueAt)).UtcTicks;
        item.NotCounted += _days.Worked(now);
        item.Place = CasePlace.InProcess;
        Route(slot, office, office, now);
    }
}
