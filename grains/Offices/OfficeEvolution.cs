using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <content>The state after each event.</content>
public sealed partial class OfficeDecider
{
    /// <inheritdoc/>
    public static OfficeState Evolve(OfficeState state, OfficeEvent happened)
    {
        if (state.Profile is not { } profile)
        {
            return happened switch
            {
                OfficeEvent.OfficeEstablished e => new OfficeState { Profile = e.Profile, Desks = [.. e.Desks.Select(NewLoad)] },
                OfficeEvent.CaseHeld e => state with { Held = state.Held.Add(e) },
                _ => throw new CorruptHistoryException(state, happened),
            };
        }
        OfficeTotals totals = state.Totals;
        return happened switch
        {
            OfficeEvent.CaseAdmitted e when !IsMerged(state) => AfterAdmission(state, e),
            OfficeEvent.CaseLeft e => AfterLeaving(state, e),
            OfficeEvent.CaseForwarded when IsMerged(state) => state,
            OfficeEvent.OverdueRecorded => state with { Totals = totals with { Overdue = totals.Overdue + 1 } },
            OfficeEvent.RatingRecorded e =>
                state with { Totals = totals with { Ratings = totals.Ratings + 1, RatingSum = totals.RatingSum + e.Score } },
            OfficeEvent.StaffRecorded e when PlaceOf(state, e.Desk) is >= 0 and int place =>
                state with { Desks = state.Desks.SetItem(place, state.Desks[place] with { Officials = e.Officials }) },
            OfficeEvent.DeskAdded e when !IsMerged(state) && PlaceOf(state, e.Desk.Id) < 0 =>
                state with { Desks = state.Desks.Add(NewLoad(e.Desk)) },
            OfficeEvent.OfficeMerged e when !IsMerged(state) => state with { Successor = e.Successor },

            // A merged office only passes on what comes late.
            OfficeEvent.OfficeAbsorbed when IsMerged(state) => state,
            OfficeEvent.OfficeAbsorbed e => state with
            {
                Profile = profile with
                {
                    Population = (int)Math.Min(int.MaxValue, (long)profile.Population + e.Population),
                    AreaKm2 = profile.AreaKm2 + e.AreaKm2,
                },
            },
            OfficeEvent.OfficeSplit e when !IsMerged(state) => state with
            {
                Profile = profile with
                {
                    Population = (int)((long)profile.Population * (100 - e.SharePercent) / 100),
                    AreaKm2 = profile.AreaKm2 * (100 - e.SharePercent) / 100,
                },
            },
            _ => throw new CorruptHistoryException(state, happened),
        };
    }

    private static DeskLoad NewLoad(DeskDefinition desk) => new(desk.Id, desk.Skills, desk.Officials.Length, 0, 0);

    private static OfficeState AfterAdmission(OfficeState state, OfficeEvent.CaseAdmitted e)
    {
        int place = PlaceOf(state, e.Desk);
        if (place < 0)
        {
            throw new CorruptHistoryException(state, e);
        }
        DeskLoad load = state.Desks[place];
        OfficeTotals totals = state.Totals;
        return state with
        {
            Desks = state.Desks.SetItem(place, load with { Open = load.Open + 1, Effort = load.Effort + e.Effort }),
            Totals = totals with
            {
                AtDesks = totals.AtDesks + 1,
                Filed = totals.Filed + (e.Reason == AdmitReason.Filed ? 1 : 0),
                EscalatedIn = totals.EscalatedIn + (e.Reason == AdmitReason.Escalated ? 1 : 0),
            },
        };
    }

    private static OfficeState AfterLeaving(OfficeState state, OfficeEvent.CaseLeft e)
    {
        int place = PlaceOf(state, e.Desk);
        if (place < 0 || state.Desks[place].Open == 0)
        {
            throw new CorruptHistoryException(state, e);
        }
        DeskLoad load = state.Desks[place];
        OfficeTotals totals = state.Totals;
        bool isResult = e.Reason is LeaveReason.Resolved or LeaveReason.Rejected;

        // Sums of fractions drift; an empty desk has exactly no effort.
        double effort = load.Open == 1 ? 0 : Math.Max(0, load.Effort - e.Effort);
        return state with
        {
            Desks = state.Desks.SetItem(place, load with { Open = load.Open - 1, Effort = effort }),
            Totals = totals with
            {
                AtDesks = totals.AtDesks - 1,
                Resolved = totals.Resolved + (e.Reason == LeaveReason.Resolved ? 1 : 0),
                Rejected = totals.Rejected + (e.Reason == LeaveReason.Rejected ? 1 : 0),
                Withdrawn = totals.Withdrawn + (e.Reason == LeaveReason.Withdrawn ? 1 : 0),
                EscalatedOut = totals.EscalatedOut + (e.Reason == LeaveReason.Escalated ? 1 : 0),
                OnTime = totals.OnTime + (isResult && e.OnTime ? 1 : 0),
            },
        };
    }
}
