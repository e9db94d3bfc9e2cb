namespace CityTwin.Silo.Mqtt;

/// <summary>A client's CONNECT (MQTT 5, section 3.1; MQTT 3.1.1, section 3.1).</summary>
internal sealed record ConnectPacket
{
    /// <summary>A session expiry that means "never".</summary>
    public const uint NeverExpires = uint.MaxValue;

    /// <summary>Set on the protocol level by Mosquitto and RSMB when another broker connects.</summary>
    public const int BridgeBit = 0x80;

    private static readonly ulong Allowed =
        Properties.Bit(PropertyId.SessionExpiry) | Properties.Bit(PropertyId.ReceiveMaximum) |
        Properties.Bit(PropertyId.MaximumPacketSize) | Properties.Bit(PropertyId.TopicAliasMaximum) |
        Properties.Bit(PropertyId.RequestResponse) | Properties.Bit(PropertyId.RequestProblem) |
        Properties.Bit(PropertyId.AuthenticationMethod) | Properties.Bit(PropertyId.AuthenticationData);

    /// <summary>True for MQTT 5, false for 3.1.1.</summary>
    public required bool IsV5 { get; init; }

    /// <summary>True for another broker: it gets nothing back that came from it, and retain flags as they are.</summary>
    public bool IsBridge { get; init; }

    public required bool CleanStart { get; init; }

    /// <summary>Seconds; 0 for none.</summary>
    public required ushort KeepAlive { get; init; }

    /// <summary>Empty when the server is to choose one.</summary>
    public string ClientId { get; private set; } = "";

    public Will? Will { get; private set; }

    public string? UserName { get; private set; }

    public byte[]? Password { get; private set; }

    /// <summary>Seconds that the session outlives its connection; <see cref="NeverExpires"/> for ever.</summary>
    public uint SessionExpiry { get; private set; }

    /// <summary>How many publications the client takes unacknowledged, 1 to 65,535.</summary>
    public ushort ReceiveMaximum { get; private set; } = ushort.MaxValue;

    /// <summary>The largest packet that the client takes, bytes.</summary>
    public uint PacketBytesMax { get; private set; } = uint.MaxValue;

    /// <summary>Topic aliases that the server may set, 0 to 65,535.</summary>
    public ushort TopicAliasMax { get; private set; }

    public string? AuthenticationMethod { get; private set; }

    /// <exception cref="MqttProtocolException">Malformed, or of a protocol version that is not served.</exception>
    public static ConnectPacket Read(ReadOnlySpan<byte> body)
    {
        PacketReader reader = new(body);
        if (!reader.ReadUtf8().SequenceEqual("MQTT"u8))
        {
            throw new MqttProtocolException(MqttReason.UnsupportedProtocolVersion, "no MQTT by its protocol name");
        }
        byte said = reader.ReadByte();
        int level = said & ~BridgeBit;
        if (level is not (4 or 5))
        {
            throw new MqttProtocolException(MqttReason.UnsupportedProtocolVersion, $"protocol level {level}; 4 (3.1.1) and 5 are served");
        }
        byte flags = reader.ReadByte();
        ConnectPacket packet = new() { IsV5 = level == 5, IsBridge = said != level, CleanStart = (flags & 2) != 0, KeepAlive = reader.ReadUInt16() };
        CheckFlags(flags, packet.IsV5);
        packet.ReadPayload(ref reader, flags);
        reader.ExpectEnd();
        return packet;
    }

    private static void CheckFlags(byte flags, bool isV5)
    {
        bool will = (flags & 4) != 0;
        if ((flags & 1) != 0 || (!will && (flags & 0x38) != 0) || (flags & 0x18) == 0x18)
        {
            throw MqttProtocolException.Malformed("connect flags that are reserved or contradict each other");
        }
        if (!isV5 && (flags & 0xC0) == 0x40)
        {
            throw MqttProtocolException.Malformed("a password without a user name");
        }
    }

    private void ReadPayload(ref PacketReader reader, byte flags)
    {
        SessionExpiry = IsV5 || CleanStart ? 0 : NeverExpires;
        if (IsV5)
        {
            ReadProperties(ref reader);
        }
        ClientId = reader.ReadString();
        if ((flags & 4) != 0)
        {
            Will = Will.Read(ref reader, IsV5, qos: (byte)((flags >> 3) & 3), retain: (flags & 0x20) != 0);
        }
        if ((flags & 0x80) != 0)
        {
            UserName = reader.ReadString();
        }
        if ((flags & 0x40) != 0)
        {
            Password = reader.ReadBinary().ToArray();
        }
    }

    private void ReadProperties(ref PacketReader reader)
    {
        Properties properties = Properties.Of(ref reader, Allowed);
        while (properties.Next(out PropertyId id))
        {
            switch (id)
            {
                case PropertyId.SessionExpiry:
                    SessionExpiry = properties.UInt32();
                    break;
                case PropertyId.ReceiveMaximum:
                    ReceiveMaximum = properties.Positive(id);
                    break;
                case PropertyId.MaximumPacketSize:
                    PacketBytesMax = properties.UInt32() is var bytes and > 0 ? bytes : throw MqttProtocolException.Broken("maximum packet size 0");
                    break;
                case PropertyId.TopicAliasMaximum:
                    TopicAliasMax = properties.UInt16();
                    break;
                case PropertyId.AuthenticationMethod:
                    AuthenticationMethod = properties.String();
                    break;
                default:
                    properties.Skip(id);
                    break;
            }
        }
    }
}

/// <summary>What is published in the client's name when it goes without a word (MQTT 5, section 3.1.2.5).</summary>
/// <param name="Message">The message, its expiry counted from its publication.</param>
/// <param name="ExpirySeconds">Seconds that it stays of use, or null.</param>
/// <param name="DelaySeconds">Seconds between the loss of the connection and its publication.</param>
internal sealed record Will(Message Message, uint? ExpirySeconds, uint DelaySeconds)
{
    private static readonly ulong Allowed =
        PublishPacket.Forwarded | Properties.Bit(PropertyId.WillDelay) | Properties.Bit(PropertyId.MessageExpiry);

    public static Will Read(ref PacketReader reader, bool isV5, byte qos, bool retain)
    {
        uint delay = 0;
        uint? expiry = null;
        byte[] forwarded = [];
        if (isV5)
        {
            Properties properties = Properties.Of(ref reader, Allowed);
            ReadOnlySpan<byte> raw = properties.Rest;
            while (properties.Next(out PropertyId id))
            {
                switch (id)
                {
                    case PropertyId.WillDelay:
                        delay = properties.UInt32();
                        break;
                    case PropertyId.MessageExpiry:
                        expiry = properties.UInt32();
                        break;
                    default:
                        properties.Skip(id);
                        break;
                }
            }
            forwarded = PublishPacket.KeepForwarded(raw);
        }
        ReadOnlySpan<byte> topic = reader.ReadUtf8();
        Topics.ExpectName(topic);
        byte[] payload = reader.ReadBinary().ToArray();
        return new Will(new Message(topic.ToArray(), payload, forwarded, qos, retain, null), expiry, delay);
    }
}
