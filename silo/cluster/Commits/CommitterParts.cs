using CityTwin.Cluster.Forgetting;
using CityTwin.Grains.Orleans;
using CityTwin.Silo;
using Microsoft.Extensions.Logging;

namespace CityTwin.Cluster.Commits;

/// <summary>What a committer works with.</summary>
/// <param name="OpenWriter">Opens a session for writing.</param>
/// <param name="Memory">Forgets whom other nodes have forgotten.</param>
/// <param name="Courier">Is given the messages that became durable.</param>
/// <param name="Written">Is told what became durable, before anybody is answered.</param>
/// <param name="Statistics">Counters.</param>
/// <param name="DepthMax">Entries that may wait, and messages that may be on their way, before commands are told to come back.</param>
/// <param name="BatchEventsMax">Events after which a group is closed.</param>
/// <param name="Logger">Where trouble is told.</param>
internal sealed record CommitterParts(
    Func<SharedWriter> OpenWriter, NodeMemory Memory, Courier Courier, Action<GroupWrite> Written, RuntimeStatistics Statistics, int DepthMax, int BatchEventsMax, ILogger Logger);
