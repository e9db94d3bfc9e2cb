using Microsoft.Extensions.Logging;

namespace CityTwin.Grains.Orleans;

/// <summary>What grains write to the log. Identities only: never a name, a number or a text of a citizen.</summary>
internal static partial class TwinLog
{
    [LoggerMessage(101, LogLevel.Error, "{Twin} was stopped: its history is damaged or its rules failed.")]
    public static partial void TwinStopped(ILogger logger, Exception reason, TwinId twin);

    [LoggerMessage(102, LogLevel.Warning, "The snapshot of {Twin} cannot be read; its whole history is.")]
    public static partial void SnapshotUnreadable(ILogger logger, Exception reason, TwinId twin);

    [LoggerMessage(103, LogLevel.Warning, "A snapshot of {Twin} could not be kept; activating it takes longer.")]
    public static partial void SnapshotNotKept(ILogger logger, Exception reason, TwinId twin);
}
