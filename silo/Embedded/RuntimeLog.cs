using CityTwin.Grains;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Embedded;

/// <summary>What the runtime writes to the log. Identities only: never a name, a number or a text of a citizen.</summary>
internal static partial class RuntimeLog
{
    [LoggerMessage(1, LogLevel.Error, "The journal failed; callers were told to come back, and the city recovers from what is durable.")]
    public static partial void JournalFailed(ILogger logger, Exception reason);

    [LoggerMessage(2, LogLevel.Error, "The city cannot recover yet; the next attempt is in {Pause}.")]
    public static partial void CannotRecover(ILogger logger, Exception reason, TimeSpan pause);

    [LoggerMessage(3, LogLevel.Error, "{Twin} was stopped: its history is damaged or its rules failed.")]
    public static partial void TwinStopped(ILogger logger, Exception reason, TwinId twin);

    [LoggerMessage(4, LogLevel.Critical, "A view failed; the city stops rather than show what is not so.")]
    public static partial void ViewFailed(ILogger logger, Exception reason);

    [LoggerMessage(5, LogLevel.Warning, "The process that wrote the journal ended; this one has taken over at position {Position}, {After} after its last sign of life.")]
    public static partial void TookOver(ILogger logger, long position, TimeSpan after);
}
