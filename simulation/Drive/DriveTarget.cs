using CityTwin.Grains;
using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>A city to be driven, and what the driver must know of it.</summary>
internal interface IDriveTarget : IAsyncDisposable
{
    /// <summary>The way in.</summary>
    ICityDoor Door { get; }

    /// <summary>The city's time before the first command.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Whether the city's time passes only when the driver says so.</summary>
    bool IsDriven { get; }

    /// <summary>Whether no case had been filed before.</summary>
    bool IsEmpty { get; }

    /// <summary>Commands sent again so far.</summary>
    long Retries { get; }

    /// <summary>How long commands took.</summary>
    LatencyHistogram Latencies { get; }
}
