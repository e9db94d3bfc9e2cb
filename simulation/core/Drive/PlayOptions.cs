namespace CityTwin.Simulation.Drive;

/// <summary>How a city is played.</summary>
public sealed record PlayOptions
{
    /// <summary>The seed of all random draws. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How citizens and officials behave.</summary>
    public Behaviour Behaviour { get; init; } = new();

    /// <summary>City time that is played at once while offices are open and citizens come. 1 second to 1 hour, default 5 minutes.</summary>
    public TimeSpan Slice { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>City time that is played at once while offices are closed. 1 second to 6 hours, default 30 minutes.</summary>
    public TimeSpan ClosedSlice { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether the lines of ended cases are kept for the check at the end. Default true; an endless feed forgets them.</summary>
    public bool KeepEnded { get; init; } = true;

    /// <summary>How often free officials look for cases that came by other ways; null (default): never.</summary>
    public TimeSpan? PollEvery { get; init; }
}
