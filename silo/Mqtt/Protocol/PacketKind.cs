namespace CityTwin.Silo.Mqtt;

/// <summary>The control packets of MQTT 3.1.1 and 5, by the number in the first byte's upper half (MQTT 5, section 2.1.2).</summary>
internal enum PacketKind : byte
{
    Reserved = 0,
    Connect = 1,
    ConnAck = 2,
    Publish = 3,
    PubAck = 4,
    PubRec = 5,
    PubRel = 6,
    PubComp = 7,
    Subscribe = 8,
    SubAck = 9,
    Unsubscribe = 10,
    UnsubAck = 11,
    PingReq = 12,
    PingResp = 13,
    Disconnect = 14,
    Auth = 15,
}
