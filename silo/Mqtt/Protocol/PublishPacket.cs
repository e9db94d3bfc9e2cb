namespace CityTwin.Silo.Mqtt;

/// <summary>A PUBLISH as it came (MQTT 5, section 3.3); its spans live as long as the receive buffer.</summary>
internal readonly ref struct PublishPacket
{
    /// <summary>The properties that travel on to subscribers unchanged.</summary>
    public static readonly ulong Forwarded =
        Properties.Bit(PropertyId.PayloadFormat) | Properties.Bit(PropertyId.ContentType) | Properties.Bit(PropertyId.ResponseTopic) |
        Properties.Bit(PropertyId.CorrelationData) | Properties.Bit(PropertyId.UserProperty);

    private static readonly ulong Allowed =
        Forwarded | Properties.Bit(PropertyId.MessageExpiry) | Properties.Bit(PropertyId.TopicAlias);

    public required byte Qos { get; init; }

    public required bool Retain { get; init; }

    public required bool Duplicate { get; init; }

    /// <summary>The topic name; empty where an alias stands for it.</summary>
    public required ReadOnlySpan<byte> Topic { get; init; }

    /// <summary>1 to 65,535; 0 for QoS 0.</summary>
    public required ushort Id { get; init; }

    /// <summary>0 for none.</summary>
    public ushort Alias { get; init; }

    /// <summary>Seconds, or null.</summary>
    public uint? ExpirySeconds { get; init; }

    /// <summary>All properties as they came, checked.</summary>
    public ReadOnlySpan<byte> RawProperties { get; init; }

    public ReadOnlySpan<byte> Payload { get; init; }

    /// <exception cref="MqttProtocolException">Malformed.</exception>
    public static PublishPacket Read(byte first, ReadOnlySpan<byte> body, bool isV5, int aliasMax)
    {
        byte qos = (byte)((first >> 1) & 3);
        if (qos == 3 || (qos == 0 && (first & 8) != 0))
        {
            throw MqttProtocolException.Malformed("QoS 3, or a duplicate of QoS 0");
        }
        PacketReader reader = new(body);
        ReadOnlySpan<byte> topic = reader.ReadUtf8();
        ushort id = qos > 0 ? reader.ReadPacketId() : (ushort)0;
        ushort alias = 0;
        uint? expiry = null;
        ReadOnlySpan<byte> raw = body[..0];
        if (isV5)
        {
            Properties properties = Properties.Of(ref reader, Allowed);
            raw = properties.Rest;
            while (properties.Next(out PropertyId property))
            {
                switch (property)
                {
                    case PropertyId.TopicAlias:
                        alias = properties.UInt16();
                        break;
                    case PropertyId.MessageExpiry:
                        expiry = properties.UInt32();
                        break;
                    default:
                        properties.Skip(property);
                        break;
                }
            }
            if (alias > aliasMax || (alias == 0 && !raw.IsEmpty && HasAlias(raw)))
            {
                throw new MqttProtocolException(MqttReason.TopicAliasInvalid, $"topic alias {alias}; 1 to {aliasMax} are taken");
            }
        }
        if (alias == 0 || !topic.IsEmpty)
        {
            Topics.ExpectName(topic);
        }
        return new PublishPacket
        {
            Qos = qos,
            Retain = (first & 1) != 0,
            Duplicate = (first & 8) != 0,
            Topic = topic,
            Id = id,
            Alias = alias,
            ExpirySeconds = expiry,
            RawProperties = raw,
            Payload = reader.Rest,
        };
    }

    /// <summary>The properties of <paramref name="raw"/> that subscribers get, in their order.</summary>
    public static byte[] KeepForwarded(ReadOnlySpan<byte> raw)
    {
        if (raw.IsEmpty)
        {
            return [];
        }
        byte[] kept = new byte[raw.Length];
        int length = 0;
        Properties properties = Properties.Again(raw);
        ReadOnlySpan<byte> start = properties.Rest;
        while (properties.Next(out PropertyId id))
        {
            properties.Skip(id);
            ReadOnlySpan<byte> one = start[..(start.Length - properties.Rest.Length)];
            start = properties.Rest;
            if ((Properties.Bit(id) & Forwarded) != 0)
            {
                one.CopyTo(kept.AsSpan(length));
                length += one.Length;
            }
        }
        return length == kept.Length ? kept : kept.AsSpan(0, length).ToArray();
    }

    private static bool HasAlias(ReadOnlySpan<byte> raw)
    {
        Properties properties = Properties.Again(raw);
        while (properties.Next(out PropertyId id))
        {
            if (id == PropertyId.TopicAlias)
            {
                return true;
            }
            properties.Skip(id);
        }
        return false;
    }
}
