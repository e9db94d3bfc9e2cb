namespace CityTwin.Simulation.Cli.Drive;

/// <summary>What the user asked of <c>drive</c>, checked.</summary>
internal sealed record DriveArguments
{
    /// <summary>A bundled city's slug, or a city folder.</summary>
    public required string City { get; init; }

    /// <summary>Days of arrivals, 1 to 366.</summary>
    public required int Days { get; init; }

    /// <summary>Times the usual volume, 0.001 to 100.</summary>
    public required double Rate { get; init; }

    /// <summary>City seconds per real second; null: as fast as it goes.</summary>
    public required double? Speed { get; init; }

    /// <summary>The seed.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The server; null: in this process.</summary>
    public required Uri? Url { get; init; }

    /// <summary>An API key for the server, or null.</summary>
    public required string? ApiKey { get; init; }

    /// <summary>The journal in this process; null: a temporary one.</summary>
    public required string? Journal { get; init; }

    /// <summary>Requests under way at once, 1 to 1,000.</summary>
    public required int Concurrency { get; init; }

    /// <summary>Calendar days after the period for which officials work on, 0 to 366.</summary>
    public required int TailDays { get; init; }

    /// <summary>Whether to print JSON and no progress.</summary>
    public required bool Json { get; init; }
}

/// <summary>The command cannot be carried out; the message is one line for the user, the exit code 2.</summary>
internal sealed class DriveFailureException : Exception
{
    public DriveFailureException(string message)
        : base(message)
    {
    }

    public DriveFailureException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public DriveFailureException()
        : base("the drive failed")
    {
    }
}
