namespace CityTwin.Simulation.Drive;

/// <summary>How citizens and officials behave: shares (0 to 1) and medians of lognormal delays.</summary>
/// <remarks>Nothing is published on most of these; the defaults are assumptions, and each can be set.</remarks>
public sealed record Behaviour
{
    /// <summary>Share of needed documents, not given before, that a citizen forgets when filing. Default 0.03.</summary>
    public double ForgottenDocumentShare { get; init; } = 0.03;

    /// <summary>Share of dossiers on which the official must ask the citizen. Default 0.04.</summary>
    public double AskShare { get; init; } = 0.04;

    /// <summary>Share of commune-level dossiers that go up to a department. Default 0.03.</summary>
    public double EscalateShare { get; init; } = 0.03;

    /// <summary>Share of reports that go up to a department. Default 0.12.</summary>
    public double EscalateReportShare { get; init; } = 0.12;

    /// <summary>Share of escalated cases that the department returns. Default 0.1.</summary>
    public double SendBackShare { get; init; } = 0.1;

    /// <summary>Share of decisions that turn the case down. Default 0.03.</summary>
    public double RejectShare { get; init; } = 0.03;

    /// <summary>Share of cases that citizens take back, if they still can when they think of it. Default 0.012.</summary>
    public double WithdrawShare { get; init; } = 0.012;

    /// <summary>Share of citizens who never answer; their cases are withdrawn at the limit. Default 0.03.</summary>
    public double NeverAnswersShare { get; init; } = 0.03;

    /// <summary>Share of results that are rated. Default 0.6.</summary>
    public double RateShare { get; init; } = 0.6;

    /// <summary>Share of ratings of 4 or 5 for results in time: Huế's satisfaction, 88.93 % (huengaynay.vn). Default 0.9.</summary>
    public double SatisfiedShare { get; init; } = 0.9;

    /// <summary>The same for late results. Default 0.6.</summary>
    public double SatisfiedWhenLateShare { get; init; } = 0.6;

    /// <summary>Share of results that citizens object to. Default 0.004.</summary>
    public double ReopenShare { get; init; } = 0.004;

    /// <summary>Share of unrated results that the office closes by hand; the others close by themselves. Default 0.25.</summary>
    public double CloseByHandShare { get; init; } = 0.25;

    /// <summary>Share of reports made without a name. Default 0.2.</summary>
    public double UnnamedShare { get; init; } = 0.2;

    /// <summary>Median time until an asked citizen answers. Default 30 hours.</summary>
    public TimeSpan AnswerDelayMedian { get; init; } = TimeSpan.FromHours(30);

    /// <summary>Median time until a citizen who takes the case back does so. Default 20 hours.</summary>
    public TimeSpan WithdrawDelayMedian { get; init; } = TimeSpan.FromHours(20);

    /// <summary>Median working time until a citizen collects a paper result. Default 3 hours.</summary>
    public TimeSpan PickUpDelayMedian { get; init; } = TimeSpan.FromHours(3);

    /// <summary>Median time until a result is rated, closed by hand or objected to. Default 5 hours.</summary>
    public TimeSpan RatingDelayMedian { get; init; } = TimeSpan.FromHours(5);

    /// <summary>
    /// Median time until a case is ready for an official (registered, posted, looked at on site) as a share of the legal limit; none for
    /// same-day services. Default 0.5, which brings the mean of all dossiers near Huế's 2.48 days.
    /// </summary>
    public double PreparationLimitShare { get; init; } = 0.5;

    /// <summary>Median time for checks and signatures after the official's work, as a share of the legal limit; none for same-day services. Default 0.1.</summary>
    public double SignOffLimitShare { get; init; } = 0.1;
}
