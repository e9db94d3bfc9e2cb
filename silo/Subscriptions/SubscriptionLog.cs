using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Subscriptions;

/// <summary>What an operator should know of webhooks. No event's content is logged.</summary>
internal static partial class SubscriptionLog
{
    /// <summary>An event was set aside.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "Subscription {Subscription}: event {Event} was set aside after {Attempts} attempts: {Reason}")]
    public static partial void SetAside(ILogger logger, string subscription, string @event, int attempts, string reason);

    /// <summary>A target wants no more.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "Subscription {Subscription} is paused: its target answered 410 Gone")]
    public static partial void Gone(ILogger logger, string subscription);

    /// <summary>Delivery was interrupted.</summary>
    [LoggerMessage(Level = LogLevel.Warning, Message = "Subscription {Subscription} was interrupted and begins again: {Reason}")]
    public static partial void Interrupted(ILogger logger, string subscription, string reason);
}
