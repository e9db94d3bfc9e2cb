using Microsoft.Extensions.Logging;

namespace CityTwin.Cluster.Nodes;

/// <summary>What a node writes to the log. Identities only: never a name, a number or a text of a citizen.</summary>
internal static partial class NodeLog
{
    [LoggerMessage(120, LogLevel.Error, "A group of {Turns} turns was not committed; callers send again, and the node opens a new session.")]
    public static partial void CommitFailed(ILogger logger, Exception reason, int turns);

    [LoggerMessage(121, LogLevel.Error, "The journal cannot be opened yet; the next attempt is after {Pause}.")]
    public static partial void CannotReopen(ILogger logger, Exception reason, TimeSpan pause);

    [LoggerMessage(122, LogLevel.Warning, "Deadlines could not be swept now: {Reason}")]
    public static partial void SweepFailed(ILogger logger, string reason);

    [LoggerMessage(123, LogLevel.Warning, "The outbox could not be swept now: {Reason}")]
    public static partial void OutboxSweepFailed(ILogger logger, string reason);

    [LoggerMessage(124, LogLevel.Warning, "The journal could not be followed now: {Reason}")]
    public static partial void FollowFailed(ILogger logger, string reason);

    [LoggerMessage(126, LogLevel.Warning, "The city is not founded yet: {Reason}")]
    public static partial void FoundingDelayed(ILogger logger, string reason);

    [LoggerMessage(125, LogLevel.Critical, "A view failed; the node stops rather than show what is not so.")]
    public static partial void ViewFailed(ILogger logger, Exception reason);
}
