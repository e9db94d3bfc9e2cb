using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <content>How an office begins, grows, merges and is split.</content>
public sealed partial class OfficeDecider
{
    /// <summary>Desks of one office: places 1 to 99 of its desks' numbers.</summary>
    public const int DesksMax = 99;

    /// <summary>Area of one commune, km²: above that of the whole country.</summary>
    public const double AreaMaxKm2 = 1e6;

    private const int DesksPerOffice = 100;

    /// <summary>Why an office cannot begin with these desks, or <see cref="Refusal.None"/>.</summary>
    public static Refusal CheckPlan(OfficeProfile? profile, ImmutableArray<DeskDefinition> desks)
    {
        if (profile is null || profile.Id.Kind is not (TwinKind.Commune or TwinKind.Department))
        {
            return Refusal.UnknownOffice;
        }
        bool inRange = TextLimits.IsText(profile.NameVi, TextLimits.NameMax) && TextLimits.IsText(profile.NameEn, TextLimits.NameMax)
            && profile.Population >= 0 && profile.AreaKm2 is >= 0 and <= AreaMaxKm2
            && profile.Latitude is >= -90 and <= 90 && profile.Longitude is >= -180 and <= 180
            && !desks.IsDefaultOrEmpty && desks.Length <= DesksMax
            && desks.All(d => IsDesk(profile.Id, d)) && desks.Select(d => d.Id).Distinct().Count() == desks.Length;
        return inRange ? Refusal.None : Refusal.OutOfRange;
    }

    private static Decision<OfficeEvent> Establish(OfficeState state, OfficeCommand.Establish c, in Turn turn)
    {
        Refusal refusal = CheckPlan(c.Profile, c.Desks);
        if (refusal != Refusal.None)
        {
            return refusal;
        }
        var established = new OfficeEvent.OfficeEstablished(turn.At, c.Profile, c.Desks);
        return state.Held.IsEmpty ? established : WithHeld(state, established);
    }

    private static OfficeEvent[] WithHeld(OfficeState state, OfficeEvent.OfficeEstablished established)
    {
        var happened = new List<OfficeEvent> { established };
        OfficeState next = Evolve(state, established);
        foreach (OfficeEvent.CaseHeld held in state.Held)
        {
            TwinId desk = next.Desks[DeskChoice.ShortestWait(next.Desks, held.Skill)].Desk;
            var admitted = new OfficeEvent.CaseAdmitted(established.At, held.Case, held.Reason, desk, held.DueAt, held.Urgency, held.Effort);
            happened.Add(admitted);
            next = Evolve(next, admitted);
        }
        return [.. happened];
    }

    private static Decision<OfficeEvent> OpenDesk(OfficeState state, OfficeCommand.OpenDesk c, in Turn turn)
    {
        if (IsMerged(state))
        {
            return Refusal.OfficeMerged;
        }
        if (!IsDesk(state.Profile!.Id, c.Desk) || state.Desks.Length >= DesksMax)
        {
            return Refusal.OutOfRange;
        }
        return PlaceOf(state, c.Desk.Id) >= 0 ? Refusal.DeskExists : new OfficeEvent.DeskAdded(turn.At, c.Desk);
    }

    private static Decision<OfficeEvent> MergeInto(OfficeState state, OfficeCommand.MergeInto c, in Turn turn)
    {
        if (IsMerged(state))
        {
            return c.Successor == state.Successor ? Decision<OfficeEvent>.Unchanged : Refusal.OfficeMerged;
        }
        TwinId self = state.Profile!.Id;
        bool isPossible = self.Kind == TwinKind.Commune && c.Successor.Kind == TwinKind.Commune && c.Successor != self;
        return isPossible ? new OfficeEvent.OfficeMerged(turn.At, c.Successor) : Refusal.MergeNotPossible;
    }

    private static Decision<OfficeEvent> Absorb(OfficeCommand.Absorb c, in Turn turn)
    {
        ImmutableArray<StaffedDesk> desks = c.Desks.OrEmpty();
        bool inRange = c.Population >= 0 && c.AreaKm2 is >= 0 and <= AreaMaxKm2 && desks.All(d => d is not null);
        return inRange
            ? new OfficeEvent.OfficeAbsorbed(turn.At, c.From, c.Population, c.AreaKm2, desks)
            : Refusal.OutOfRange;
    }

    private static Decision<OfficeEvent> SplitOff(OfficeState state, OfficeCommand.SplitOff c, in Turn turn)
    {
        if (IsMerged(state))
        {
            return Refusal.OfficeMerged;
        }
        TwinId self = state.Profile!.Id;
        bool isPossible = self.Kind == TwinKind.Commune && c.To.Kind == TwinKind.Commune && c.To != self && c.SharePercent is >= 1 and <= 99;
        return isPossible ? new OfficeEvent.OfficeSplit(turn.At, c.To, c.SharePercent) : Refusal.SplitNotPossible;
    }

    private static bool IsDesk(TwinId office, DeskDefinition? desk)
    {
        if (desk is null || desk.Id.Kind != TwinKind.Desk || desk.Id.Number / DesksPerOffice != office.Number)
        {
            return false;
        }
        return TextLimits.IsText(desk.NameVi, TextLimits.NameMax) && TextLimits.IsText(desk.NameEn, TextLimits.NameMax)
            && desk.Discipline is Discipline.DeadlineFirst or Discipline.Fifo
            && !desk.Skills.IsDefaultOrEmpty && desk.Skills.All(s => TextLimits.IsText(s, TextLimits.CodeMax))
            && !desk.Officials.IsDefaultOrEmpty && desk.Officials.Length <= DeskDecider.OfficialsMax
            && desk.Officials.All(o => o.Kind == TwinKind.Official) && desk.Officials.Distinct().Count() == desk.Officials.Length;
    }
}
