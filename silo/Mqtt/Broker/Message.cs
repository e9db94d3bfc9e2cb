using System.Text;

namespace CityTwin.Silo.Mqtt;

/// <summary>A published message, shared by all who receive it. Immutable.</summary>
/// <param name="topic">The topic name, UTF-8.</param>
/// <param name="payload">The payload.</param>
/// <param name="forwarded">MQTT 5 properties that subscribers get, encoded.</param>
/// <param name="qos">The QoS of the publication, 0 to 2.</param>
/// <param name="retain">The retain flag of the publication.</param>
/// <param name="expiresAtMs">When it is of no use any more, on the broker's clock; null for never.</param>
internal sealed class Message(byte[] topic, byte[] payload, byte[] forwarded, byte qos, bool retain, long? expiresAtMs)
{
    public byte[] Topic { get; } = topic;

    public byte[] Payload { get; } = payload;

    public byte[] Forwarded { get; } = forwarded;

    public byte Qos { get; } = qos;

    public bool Retain { get; } = retain;

    public long? ExpiresAtMs { get; } = expiresAtMs;

    public string TopicText => Encoding.UTF8.GetString(Topic);

    public bool IsExpired(long nowMs) => ExpiresAtMs <= nowMs;

    public Message ExpiringAt(long? atMs) => new(Topic, Payload, Forwarded, Qos, Retain, atMs);
}

/// <summary>A message on its way to one session.</summary>
/// <param name="Message">What.</param>
/// <param name="Qos">The lower of the publication's and the subscription's QoS.</param>
/// <param name="Retain">The flag to send.</param>
/// <param name="SubscriptionIds">MQTT 5 subscription identifiers of the subscriptions that it matched.</param>
internal readonly record struct Delivery(Message Message, byte Qos, bool Retain, uint[] SubscriptionIds)
{
    /// <summary>Bytes of the packet after the fixed header.</summary>
    public int BodyLength(bool isV5, TopicAlias alias, out int propertiesLength)
    {
        propertiesLength = alias.Number > 0 ? 3 : 0;
        int length = 2 + (alias.IsKnown ? 0 : Message.Topic.Length) + (Qos > 0 ? 2 : 0) + Message.Payload.Length;
        if (isV5)
        {
            foreach (uint id in SubscriptionIds)
            {
                propertiesLength += 1 + Frame.LengthBytes((int)id);
            }
            propertiesLength += Message.Forwarded.Length + (Message.ExpiresAtMs is null ? 0 : 5);
            length += Frame.LengthBytes(propertiesLength) + propertiesLength;
        }
        return length;
    }

    /// <summary>Writes the PUBLISH, whose body length is known.</summary>
    public void Write(Span<byte> room, int bodyLength, int propertiesLength, ushort id, TopicAlias alias, bool duplicate, bool isV5, long nowMs)
    {
        FieldWriter writer = new(room);
        writer.Byte((byte)(((int)PacketKind.Publish << 4) | (duplicate ? 8 : 0) | (Qos << 1) | (Retain ? 1 : 0)));
        writer.Variable(bodyLength);
        writer.Block(alias.IsKnown ? [] : Message.Topic);
        if (Qos > 0)
        {
            writer.UInt16(id);
        }
        if (isV5)
        {
            writer.Variable(propertiesLength);
            if (Message.ExpiresAtMs is { } at)
            {
                writer.Byte((byte)PropertyId.MessageExpiry);
                writer.UInt32((uint)Math.Clamp((at - nowMs + 999) / 1000, 1, uint.MaxValue));
            }
            if (alias.Number > 0)
            {
                writer.Byte((byte)PropertyId.TopicAlias);
                writer.UInt16(alias.Number);
            }
            foreach (uint subscription in SubscriptionIds)
            {
                writer.Byte((byte)PropertyId.SubscriptionId);
                writer.Variable((int)subscription);
            }
            writer.Bytes(Message.Forwarded);
        }
        writer.Bytes(Message.Payload);
    }
}

/// <summary>A number that stands for a topic towards one client (MQTT 5, section 3.3.2.3.4).</summary>
/// <param name="Number">The alias, 0 for none.</param>
/// <param name="IsKnown">Whether the client has been told the topic, which is then left out.</param>
internal readonly record struct TopicAlias(ushort Number, bool IsKnown);
