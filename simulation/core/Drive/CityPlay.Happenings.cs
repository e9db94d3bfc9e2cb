using CityTwin.Grains;

namespace CityTwin.Simulation.Drive;

/// <content>What is due: intents made of happenings.</content>
public sealed partial class CityPlay
{
    private void Happen(in Happening happening, long at)
    {
        switch (happening.Kind)
        {
            case HappeningKind.OfficesOpen:
                Poll(_hasUnplaced);
                PutOpening(new DateTimeOffset(at, TimeSpan.Zero));
                return;
            case HappeningKind.Poll:
                Poll(true);
                _agenda.Put(_nowTicks + _options.PollEvery!.Value.Ticks, happening);
                return;
            case HappeningKind.Handled when _slots[happening.Subject].Serial != happening.Serial:
                BecomeIdle(happening.Place, at);
                return;
            case HappeningKind.Prepared:
                // Desks choose by deadline, not by readiness: whichever case is first, one more can be taken.
                AddWaiting(happening.Place);
                return;
            default:
                break;
        }
        ref Slot slot = ref _slots[happening.Subject];
        if (slot.Serial != happening.Serial)
        {
            return;
        }
        if (happening.Kind == HappeningKind.Handled)
        {
            EndHandling(happening.Subject, happening.Place);
        }
        else if (slot.ActedInSlice == _slice)
        {
            _agenda.Put(_nowTicks + 1, happening);
        }
        else
        {
            Act(happening);
        }
    }

    private void Act(in Happening happening)
    {
        int at = happening.Subject;
        ref Slot slot = ref _slots[at];
        CaseStage stage = slot.Account.Stage;
        switch (happening.Kind)
        {
            case HappeningKind.Answer when stage == CaseStage.WaitingForCitizen:
                Intent answer = About(at, IntentKind.Answer);
                answer.Documents = slot.Missing;
                answer.Text = slot.Missing.IsDefaultOrEmpty ? Phrases.Reply : null;
                _intents.Add(answer);
                break;
            case HappeningKind.Withdraw when slot.IsOpen:
                _intents.Add(About(at, IntentKind.Withdraw, Phrases.TakenBack));
                break;
            case HappeningKind.Decide when stage == CaseStage.InProgress && slot.Official == happening.Place:
                AddDecision(at, happening.Place);
                break;
            case HappeningKind.Return when stage == CaseStage.Resolved:
                _intents.Add(About(at, IntentKind.Return));
                break;
            case HappeningKind.Rate when stage == CaseStage.Returned:
                Intent rating = About(at, IntentKind.Rate);
                rating.Score = ScoreOf(in slot);
                _intents.Add(rating);
                break;
            case HappeningKind.CloseByHand when stage == CaseStage.Returned:
                _intents.Add(About(at, IntentKind.Close));
                break;
            case HappeningKind.Reopen when stage == CaseStage.Returned:
                _intents.Add(About(at, IntentKind.Reopen, Phrases.Objection));
                break;
            default:
                break;
        }
    }

    private void AddDecision(int at, int official)
    {
        ref Slot slot = ref _slots[at];
        if (slot.ActedInSlice == _slice)
        {
            Put(at, HappeningKind.Decide, _nowTicks + 1, official);
            return;
        }
        IntentKind kind = slot.IsForeign || slot.MustResolve ? IntentKind.Resolve : Choose(in slot);
        Intent decision = About(at, kind, kind switch
        {
            IntentKind.Ask => Phrases.Question,
            IntentKind.Escalate => Phrases.Upward,
            IntentKind.SendBack => Phrases.Downward,
            IntentKind.Reject => Phrases.TurnedDown,
            _ => null,
        });
        decision.Official = _sheet.Officials[official].Id;
        decision.OfficialPlace = official;
        _intents.Add(decision);
    }

    private IntentKind Choose(in Slot slot)
    {
        ServiceDefinition service = _sheet.Services[slot.Service];
        bool isDossier = service.Kind == CaseKind.Dossier;
        int n = slot.Visits * 4;
        if (isDossier && slot.Account.Asked == 0 && _draws.Chance(_behaviour.AskShare, slot.Key, Purpose.Decision, n))
        {
            return IntentKind.Ask;
        }
        bool isAtCommune = slot.Account.Office.Kind == TwinKind.Commune;
        double upward = isDossier ? _behaviour.EscalateShare : _behaviour.EscalateReportShare;
        if (isAtCommune && slot.Account.Escalated == 0 && _sheet.City.Rules.DepartmentOfField.ContainsKey(service.Field)
            && _draws.Chance(upward, slot.Key, Purpose.Decision, n + 1))
        {
            return IntentKind.Escalate;
        }
        if (!isAtCommune && slot.Account.Escalated > slot.Account.SentBack && service.Level == Level.Commune
            && _draws.Chance(_behaviour.SendBackShare, slot.Key, Purpose.Decision, n + 2))
        {
            return IntentKind.SendBack;
        }
        return _draws.Chance(_behaviour.RejectShare, slot.Key, Purpose.Decision, n + 3) ? IntentKind.Reject : IntentKind.Resolve;
    }

    private Intent About(int at, IntentKind kind, string? text = null)
    {
        ref Slot slot = ref _slots[at];
        slot.ActedInSlice = _slice;
        return new Intent
        {
            Kind = kind,
            Slot = at,
            OfficialPlace = -1,
            Id = IdFor(ref slot),
            Case = slot.Case,
            Documents = [],
            Text = text,
        };
    }

    // Cases can reach a desk without the driver being told: at such times one official of each desk looks.
    private void Poll(bool wanted)
    {
        for (int desk = 0; wanted && desk < _desks.Length; desk++)
        {
            if (_desks[desk].Waiting == 0)
            {
                AddWaiting(desk);
            }
        }
        _hasUnplaced = false;
    }
}
