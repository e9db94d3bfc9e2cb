namespace CityTwin.Grains;

/// <summary>What an official's record can be asked to do.</summary>
public abstract record OfficialCommand : TwinCommand
{
    private OfficialCommand()
    {
    }

    /// <summary>Message of a desk: the official works there.</summary>
    public sealed record Appoint(TwinId Office, TwinId Desk) : OfficialCommand;

    /// <summary>Message of a case: a piece of work is done.</summary>
    public sealed record RecordWork(TwinId Case, LeaveReason Reason, TimeSpan Worked, bool OnTime) : OfficialCommand;

    /// <summary>Message of a case: its result was rated, 1 to 5.</summary>
    public sealed record RecordRating(TwinId Case, int Score) : OfficialCommand;
}

/// <summary>What happens to an official's record. STORAGE FORMAT: see docs/journal.md before changing a name or field.</summary>
/// <param name="At">When, UTC.</param>
public abstract record OfficialEvent(DateTimeOffset At) : TwinEvent
{
    /// <summary>The official works at a desk.</summary>
    public sealed record OfficialAppointed(DateTimeOffset At, TwinId Office, TwinId Desk) : OfficialEvent(At);

    /// <summary>A piece of work is done.</summary>
    public sealed record WorkRecorded(DateTimeOffset At, TwinId Case, LeaveReason Reason, TimeSpan Worked, bool OnTime) : OfficialEvent(At);

    /// <summary>A result was rated.</summary>
    public sealed record OfficialRated(DateTimeOffset At, TwinId Case, int Score) : OfficialEvent(At);
}

/// <summary>An official's record as it stands.</summary>
public sealed record OfficialState : TwinState
{
    /// <summary>The state before the appointment.</summary>
    public static OfficialState Absent { get; } = new();

    /// <summary>The office; none before the appointment.</summary>
    public TwinId Office { get; init; }

    /// <summary>The desk.</summary>
    public TwinId Desk { get; init; }

    /// <summary>Cases resolved or rejected.</summary>
    public long Handled { get; init; }

    /// <summary>Those of them in time.</summary>
    public long OnTime { get; init; }

    /// <summary>Working time spent on cases.</summary>
    public TimeSpan Worked { get; init; }

    /// <summary>Ratings received.</summary>
    public long Ratings { get; init; }

    /// <summary>The sum of the ratings' scores.</summary>
    public long RatingSum { get; init; }
}
