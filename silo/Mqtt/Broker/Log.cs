using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Mqtt;

internal static partial class Log
{
    [LoggerMessage(LogLevel.Debug, "MQTT client {Client} connected, protocol level {Level}")]
    public static partial void Connected(ILogger logger, string client, int level);

    [LoggerMessage(LogLevel.Debug, "MQTT connection of {Client} lost: {Reason}")]
    public static partial void Lost(ILogger logger, string client, string reason);

    [LoggerMessage(LogLevel.Information, "MQTT client {Client} sent away, {Reason}: {Message}")]
    public static partial void Refused(ILogger logger, string client, MqttReason reason, string message);

    [LoggerMessage(LogLevel.Warning, "A message was not retained: {Max} topics have one already")]
    public static partial void NotRetained(ILogger logger, int max);
}
