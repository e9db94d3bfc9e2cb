using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <content>The state after each event, and what the desk tells other twins.</content>
public sealed partial class DeskDecider
{
    /// <inheritdoc/>
    public static DeskState Evolve(DeskState state, DeskEvent happened)
    {
        bool isOpen = !state.Office.IsNone && !IsClosed(state);
        return happened switch
        {
            DeskEvent.DeskOpened e when state.Office.IsNone => new DeskState
            {
                Office = e.Office,
                NameVi = e.NameVi,
                NameEn = e.NameEn,
                Skills = e.Skills,
                Discipline = e.Discipline,
                Officials = e.Officials,
            },
            DeskEvent.CaseEnqueued e when isOpen && !Has(state, e.Case) => Join(state, e),
            DeskEvent.CaseTaken e when isOpen && state.Places.ContainsKey(e.Case) => Take(state, e),
            DeskEvent.CaseReleased e when Has(state, e.Case) => Leave(state, e.Case),
            DeskEvent.DisciplineSet e when isOpen => Reorder(state, e.Discipline),
            DeskEvent.OfficialsAssigned e when isOpen => state with { Officials = state.Officials.AddRange(e.Officials) },
            DeskEvent.OfficialRemoved e when isOpen && state.Officials.Contains(e.Official) =>
                state with { Officials = state.Officials.Remove(e.Official) },
            DeskEvent.CasesHandedOver when isOpen => state,
            DeskEvent.DeskClosed e when isOpen => state with { Successor = e.Successor },
            DeskEvent.CaseTurnedAway when IsClosed(state) => state,
            _ => throw new CorruptHistoryException(state, happened),
        };
    }

    /// <inheritdoc/>
    public static void React(TwinId self, DeskState state, DeskEvent happened, Outbox outbox)
    {
        switch (happened)
        {
            case DeskEvent.CaseEnqueued e:
                outbox.Send(e.Case, new CaseCommand.RecordQueued(state.Office, self));
                break;
            case DeskEvent.CaseTaken e:
                outbox.Send(e.Case, new CaseCommand.StartWork(self, e.Official));
                break;
            case DeskEvent.DeskOpened e:
                Appoint(self, state.Office, e.Officials, outbox);
                break;
            case DeskEvent.OfficialsAssigned e:
                Appoint(self, state.Office, e.Officials, outbox);
                outbox.Send(state.Office, new OfficeCommand.RecordStaff(self, state.Officials.Length));
                break;
            case DeskEvent.OfficialRemoved:
                outbox.Send(state.Office, new OfficeCommand.RecordStaff(self, state.Officials.Length));
                break;
            case DeskEvent.CaseTurnedAway e:
                outbox.Send(e.Case, new CaseCommand.Reroute(e.Successor, "The desk has closed.", self, TurnedAway: true));
                break;
            case DeskEvent.CasesHandedOver e:
                Reroute(self, state, e.To, e.SharePercent, "The commune was split.", outbox);
                break;
            case DeskEvent.DeskClosed e:
                Reroute(self, state, e.Successor, 100, "The office was merged.", outbox);
                if (!state.Officials.IsEmpty)
                {
                    outbox.Send(e.Successor, new OfficeCommand.Absorb(self, 0, 0, [new StaffedDesk(state.Skills, state.Officials)]));
                }
                break;
            default:
                break;
        }
    }

    private static bool Has(DeskState state, TwinId caseId) => state.Places.ContainsKey(caseId) || state.InHand.ContainsKey(caseId);

    private static void Appoint(TwinId self, TwinId office, ImmutableArray<TwinId> officials, Outbox outbox)
    {
        foreach (TwinId official in officials)
        {
            outbox.Send(official, new OfficialCommand.Appoint(office, self));
        }
    }

    // In hand first: an official's half-done work is the first to be taken up elsewhere.
    private static void Reroute(TwinId self, DeskState state, TwinId to, int sharePercent, string reason, Outbox outbox)
    {
        foreach (TwinId caseId in state.InHand.Keys.Order().Concat(state.Queue.Select(p => p.Case)))
        {
            if (CaseShare.Falls(caseId, to, sharePercent))
            {
                outbox.Send(caseId, new CaseCommand.Reroute(to, reason, self));
            }
        }
    }
}
