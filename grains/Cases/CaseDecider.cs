namespace CityTwin.Grains;

/// <summary>One citizen request, from filing to its end.</summary>
/// <remarks>
/// Pure: time and rules arrive in the turn. A case is in one place at a time: at a desk, with the citizen, or on its way to a desk; then it
/// waits for <see cref="CaseCommand.RecordQueued"/>. Rules and state diagram: docs/model/case.md.
/// </remarks>
public sealed partial class CaseDecider : IDecider<CaseCommand, CaseEvent, CaseState>
{
    private static readonly CaseCommand TheDeadline = new CaseCommand.ReachDeadline();

    /// <inheritdoc/>
    public static CaseState Initial => CaseState.Absent;

    /// <inheritdoc/>
    public static CaseCommand? Deadline => TheDeadline;

    /// <inheritdoc/>
    public static Decision<CaseEvent> Decide(CaseState state, CaseCommand command, in Turn turn)
    {
        if (state.Stage == CaseStage.Absent)
        {
            return command switch
            {
                CaseCommand.FileDossier c => File(c, turn),
                CaseCommand.FileFeedback c => File(c, turn),
                _ => Refusal.CaseNotFiled,
            };
        }
        return command switch
        {
            CaseCommand.RecordQueued c => RecordQueued(state, c, turn),
            CaseCommand.StartWork c => StartWork(state, c, turn),
            CaseCommand.AskCitizen c => AskCitizen(state, c, turn),
            CaseCommand.Answer c => Answer(state, c, turn),
            CaseCommand.RecordDocumentCheck c => RecordDocumentCheck(state, c, turn),
            CaseCommand.Resolve c => Resolve(state, c, turn),
            CaseCommand.Reject c => Reject(state, c, turn),
            CaseCommand.ReturnResult => ReturnResult(state, turn),
            CaseCommand.Rate c => Rate(state, c, turn),
            CaseCommand.Close => Close(state, turn),
            CaseCommand.ReachDeadline => ReachDeadline(state, turn),
            CaseCommand.Escalate c => Escalate(state, c, turn),
            CaseCommand.SendBack c => SendBack(state, c, turn),
            CaseCommand.Withdraw c => Withdraw(state, c, turn),
            CaseCommand.Reopen c => Reopen(state, c, turn),
            CaseCommand.Reassign c => Reassign(state, c, turn),
            CaseCommand.Reroute c => Reroute(state, c, turn),
            CaseCommand.Follow c => Follow(state, c, turn),
            CaseCommand.AssignCategory c => AssignCategory(state, c, turn),
            CaseCommand.TakeUpAlert c => TakeUpAlert(state, c, turn),
            _ => Refusal.CaseAlreadyFiled,
        };
    }

    /// <inheritdoc/>
    /// <remarks>The deadline while the office has the case and has not missed it; the end of waiting for the citizen; the moment of closing.</remarks>
    public static DateTimeOffset? NextDeadline(CaseState state) => state.Stage switch
    {
        CaseStage.Received or CaseStage.Queued or CaseStage.InProgress => state.Overdue ? null : state.DueAt,
        CaseStage.WaitingForCitizen or CaseStage.Returned or CaseStage.Rejected => state.Until,
        _ => null,
    };

    /// <inheritdoc/>
    public static bool IsFinished(CaseState state) => state.Stage is CaseStage.Closed or CaseStage.Withdrawn;

    private static Decision<CaseEvent> ReachDeadline(CaseState state, in Turn turn)
    {
        if (NextDeadline(state) is not { } moment || turn.At < moment)
        {
            return Decision<CaseEvent>.Unchanged;
        }
        return state.Stage switch
        {
            CaseStage.WaitingForCitizen => new CaseEvent.CaseWithdrawn(turn.At, "The citizen did not answer in time."),
            CaseStage.Returned or CaseStage.Rejected => new CaseEvent.CaseClosed(turn.At),
            _ => new CaseEvent.CaseBecameOverdue(turn.At, state.DueAt),
        };
    }
}
