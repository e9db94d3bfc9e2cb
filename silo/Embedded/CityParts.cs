using CityTwin.Grains;
using CityTwin.Silo.Journal;
using CityTwin.Silo.Turns;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Embedded;

/// <summary>What stays the same from one run of a city to the next, in one process.</summary>
/// <param name="Types">The kinds of twins.</param>
/// <param name="City">The city's identity.</param>
/// <param name="FolderRules">The rules as its folder has them.</param>
/// <param name="Options">Bounds.</param>
/// <param name="Ingress">The queue before the turns.</param>
/// <param name="Runtime">The seam to send and read through.</param>
/// <param name="Views">The views, and how far each was fed.</param>
/// <param name="Statistics">Counters.</param>
/// <param name="Logger">Where trouble is told.</param>
/// <param name="Seams">Threads, or a simulator's order.</param>
internal sealed record CityParts(
    TwinTypes Types, TwinId City, CityRules FolderRules, EmbeddedOptions Options, Ingress Ingress, EmbeddedRuntime Runtime,
    IReadOnlyList<FedView> Views, RuntimeStatistics Statistics, ILogger Logger, RunSeams Seams)
{
    /// <summary>Makes the engine of a run.</summary>
    public Func<CityParts, IJournal, TurnEngine> MakeEngine { get; init; } =
        static (parts, journal) => new TurnEngine(parts.Types, parts.FolderRules, parts.City, journal, parts.Options.Engine);
}
