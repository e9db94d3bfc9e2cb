using CityTwin.Grains;

namespace CityTwin.Silo.Views;

/// <summary>The headline figures of a city, an office or one kind of case. Shares and means are null while there is nothing to divide by.</summary>
public sealed record Figures
{
    /// <summary>Open now: neither result, withdrawal nor rejection yet.</summary>
    public required long Open { get; init; }

    /// <summary>Open now, on the way to a desk.</summary>
    public required long Received { get; init; }

    /// <summary>Open now, in a queue.</summary>
    public required long Queued { get; init; }

    /// <summary>Open now, in an official's hands.</summary>
    public required long InProgress { get; init; }

    /// <summary>Open now, waiting for the citizen.</summary>
    public required long Waiting { get; init; }

    /// <summary>Open now, past the deadline.</summary>
    public required long Overdue { get; init; }

    /// <summary>Filed so far.</summary>
    public required long Filed { get; init; }

    /// <summary>Resolved so far.</summary>
    public required long Resolved { get; init; }

    /// <summary>Rejected so far.</summary>
    public required long Rejected { get; init; }

    /// <summary>Withdrawn so far.</summary>
    public required long Withdrawn { get; init; }

    /// <summary>Results, of either kind, that came in time.</summary>
    public required long OnTime { get; init; }

    /// <summary>Their share of all results, 0 to 1.</summary>
    public required double? OnTimeShare { get; init; }

    /// <summary>Filed today, by the city's date.</summary>
    public required long FiledToday { get; init; }

    /// <summary>Resolved today.</summary>
    public required long ResolvedToday { get; init; }

    /// <summary>Rejected today.</summary>
    public required long RejectedToday { get; init; }

    /// <summary>Withdrawn today.</summary>
    public required long WithdrawnToday { get; init; }

    /// <summary>The share of today's results that came in time, 0 to 1.</summary>
    public required double? OnTimeShareToday { get; init; }

    /// <summary>Came by escalation.</summary>
    public required long EscalatedIn { get; init; }

    /// <summary>Went up to a department.</summary>
    public required long EscalatedOut { get; init; }

    /// <summary>Results that citizens objected to.</summary>
    public required long Reopened { get; init; }

    /// <summary>Deadlines that passed.</summary>
    public required long DeadlinesMissed { get; init; }

    /// <summary>Documents that cases needed.</summary>
    public required long DocumentsNeeded { get; init; }

    /// <summary>Those found in the ledger, not asked for again.</summary>
    public required long DocumentsReused { get; init; }

    /// <summary>Their share, 0 to 1.</summary>
    public required double? ReuseShare { get; init; }

    /// <summary>Ratings received.</summary>
    public required long Ratings { get; init; }

    /// <summary>Their mean, 1 to 5.</summary>
    public required double? RatingMean { get; init; }

    /// <summary>Mean time from filing to result, working days.</summary>
    public required double? WorkingDaysMean { get; init; }

    /// <summary>Filed so far, by channel.</summary>
    public required ChannelFigures ByChannel { get; init; }

    /// <summary>The figures that follow from sums of counts.</summary>
    internal static Figures From(ReadOnlySpan<long> sum, TimeSpan standardDay)
    {
        long results = sum[(int)Count.Resolved] + sum[(int)Count.Rejected];
        long resultsToday = sum[(int)Count.ResolvedToday] + sum[(int)Count.RejectedToday];
        return new Figures
        {
            Open = sum[(int)Count.Received] + sum[(int)Count.Waiting] + sum[(int)Count.Queued] + sum[(int)Count.InProgress],
            Received = sum[(int)Count.Received],
            Queued = sum[(int)Count.Queued],
            InProgress = sum[(int)Count.InProgress],
            Waiting = sum[(int)Count.Waiting],
            Overdue = sum[(int)Count.Overdue],
            Filed = sum[(int)Count.Filed],
            Resolved = sum[(int)Count.Resolved],
            Rejected = sum[(int)Count.Rejected],
            Withdrawn = sum[(int)Count.Withdrawn],
            OnTime = sum[(int)Count.OnTime],
            OnTimeShare = Ratio(sum[(int)Count.OnTime], results),
            FiledToday = sum[(int)Count.FiledToday],
            ResolvedToday = sum[(int)Count.ResolvedToday],
            RejectedToday = sum[(int)Count.RejectedToday],
            WithdrawnToday = sum[(int)Count.WithdrawnToday],
            OnTimeShareToday = Ratio(sum[(int)Count.OnTimeToday], resultsToday),
            EscalatedIn = sum[(int)Count.EscalatedIn],
            EscalatedOut = sum[(int)Count.EscalatedOut],
            Reopened = sum[(int)Count.Reopened],
            DeadlinesMissed = sum[(int)Count.Missed],
            DocumentsNeeded = sum[(int)Count.DocumentsNeeded],
            DocumentsReused = sum[(int)Count.DocumentsReused],
            ReuseShare = Ratio(sum[(int)Count.DocumentsReused], sum[(int)Count.DocumentsNeeded]),
            Ratings = sum[(int)Count.Ratings],
            RatingMean = Ratio(sum[(int)Count.RatingSum], sum[(int)Count.Ratings]),
            WorkingDaysMean = Ratio(sum[(int)Count.LeadTime] / standardDay.TotalMilliseconds, results),
            ByChannel = new ChannelFigures(
                sum[(int)Count.ByCounter], sum[(int)Count.ByOnlinePortal], sum[(int)Count.ByNationalPortal], sum[(int)Count.ByApp], sum[(int)Count.ByHotline],
                sum[(int)Count.BySensor]),
        };
    }

    private static double? Ratio(double part, long whole) => whole == 0 ? null : Math.Round(part / whole, 4);
}

/// <summary>Cases filed, by channel.</summary>
/// <param name="Counter">At the counter.</param>
/// <param name="OnlinePortal">On the city's portal.</param>
/// <param name="NationalPortal">On the national portal.</param>
/// <param name="App">In the city's app.</param>
/// <param name="Hotline">By telephone, 1022.</param>
/// <param name="Sensor">By an alert of a sensor.</param>
public sealed record ChannelFigures(long Counter, long OnlinePortal, long NationalPortal, long App, long Hotline, long Sensor);
