namespace CityTwin.Silo.Mqtt;

/// <summary>Property identifiers of MQTT 5, section 2.2.2.2.</summary>
internal enum PropertyId : byte
{
    PayloadFormat = 0x01,
    MessageExpiry = 0x02,
    ContentType = 0x03,
    ResponseTopic = 0x08,
    CorrelationData = 0x09,
    SubscriptionId = 0x0B,
    SessionExpiry = 0x11,
    AssignedClientId = 0x12,
    ServerKeepAlive = 0x13,
    AuthenticationMethod = 0x15,
    AuthenticationData = 0x16,
    RequestProblem = 0x17,
    WillDelay = 0x18,
    RequestResponse = 0x19,
    ReasonString = 0x1F,
    ReceiveMaximum = 0x21,
    TopicAliasMaximum = 0x22,
    TopicAlias = 0x23,
    MaximumQos = 0x24,
    RetainAvailable = 0x25,
    UserProperty = 0x26,
    MaximumPacketSize = 0x27,
}

/// <summary>Reads a packet's properties: each is checked to be allowed in this packet and, but for user properties, to come once.</summary>
internal ref struct Properties
{
    private readonly ulong _allowed;
    private PacketReader _reader;
    private ulong _seen;

    private Properties(ReadOnlySpan<byte> bytes, ulong allowed)
    {
        _reader = new PacketReader(bytes);
        _allowed = allowed | Bit(PropertyId.UserProperty);
    }

    /// <summary>Cuts the properties off the front of <paramref name="packet"/>.</summary>
    public static Properties Of(scoped ref PacketReader packet, ulong allowed) => new(packet.Take(packet.ReadVariable()), allowed);

    /// <summary>The properties in <paramref name="bytes"/>, which were checked before.</summary>
    public static Properties Again(ReadOnlySpan<byte> bytes) => new(bytes, ulong.MaxValue);

    /// <summary>The bytes not yet read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _reader.Rest;

    public static ulong Bit(PropertyId id) => 1UL << (int)id;

    /// <summary>Moves to the next property; its value must be read before the next call.</summary>
    public bool Next(out PropertyId id)
    {
        id = default;
        if (_reader.IsEmpty)
        {
            return false;
        }
        int number = _reader.ReadVariable();
        ulong bit = number < 64 ? 1UL << number : 0;
        if ((bit & _allowed) == 0)
        {
            throw MqttProtocolException.Malformed($"property {number} in a packet that has none such");
        }
        id = (PropertyId)number;
        if ((_seen & bit) != 0 && id is not (PropertyId.UserProperty or PropertyId.SubscriptionId))
        {
            throw MqttProtocolException.Broken($"property {id} twice");
        }
        _seen |= bit;
        return true;
    }

    public byte Byte() => _reader.ReadByte();

    public ushort UInt16() => _reader.ReadUInt16();

    public uint UInt32() => _reader.ReadUInt32();

    public int Variable() => _reader.ReadVariable();

    public string String() => _reader.ReadString();

    /// <summary>A byte that must be 0 or 1.</summary>
    public bool Flag(PropertyId id) => Byte() switch
    {
        0 => false,
        1 => true,
        byte other => throw MqttProtocolException.Broken($"{id} is {other}, neither 0 nor 1"),
    };

    /// <summary>A two-byte number that must not be 0.</summary>
    public ushort Positive(PropertyId id) => UInt16() is var value and > 0 ? value : throw MqttProtocolException.Broken($"{id} is 0");

    /// <summary>Reads past the value of any property, checking its form.</summary>
    public void Skip(PropertyId id)
    {
        switch (id)
        {
            case PropertyId.PayloadFormat or PropertyId.RequestProblem or PropertyId.RequestResponse or PropertyId.MaximumQos or PropertyId.RetainAvailable:
                Flag(id);
                break;
            case PropertyId.MessageExpiry or PropertyId.SessionExpiry or PropertyId.WillDelay or PropertyId.MaximumPacketSize:
                UInt32();
                break;
            case PropertyId.ServerKeepAlive or PropertyId.ReceiveMaximum or PropertyId.TopicAliasMaximum or PropertyId.TopicAlias:
                UInt16();
                break;
            case PropertyId.SubscriptionId:
                Variable();
                break;
            case PropertyId.UserProperty:
                _reader.ReadUtf8();
                _reader.ReadUtf8();
                break;
            case PropertyId.CorrelationData or PropertyId.AuthenticationData:
                _reader.ReadBinary();
                break;
            case PropertyId.ResponseTopic:
                Topics.ExpectName(_reader.ReadUtf8());
                break;
            default:
                _reader.ReadUtf8();
                break;
        }
    }
}
