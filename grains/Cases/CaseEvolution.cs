using System.Collections.Immutable;

namespace CityTwin.Grains;

/// <content>The state after each event.</content>
public sealed partial class CaseDecider
{
    /// <inheritdoc/>
    public static CaseState Evolve(CaseState state, CaseEvent happened) => (state.Stage, happened) switch
    {
        (CaseStage.Absent, CaseEvent.CaseFiled e) => AfterFiling(e),
        (CaseStage.Received, CaseEvent.DocumentsChecked e) when !state.OnItsWay => AfterCheck(state, e),
        (CaseStage.Received, CaseEvent.CaseQueued e) when state.OnItsWay =>
            state with { Stage = CaseStage.Queued, OnItsWay = false, Office = e.Office, Desk = e.Desk, StageAt = e.At },
        (CaseStage.Queued, CaseEvent.WorkStarted e) => state with { Stage = CaseStage.InProgress, Official = e.Official, StageAt = e.At },
        (CaseStage.InProgress, CaseEvent.CitizenAsked e) => AfterAsking(state, e),
        (CaseStage.WaitingForCitizen, CaseEvent.CitizenAnswered e) => AfterAnswer(state, e),
        (CaseStage.InProgress, CaseEvent.CaseEscalated e) =>
            Underway(state, e.At, e.To, e.Worked, Saturate(state.Escalations + 1)),
        (CaseStage.InProgress, CaseEvent.CaseSentBack e) => Underway(state, e.At, e.To, e.Worked, state.Escalations),
        (CaseStage.InProgress, CaseEvent.CaseResolved e) =>
            Decided(state, CaseStage.Resolved, e.At, e.Outcome, e.Worked, e.OnTime, null),
        (CaseStage.InProgress, CaseEvent.CaseRejected e) =>
            Decided(state, CaseStage.Rejected, e.At, e.Reason, e.Worked, e.OnTime, e.CloseAt),
        (CaseStage.Resolved, CaseEvent.ResultReturned e) => state with { Stage = CaseStage.Returned, StageAt = e.At, Until = e.CloseAt },
        (CaseStage.Resolved or CaseStage.Returned or CaseStage.Rejected, CaseEvent.CaseRated e) => state with { Rating = (byte)e.Score },
        (CaseStage.Resolved or CaseStage.Returned or CaseStage.Rejected, CaseEvent.CaseClosed e) =>
            state with { Stage = CaseStage.Closed, StageAt = e.At, Until = null },
        (CaseStage.Resolved or CaseStage.Returned or CaseStage.Rejected, CaseEvent.CaseReopened e) => AfterReopening(state, e),
        (CaseStage.Received or CaseStage.Queued or CaseStage.InProgress, CaseEvent.CaseBecameOverdue) when !state.Overdue =>
            state with { Overdue = true },
        (CaseStage.Received, CaseEvent.CaseClassified e) when state.Classification is null => state with { Classification = e.Reading },
        (_, CaseEvent.CaseFollowed e) when state.IsOpen => state with { Followers = checked(state.Followers + 1), LastFollower = e.Report },
        (_, CaseEvent.CategoryAssigned e) when state.IsOpen => AfterAssignment(state, e),
        (_, CaseEvent.CaseMoved e) when state.IsOpen => AfterMove(state, e),
        (_, CaseEvent.CaseWithdrawn e) when state.IsOpen => state with
        {
            Stage = CaseStage.Withdrawn,
            StageAt = e.At,
            Until = null,
            Outcome = e.Reason,
            Worked = state.Worked + (e.Worked ?? TimeSpan.Zero),
        },
        (CaseStage.Withdrawn, CaseEvent.CaseRecalled) when state.OnItsWay => state with { OnItsWay = false },
        _ => throw new CorruptHistoryException(state, happened),
    };

    private static CaseState AfterFiling(CaseEvent.CaseFiled e)
    {
        bool isChecked = !e.Needed.IsDefaultOrEmpty && !e.Citizen.IsNone;
        return new CaseState
        {
            Stage = CaseStage.Received,
            OnItsWay = !isChecked,
            Kind = e.Kind,
            Channel = e.Channel,
            Urgency = e.Urgency,
            Service = e.Service,
            Skill = e.Skill,
            Effort = e.Effort,
            Citizen = e.Citizen,
            Commune = e.Commune,
            Office = e.Office,
            FiledAt = e.At,
            DueAt = e.DueAt,
            StageAt = e.At,
            Needed = e.Needed.OrEmpty(),
            Description = e.Description,
            Place = e.Place,
        };
    }

    private static CaseState AfterCheck(CaseState state, CaseEvent.DocumentsChecked e)
    {
        byte reused = Saturate(state.Reused + e.Reused.OrEmpty().Length);
        return e.Remaining is { } remaining
            ? state with
            {
                Stage = CaseStage.WaitingForCitizen,
                StageAt = e.At,
                Reused = reused,
                Missing = e.Missing,
                Remaining = remaining,
                Until = e.AnswerBy,
            }
            : state with { OnItsWay = true, Reused = reused, Missing = [], StageAt = e.At };
    }

    private static CaseState AfterAsking(CaseState state, CaseEvent.CitizenAsked e)
    {
        ImmutableArray<string> asked = e.Documents.OrEmpty();
        return state with
        {
            Stage = CaseStage.WaitingForCitizen,
            StageAt = e.At,
            Needed = asked.IsEmpty ? state.Needed : [.. state.Needed.Union(asked)],
            Missing = asked,
            Remaining = e.Remaining,
            Until = e.AnswerBy,
            Worked = state.Worked + e.Worked,
        };
    }

    private static CaseState AfterAnswer(CaseState state, CaseEvent.CitizenAnswered e)
    {
        bool isChecked = !state.Missing.IsEmpty && !state.Citizen.IsNone;
        return state with
        {
            Stage = CaseStage.Received,
            OnItsWay = !isChecked,
            StageAt = e.At,
            DueAt = e.DueAt,
            Missing = isChecked ? state.Missing : [],
            Remaining = TimeSpan.Zero,
            Until = null,

            // Nothing was left when the deadline stopped: it is the same missed deadline, not a second one.
            Overdue = state.Overdue && e.DueAt <= e.At,
        };
    }

    private static CaseState AfterMove(CaseState state, CaseEvent.CaseMoved e) => state.Stage switch
    {
        CaseStage.WaitingForCitizen => state with { Office = e.To },
        CaseStage.Received when !state.OnItsWay => state with { Office = e.To },
        _ => Underway(state, e.At, e.To, e.Worked ?? TimeSpan.Zero, state.Escalations),
    };

    private static CaseState AfterReopening(CaseState state, CaseEvent.CaseReopened e) => state with
    {
        Stage = CaseStage.Received,
        OnItsWay = true,
        StageAt = e.At,
        Office = e.Office,
        DueAt = e.DueAt,
        Overdue = false,
        OnTime = null,
        ResolvedAt = null,
        Until = null,
        Outcome = null,
        Rating = 0,
        Reopenings = Saturate(state.Reopenings + 1),
    };

    private static CaseState Underway(CaseState state, DateTimeOffset at, TwinId office, TimeSpan worked, byte escalations) => state with
    {
        Escalations = escalations,
        Stage = CaseStage.Received,
        OnItsWay = true,
        Office = office,
        StageAt = at,
        Worked = state.Worked + worked,
    };

    private static CaseState Decided(
        CaseState state, CaseStage stage, DateTimeOffset at, string? outcome, TimeSpan worked, bool onTime, DateTimeOffset? closeAt) => state with
        {
            Stage = stage,
            StageAt = at,
            ResolvedAt = at,
            Outcome = outcome,
            OnTime = onTime,
            Worked = state.Worked + worked,
            Until = closeAt,
        };

    private static byte Saturate(int count) => (byte)Math.Min(count, byte.MaxValue);
}
