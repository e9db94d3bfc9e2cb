using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>A commune or a department: the same rules, under two kinds of twin.</summary>
/// <remarks>
/// Pure. It knows the load of its desks, not their cases; the cases themselves tell it when they come and go. A merged commune keeps its
/// totals as history and forwards whatever still arrives. Rules and state diagrams: docs/model/commune.md, docs/model/department.md.
/// </remarks>
public sealed partial class OfficeDecider : IDecider<OfficeCommand, OfficeEvent, OfficeState>
{
    /// <summary>The longest expected handling time of one case, working minutes: far above what any service's definition allows.</summary>
    public const double EffortMax = 1e8;

    /// <inheritdoc/>
    public static OfficeState Initial => OfficeState.Absent;

    /// <inheritdoc/>
    public static OfficeCommand? Deadline => null;

    /// <inheritdoc/>
    public static Decision<OfficeEvent> Decide(OfficeState state, OfficeCommand command, in Turn turn)
    {
        if (state.Profile is null)
        {
            return command switch
            {
                OfficeCommand.Establish c => Establish(state, c, turn),
                OfficeCommand.Admit c => Hold(state, c, turn),
                _ => Refusal.OfficeNotEstablished,
            };
        }
        return command switch
        {
            OfficeCommand.Admit c => Admit(state, c, turn),
            OfficeCommand.RecordLeave c => RecordLeave(state, c, turn),
            OfficeCommand.RecordOverdue c => new OfficeEvent.OverdueRecorded(turn.At, c.Case),
            OfficeCommand.RecordRating c => c.Score is < 1 or > 5
                ? Refusal.OutOfRange
                : new OfficeEvent.RatingRecorded(turn.At, c.Case, c.Score),
            OfficeCommand.RecordStaff c => RecordStaff(state, c, turn),
            OfficeCommand.OpenDesk c => OpenDesk(state, c, turn),
            OfficeCommand.MergeInto c => MergeInto(state, c, turn),
            OfficeCommand.Absorb c => Absorb(c, turn),
            OfficeCommand.SplitOff c => SplitOff(state, c, turn),
            _ => Refusal.OfficeAlreadyEstablished,
        };
    }

    /// <inheritdoc/>
    public static DateTimeOffset? NextDeadline(OfficeState state) => null;

    /// <inheritdoc/>
    /// <remarks>Never: a merged commune still forwards what arrives.</remarks>
    public static bool IsFinished(OfficeState state) => false;

    private static bool IsMerged(OfficeState state) => !state.Successor.IsNone;

    private static Decision<OfficeEvent> Admit(OfficeState state, OfficeCommand.Admit c, in Turn turn)
    {
        if (!IsCase(c))
        {
            return Refusal.OutOfRange;
        }
        if (IsMerged(state))
        {
            return new OfficeEvent.CaseForwarded(turn.At, c.Case, state.Successor, c.Reason, c.Skill, c.DueAt, c.Urgency, c.Effort);
        }
        DeskLoad desk = state.Desks[DeskChoice.ShortestWait(state.Desks, c.Skill, c.Desk)];
        return new OfficeEvent.CaseAdmitted(turn.At, c.Case, c.Reason, desk.Desk, c.DueAt, c.Urgency, c.Effort);
    }

    private static Decision<OfficeEvent> Hold(OfficeState state, OfficeCommand.Admit c, in Turn turn)
    {
        if (!IsCase(c))
        {
            return Refusal.OutOfRange;
        }
        return state.Held.Any(h => h.Case == c.Case)
            ? Decision<OfficeEvent>.Unchanged
            : new OfficeEvent.CaseHeld(turn.At, c.Case, c.Reason, c.Skill, c.DueAt, c.Urgency, c.Effort);
    }

    private static bool IsCase(OfficeCommand.Admit c) => c.Case.Kind == TwinKind.Case && c.Effort is >= 0 and <= EffortMax;

    private static Decision<OfficeEvent> RecordLeave(OfficeState state, OfficeCommand.RecordLeave c, in Turn turn)
    {
        int place = PlaceOf(state, c.Desk);
        bool isCounted = place >= 0 && state.Desks[place].Open > 0 && c.Effort is >= 0 and <= EffortMax;
        return isCounted
            ? new OfficeEvent.CaseLeft(turn.At, c.Case, c.Desk, c.Reason, c.Effort, c.OnTime)
            : Refusal.CaseNotAtDesk;
    }

    private static Decision<OfficeEvent> RecordStaff(OfficeState state, OfficeCommand.RecordStaff c, in Turn turn)
    {
        int place = PlaceOf(state, c.Desk);
        if (place < 0 || c.Officials < 0)
        {
            return place < 0 ? Refusal.DeskNotOpen : Refusal.OutOfRange;
        }
        return state.Desks[place].Officials == c.Officials
            ? Decision<OfficeEvent>.Unchanged
            : new OfficeEvent.StaffRecorded(turn.At, c.Desk, c.Officials);
    }

    private static int PlaceOf(OfficeState state, TwinId desk)
    {
        ImmutableArray<DeskLoad> desks = state.Desks;
        for (int i = 0; i < desks.Length; i++)
        {
            if (desks[i].Desk == desk)
            {
                return i;
            }
        }
        return -1;
    }
}
