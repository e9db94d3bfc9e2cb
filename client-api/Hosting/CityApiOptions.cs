using CityTwin.Grains;
using CityTwin.Silo.Views;

namespace CityTwin.ClientApi.Hosting;

/// <summary>How the API serves a city.</summary>
public sealed record CityApiOptions
{
    /// <summary>The city as its folder has it.</summary>
    public required CityDefinition City { get; init; }

    /// <summary>The live view, fed by whoever runs the city.</summary>
    public required CityView View { get; init; }

    /// <summary>Keys that callers must have; none: everybody who can reach the address may.</summary>
    public IReadOnlyList<string> ApiKeys { get; init; } = [];

    /// <summary>Cases a minute that a feed plays; null: no feed; 0: as many as the city really has.</summary>
    public double? FeedPerMinute { get; init; }

    /// <summary>Bytes of a request body. 1,024 to 1,073,741,824, default 8 MiB.</summary>
    public long BodyBytesMax { get; init; } = 8 * 1024 * 1024;

    /// <summary>Cases in one batch. 1 to 1,000, default 1,000.</summary>
    public int BatchMax { get; init; } = 1_000;

    /// <summary>Connections at once. 1 to 1,000,000, default 10,000.</summary>
    public int ConnectionsMax { get; init; } = 10_000;

    /// <summary>How long requests at hand may take when the program stops. Default 15 s.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How many processes may number new cases at once: each leaves the others' numbers out. A power of two, 1 to 128, default 1.</summary>
    public int NumberingProcesses { get; init; } = 1;

    /// <summary>Which of them this process is, asked when the first case is numbered.</summary>
    public Func<int> NumberingProcess { get; init; } = static () => 0;
}
