using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>A city's policy: what was changed since its folder was written.</summary>
/// <remarks>
/// Pure. It decides against the rules in force, which the turn brings; what its events change comes into force with the next turn
/// (<see cref="CityPolicy.InForce"/>). Deadlines already set stay as they are. Rules and state diagram: docs/model/city.md.
/// </remarks>
public sealed partial class CityDecider : IDecider<CityCommand, CityEvent, CityState>
{
    /// <inheritdoc/>
    public static CityState Initial => CityState.Absent;

    /// <inheritdoc/>
    public static CityCommand? Deadline => null;

    /// <inheritdoc/>
    public static Decision<CityEvent> Decide(CityState state, CityCommand command, in Turn turn)
    {
        if (state.Edition.Length == 0)
        {
            return command is CityCommand.Found found ? Found(found, turn) : Refusal.CityNotFounded;
        }
        return command switch
        {
            CityCommand.AdoptEdition c => AdoptEdition(state, c, turn),
            CityCommand.AmendService c => AmendService(state, c, turn),
            CityCommand.SetDay c => SetDay(state, c, turn),
            CityCommand.RouteField c => RouteField(state, c, turn),
            CityCommand.SetTerms c => SetTerms(state, c, turn),
            CityCommand.MergeCommunes c => MergeCommunes(state, c, turn),
            CityCommand.SplitCommune c => SplitCommune(state, c, turn),
            _ => Refusal.CityAlreadyFounded,
        };
    }

    /// <inheritdoc/>
    public static DateTimeOffset? NextDeadline(CityState state) => null;

    /// <inheritdoc/>
    public static bool IsFinished(CityState state) => false;

    private static Decision<CityEvent> Found(CityCommand.Found c, in Turn turn)
    {
        ImmutableArray<TwinId> offices = c.Offices.OrEmpty();
        bool inRange = TextLimits.IsText(c.NameVi, TextLimits.NameMax) && TextLimits.IsText(c.NameEn, TextLimits.NameMax)
            && TextLimits.IsText(c.Edition, TextLimits.NameMax) && c.Population >= 0 && !offices.IsEmpty;
        if (!inRange)
        {
            return Refusal.OutOfRange;
        }
        return offices.All(o => o.Kind is TwinKind.Commune or TwinKind.Department)
            ? new CityEvent.CityFounded(turn.At, c.NameVi, c.NameEn, c.Population, offices, c.Edition)
            : Refusal.UnknownOffice;
    }

    private static Decision<CityEvent> AdoptEdition(CityState state, CityCommand.AdoptEdition c, in Turn turn)
    {
        if (!TextLimits.IsText(c.Edition, TextLimits.NameMax))
        {
            return Refusal.OutOfRange;
        }
        return c.Edition == state.Edition ? Decision<CityEvent>.Unchanged : new CityEvent.EditionAdopted(turn.At, c.Edition);
    }

    private static Decision<CityEvent> MergeCommunes(CityState state, CityCommand.MergeCommunes c, in Turn turn)
    {
        ImmutableArray<TwinId> from = c.From.OrEmpty();
        if (from.Any(f => !IsCommune(state, f)) || !IsCommune(state, c.Into))
        {
            return Refusal.UnknownOffice;
        }
        if (!from.IsEmpty && from.All(f => state.Successors.TryGetValue(f, out TwinId into) && into == c.Into))
        {
            return Decision<CityEvent>.Unchanged;
        }
        bool isPossible = !from.IsEmpty && from.Distinct().Count() == from.Length && !from.Contains(c.Into)
            && !state.Successors.ContainsKey(c.Into) && !from.Any(state.Successors.ContainsKey);
        return isPossible ? new CityEvent.CommunesMerged(turn.At, from, c.Into) : Refusal.MergeNotPossible;
    }

    private static Decision<CityEvent> SplitCommune(CityState state, CityCommand.SplitCommune c, in Turn turn)
    {
        if (!IsCommune(state, c.From))
        {
            return Refusal.UnknownOffice;
        }
        Refusal refusal = OfficeDecider.CheckPlan(c.Profile, c.Desks);
        if (refusal != Refusal.None)
        {
            return refusal;
        }
        bool isPossible = !state.Successors.ContainsKey(c.From) && c.Profile.Id.Kind == TwinKind.Commune
            && !state.Offices.Contains(c.Profile.Id) && c.SharePercent is >= 1 and <= 99;
        return isPossible
            ? new CityEvent.CommuneSplit(turn.At, c.From, c.Profile, c.Desks, c.SharePercent)
            : Refusal.SplitNotPossible;
    }

    private static bool IsCommune(CityState state, TwinId office) => office.Kind == TwinKind.Commune && state.Offices.Contains(office);
}
