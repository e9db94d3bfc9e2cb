using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <content>What an office tells other twins.</content>
public sealed partial class OfficeDecider
{
    /// <inheritdoc/>
    public static void React(TwinId self, OfficeState state, OfficeEvent happened, Outbox outbox)
    {
        switch (happened)
        {
            case OfficeEvent.CaseAdmitted e:
                outbox.Send(e.Desk, new DeskCommand.Enqueue(e.Case, e.DueAt, e.Urgency));
                break;
            case OfficeEvent.CaseForwarded e:
                outbox.Send(e.To, new OfficeCommand.Admit(e.Case, e.Reason, e.Skill, e.DueAt, e.Urgency, e.Effort));
                break;
            case OfficeEvent.OfficeEstablished e:
                foreach (DeskDefinition desk in e.Desks)
                {
                    outbox.Send(desk.Id, new DeskCommand.Open(self, desk));
                }
                break;
            case OfficeEvent.DeskAdded e:
                outbox.Send(e.Desk.Id, new DeskCommand.Open(self, e.Desk));
                break;
            case OfficeEvent.OfficeMerged e:
                outbox.Send(e.Successor, new OfficeCommand.Absorb(self, state.Profile!.Population, state.Profile.AreaKm2, []));
                foreach (DeskLoad desk in state.Desks)
                {
                    outbox.Send(desk.Desk, new DeskCommand.Close(e.Successor));
                }
                break;
            case OfficeEvent.OfficeAbsorbed e:
                PlaceNewcomers(state, e, outbox);
                break;
            case OfficeEvent.OfficeSplit e:
                foreach (DeskLoad desk in state.Desks)
                {
                    outbox.Send(desk.Desk, new DeskCommand.HandOver(e.To, e.SharePercent));
                }
                break;
            default:
                break;
        }
    }

    private static void PlaceNewcomers(OfficeState state, OfficeEvent.OfficeAbsorbed e, Outbox outbox)
    {
        if (IsMerged(state))
        {
            outbox.Send(state.Successor, new OfficeCommand.Absorb(e.From, e.Population, e.AreaKm2, e.Desks));
            return;
        }
        foreach (StaffedDesk newcomers in e.Desks)
        {
            outbox.Send(MostAlike(state.Desks, newcomers.Skills.OrEmpty()), new DeskCommand.AssignOfficials(newcomers.Officials));
        }
    }

    // Our own rule: officials go to the desk that shares most skills with their old one; ties, and no skill shared, go to the first.
    private static TwinId MostAlike(ImmutableArray<DeskLoad> desks, ImmutableArray<string> skills)
    {
        TwinId best = desks[0].Desk;
        int most = 0;
        foreach (DeskLoad desk in desks)
        {
            int shared = desk.Skills.Intersect(skills).Count();
            if (shared > most)
            {
                (best, most) = (desk.Desk, shared);
            }
        }
        return best;
    }
}
