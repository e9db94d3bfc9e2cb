namespace CityTwin.Silo.Mqtt;

/// <summary>A client broke the protocol or a limit: its connection is closed with the reason; nothing else is touched.</summary>
public sealed class MqttProtocolException : Exception
{
    /// <summary>With the reason that the client is told (MQTT 5) and a text for the log.</summary>
    public MqttProtocolException(MqttReason reason, string message)
        : base(message) => Reason = reason;

    /// <summary>With a message alone: an unspecified error.</summary>
    public MqttProtocolException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public MqttProtocolException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Without detail.</summary>
    public MqttProtocolException()
    {
    }

    /// <summary>What the client is told.</summary>
    public MqttReason Reason { get; } = MqttReason.UnspecifiedError;

    internal static MqttProtocolException Malformed(string message) => new(MqttReason.MalformedPacket, message);

    internal static MqttProtocolException Broken(string message) => new(MqttReason.ProtocolError, message);
}
