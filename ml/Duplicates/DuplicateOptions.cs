namespace CityTwin.Ml.Duplicates;

/// <summary>When two reports are taken to tell of the same thing.</summary>
public sealed record DuplicateOptions
{
    /// <summary>The farthest apart, in metres, above 0; default 300.</summary>
    public double DistanceMax { get; init; } = 300;

    /// <summary>The longest apart, above zero; default 72 hours.</summary>
    public TimeSpan TimeMax { get; init; } = TimeSpan.FromHours(72);

    /// <summary>The least score, 0 to 1; default 0.45. The score is text similarity, raised by nearness in place and time
    /// when the category is the same.</summary>
    public double ScoreMin { get; init; } = 0.45;

    /// <summary>How much being at the same place adds, 0 to 1; default 0.2. Falls evenly to 0 at <see cref="DistanceMax"/>.</summary>
    public double PlaceWeight { get; init; } = 0.2;

    /// <summary>How much being at the same time adds, 0 to 1; default 0.05. Falls evenly to 0 at <see cref="TimeMax"/>.</summary>
    public double TimeWeight { get; init; } = 0.05;

    /// <summary>The least text similarity whatever the place, 0 to 1; default 0.05.</summary>
    public double SimilarityMin { get; init; } = 0.05;

    /// <summary>The most reports kept; the oldest leaves first. 1 to 1,000,000, default 100,000.</summary>
    public int Capacity { get; init; } = 100_000;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(DistanceMax);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(TimeMax, TimeSpan.Zero, nameof(TimeMax));
        ArgumentOutOfRangeException.ThrowIfLessThan(Capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Capacity, 1_000_000);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ScoreMin);
    }
}
