namespace CityTwin.Grains;

/// <summary>An official's record: what the performance indicators are made of.</summary>
/// <remarks>Pure. Rules: docs/model/official.md.</remarks>
public sealed class OfficialDecider : IDecider<OfficialCommand, OfficialEvent, OfficialState>
{
    /// <summary>Working time of one piece of work: ten years, beyond which it is a mistake.</summary>
    public static readonly TimeSpan WorkedMax = TimeSpan.FromDays(3_650);

    /// <inheritdoc/>
    public static OfficialState Initial => OfficialState.Absent;

    /// <inheritdoc/>
    public static OfficialCommand? Deadline => null;

    /// <inheritdoc/>
    public static Decision<OfficialEvent> Decide(OfficialState state, OfficialCommand command, in Turn turn) => command switch
    {
        OfficialCommand.Appoint c => Appoint(state, c, turn),
        _ when state.Office.IsNone => Refusal.OfficialNotAppointed,
        OfficialCommand.RecordWork c => c.Worked < TimeSpan.Zero || c.Worked > WorkedMax
            ? Refusal.OutOfRange
            : new OfficialEvent.WorkRecorded(turn.At, c.Case, c.Reason, c.Worked, c.OnTime),
        OfficialCommand.RecordRating c => c.Score is < 1 or > 5
            ? Refusal.OutOfRange
            : new OfficialEvent.OfficialRated(turn.At, c.Case, c.Score),
        _ => Decision<OfficialEvent>.Unchanged,
    };

    /// <inheritdoc/>
    public static OfficialState Evolve(OfficialState state, OfficialEvent happened) => happened switch
    {
        OfficialEvent.OfficialAppointed e => state with { Office = e.Office, Desk = e.Desk },
        _ when state.Office.IsNone => throw new CorruptHistoryException(state, happened),
        OfficialEvent.WorkRecorded e => AfterWork(state, e),
        OfficialEvent.OfficialRated e => state with { Ratings = state.Ratings + 1, RatingSum = state.RatingSum + e.Score },
        _ => throw new CorruptHistoryException(state, happened),
    };

    /// <inheritdoc/>
    public static void React(TwinId self, OfficialState state, OfficialEvent happened, Outbox outbox)
    {
    }

    /// <inheritdoc/>
    public static DateTimeOffset? NextDeadline(OfficialState state) => null;

    /// <inheritdoc/>
    public static bool IsFinished(OfficialState state) => false;

    private static Decision<OfficialEvent> Appoint(OfficialState state, OfficialCommand.Appoint c, in Turn turn)
    {
        if (c.Office.Kind is not (TwinKind.Commune or TwinKind.Department) || c.Desk.Kind != TwinKind.Desk)
        {
            return Refusal.OutOfRange;
        }
        return state.Office == c.Office && state.Desk == c.Desk
            ? Decision<OfficialEvent>.Unchanged
            : new OfficialEvent.OfficialAppointed(turn.At, c.Office, c.Desk);
    }

    private static OfficialState AfterWork(OfficialState state, OfficialEvent.WorkRecorded e)
    {
        bool isResult = e.Reason is LeaveReason.Resolved or LeaveReason.Rejected;
        return state with
        {
            Handled = state.Handled + (isResult ? 1 : 0),
            OnTime = state.OnTime + (isResult && e.OnTime ? 1 : 0),
            Worked = state.Worked + e.Worked,
        };
    }
}
