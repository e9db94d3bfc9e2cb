namespace CityTwin.Silo.Mqtt;

/// <summary>Reason codes of MQTT 5, section 2.4. MQTT 3.1.1 clients see the nearest code that it knows, or a closed connection.</summary>
public enum MqttReason : byte
{
    /// <summary>It worked; also "normal disconnection" and "granted QoS 0".</summary>
    Success = 0x00,

    /// <summary>Granted QoS 1.</summary>
    GrantedQos1 = 0x01,

    /// <summary>Granted QoS 2.</summary>
    GrantedQos2 = 0x02,

    /// <summary>The client leaves and wants its will published.</summary>
    DisconnectWithWill = 0x04,

    /// <summary>Accepted, and nobody subscribes to it.</summary>
    NoMatchingSubscribers = 0x10,

    /// <summary>There was no such subscription.</summary>
    NoSubscriptionExisted = 0x11,

    /// <summary>Refused for a reason that has no code of its own.</summary>
    UnspecifiedError = 0x80,

    /// <summary>The bytes are no MQTT packet.</summary>
    MalformedPacket = 0x81,

    /// <summary>The packet is well formed and must not come here.</summary>
    ProtocolError = 0x82,

    /// <summary>Well formed, not taken by this server.</summary>
    ImplementationSpecificError = 0x83,

    /// <summary>Neither MQTT 3.1.1 nor 5.</summary>
    UnsupportedProtocolVersion = 0x84,

    /// <summary>The client identifier may not be used.</summary>
    ClientIdentifierNotValid = 0x85,

    /// <summary>Wrong name or password.</summary>
    BadUserNameOrPassword = 0x86,

    /// <summary>Known, and not allowed to do this.</summary>
    NotAuthorized = 0x87,

    /// <summary>The readings could not be stored just now; send them again.</summary>
    ServerUnavailable = 0x88,

    /// <summary>The server has as many connections or sessions as it may.</summary>
    ServerBusy = 0x89,

    /// <summary>The server stops.</summary>
    ServerShuttingDown = 0x8B,

    /// <summary>An authentication method is asked for that this server does not have.</summary>
    BadAuthenticationMethod = 0x8C,

    /// <summary>Nothing came within one and a half keep-alive periods.</summary>
    KeepAliveTimeout = 0x8D,

    /// <summary>Another connection uses the same client identifier now.</summary>
    SessionTakenOver = 0x8E,

    /// <summary>No valid topic filter.</summary>
    TopicFilterInvalid = 0x8F,

    /// <summary>No valid topic name, or one that is not accepted here.</summary>
    TopicNameInvalid = 0x90,

    /// <summary>An unknown packet identifier.</summary>
    PacketIdentifierNotFound = 0x92,

    /// <summary>More unacknowledged publications than agreed.</summary>
    ReceiveMaximumExceeded = 0x93,

    /// <summary>A topic alias that is zero, too large or never set.</summary>
    TopicAliasInvalid = 0x94,

    /// <summary>The packet is larger than agreed.</summary>
    PacketTooLarge = 0x95,

    /// <summary>A limit of this client is reached.</summary>
    QuotaExceeded = 0x97,

    /// <summary>The payload of a reading does not follow the convention; it is on the dead-letter list.</summary>
    PayloadFormatInvalid = 0x99,

    /// <summary>Shared subscriptions with "no local" are not allowed, or not in this place.</summary>
    SharedSubscriptionsNotSupported = 0x9E,
}
