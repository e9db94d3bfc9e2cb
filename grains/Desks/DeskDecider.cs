using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <summary>A queue of one office with its officials.</summary>
/// <remarks>
/// Pure. Joining and leaving the queue cost O(log n) in the cases that wait. A closed desk keeps its cases until each has been told where to
/// go and has left. Rules and state diagram: docs/model/desk.md.
/// </remarks>
public sealed partial class DeskDecider : IDecider<DeskCommand, DeskEvent, DeskState>
{
    /// <inheritdoc/>
    public static DeskState Initial => DeskState.Absent;

    /// <inheritdoc/>
    public static DeskCommand? Deadline => null;

    /// <inheritdoc/>
    public static Decision<DeskEvent> Decide(DeskState state, DeskCommand command, in Turn turn)
    {
        if (state.Office.IsNone)
        {
            return command is DeskCommand.Open open ? Open(open, turn) : Refusal.DeskNotOpen;
        }
        return command switch
        {
            DeskCommand.Enqueue c => Enqueue(state, c, turn),
            DeskCommand.TakeNext c => TakeNext(state, c, turn),
            DeskCommand.Start c => Start(state, c, turn),
            DeskCommand.Release c => Release(state, c, turn),
            DeskCommand.AssignOfficials c => AssignOfficials(state, c, turn),
            DeskCommand.RemoveOfficial c => RemoveOfficial(state, c, turn),
            DeskCommand.SetDiscipline c => SetDiscipline(state, c, turn),
            DeskCommand.HandOver c => HandOver(state, c, turn),
            DeskCommand.Close c => Close(state, c, turn),
            DeskCommand.Open c => c.Office == state.Office ? Decision<DeskEvent>.Unchanged : Refusal.DeskAlreadyOpen,
            _ => Decision<DeskEvent>.Unchanged,
        };
    }

    /// <inheritdoc/>
    public static DateTimeOffset? NextDeadline(DeskState state) => null;

    /// <inheritdoc/>
    public static bool IsFinished(DeskState state) => !state.Successor.IsNone && state.Queue.IsEmpty && state.InHand.IsEmpty;

    private static bool IsClosed(DeskState state) => !state.Successor.IsNone;

    private static Decision<DeskEvent> Open(DeskCommand.Open c, in Turn turn)
    {
        DeskDefinition? desk = c.Definition;
        if (c.Office.Kind is not (TwinKind.Commune or TwinKind.Department) || desk is null)
        {
            return Refusal.UnknownOffice;
        }
        return new DeskEvent.DeskOpened(
            turn.At, c.Office, desk.NameVi, desk.NameEn, desk.Skills.OrEmpty(), desk.Discipline, desk.Officials.OrEmpty());
    }

    private static Decision<DeskEvent> AssignOfficials(DeskState state, DeskCommand.AssignOfficials c, in Turn turn)
    {
        if (IsClosed(state))
        {
            return Refusal.DeskNotOpen;
        }
        ImmutableArray<TwinId> officials = c.Officials.OrEmpty();
        if (officials.IsEmpty || officials.Length > OfficialsMax || officials.Any(o => o.Kind != TwinKind.Official))
        {
            return Refusal.OutOfRange;
        }
        ImmutableArray<TwinId> joining = [.. officials.Distinct().Except(state.Officials)];
        if (state.Officials.Length + joining.Length > OfficialsMax)
        {
            return Refusal.OutOfRange;
        }
        return joining.IsEmpty ? Decision<DeskEvent>.Unchanged : new DeskEvent.OfficialsAssigned(turn.At, joining);
    }

    private static Decision<DeskEvent> RemoveOfficial(DeskState state, DeskCommand.RemoveOfficial c, in Turn turn)
    {
        if (IsClosed(state))
        {
            return Refusal.DeskNotOpen;
        }
        if (!state.Officials.Contains(c.Official))
        {
            return Refusal.OfficialNotAtDesk;
        }
        bool isNeeded = state.Officials.Length == 1 && !state.Queue.IsEmpty;
        return isNeeded ? Refusal.LastOfficial : new DeskEvent.OfficialRemoved(turn.At, c.Official);
    }

    private static Decision<DeskEvent> SetDiscipline(DeskState state, DeskCommand.SetDiscipline c, in Turn turn)
    {
        if (IsClosed(state))
        {
            return Refusal.DeskNotOpen;
        }
        if (c.Discipline is not (Discipline.DeadlineFirst or Discipline.Fifo))
        {
            return Refusal.OutOfRange;
        }
        return c.Discipline == state.Discipline ? Decision<DeskEvent>.Unchanged : new DeskEvent.DisciplineSet(turn.At, c.Discipline);
    }

    private static Decision<DeskEvent> HandOver(DeskState state, DeskCommand.HandOver c, in Turn turn)
    {
        if (IsClosed(state))
        {
            return Refusal.DeskNotOpen;
        }
        if (c.SharePercent is < 1 or > 99 || c.To.Kind != TwinKind.Commune)
        {
            return Refusal.OutOfRange;
        }
        return new DeskEvent.CasesHandedOver(turn.At, c.To, c.SharePercent);
    }

    private static Decision<DeskEvent> Close(DeskState state, DeskCommand.Close c, in Turn turn)
    {
        if (IsClosed(state))
        {
            return c.Successor == state.Successor ? Decision<DeskEvent>.Unchanged : Refusal.DeskNotOpen;
        }
        bool isOffice = c.Successor.Kind is TwinKind.Commune or TwinKind.Department;
        return isOffice ? new DeskEvent.DeskClosed(turn.At, c.Successor) : Refusal.UnknownOffice;
    }
}
