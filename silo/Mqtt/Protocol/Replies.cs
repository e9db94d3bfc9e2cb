using System.Text;

namespace CityTwin.Silo.Mqtt;

/// <summary>Writes the packets that a server sends beside PUBLISH.</summary>
internal static class Replies
{
    /// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP; the reason is said to MQTT 5 clients only, and only when it is not success.</summary>
    public static void Ack(ref SendBuffer to, PacketKind kind, ushort id, MqttReason reason, bool isV5)
    {
        bool says = isV5 && reason != MqttReason.Success;
        Span<byte> room = to.Add(says ? 5 : 4);
        room[0] = (byte)(((int)kind << 4) | (kind == PacketKind.PubRel ? 2 : 0));
        room[1] = (byte)(says ? 3 : 2);
        room[2] = (byte)(id >> 8);
        room[3] = (byte)(id & 0xFF);
        if (says)
        {
            room[4] = (byte)reason;
        }
    }

    public static void Pong(ref SendBuffer to)
    {
        Span<byte> room = to.Add(2);
        room[0] = (byte)PacketKind.PingResp << 4;
        room[1] = 0;
    }

    /// <summary>SUBACK or UNSUBACK. MQTT 3.1.1 knows one failure code and answers UNSUBSCRIBE without codes.</summary>
    public static void Codes(ref SendBuffer to, PacketKind kind, ushort id, ReadOnlySpan<MqttReason> reasons, bool isV5)
    {
        int codes = isV5 || kind == PacketKind.SubAck ? reasons.Length : 0;
        int length = 2 + (isV5 ? 1 : 0) + codes;
        FieldWriter writer = new(to.Add(1 + Frame.LengthBytes(length) + length));
        writer.Byte((byte)((int)kind << 4));
        writer.Variable(length);
        writer.UInt16(id);
        if (isV5)
        {
            writer.Byte(0);
        }
        foreach (MqttReason reason in reasons[..codes])
        {
            writer.Byte(!isV5 && reason >= MqttReason.UnspecifiedError ? (byte)0x80 : (byte)reason);
        }
    }

    /// <summary>DISCONNECT, for MQTT 5 only.</summary>
    public static void Disconnect(ref SendBuffer to, MqttReason reason)
    {
        FieldWriter writer = new(to.Add(3));
        writer.Byte((byte)PacketKind.Disconnect << 4);
        writer.Byte(1);
        writer.Byte((byte)reason);
    }

    /// <summary>A CONNACK that refuses. MQTT 3.1.1 has five codes for it (section 3.2.2.3).</summary>
    public static void Refuse(ref SendBuffer to, MqttReason reason, bool isV5)
    {
        FieldWriter writer = new(to.Add(isV5 ? 5 : 4));
        writer.Byte((byte)PacketKind.ConnAck << 4);
        writer.Byte((byte)(isV5 ? 3 : 2));
        writer.Byte(0);
        if (isV5)
        {
            writer.Byte((byte)reason);
            writer.Byte(0);
            return;
        }
        writer.Byte(reason switch
        {
            MqttReason.UnsupportedProtocolVersion => 1,
            MqttReason.ClientIdentifierNotValid => 2,
            MqttReason.BadUserNameOrPassword => 4,
            MqttReason.NotAuthorized => 5,
            _ => 3,
        });
    }

    /// <summary>A CONNACK that accepts, with what this server sets otherwise than the client asked.</summary>
    public static void Accept(ref SendBuffer to, ConnectPacket packet, Accepted accepted, MqttOptions options)
    {
        if (!packet.IsV5)
        {
            FieldWriter plain = new(to.Add(4));
            plain.Byte((byte)PacketKind.ConnAck << 4);
            plain.Byte(2);
            plain.Byte((byte)(accepted.SessionPresent ? 1 : 0));
            plain.Byte(0);
            return;
        }
        byte[] assigned = packet.ClientId.Length == 0 ? Encoding.UTF8.GetBytes(accepted.ClientId) : [];
        bool expiryCut = accepted.SessionExpiry != packet.SessionExpiry;
        bool keepAliveCut = accepted.KeepAlive != packet.KeepAlive;
        int properties = 3 + 5 + 3 + (assigned.Length > 0 ? 3 + assigned.Length : 0) + (expiryCut ? 5 : 0) + (keepAliveCut ? 3 : 0);
        int length = 2 + Frame.LengthBytes(properties) + properties;
        FieldWriter writer = new(to.Add(1 + Frame.LengthBytes(length) + length));
        writer.Byte((byte)PacketKind.ConnAck << 4);
        writer.Variable(length);
        writer.Byte((byte)(accepted.SessionPresent ? 1 : 0));
        writer.Byte((byte)MqttReason.Success);
        writer.Variable(properties);
        writer.Byte((byte)PropertyId.ReceiveMaximum);
        writer.UInt16(options.ReceiveMax);
        writer.Byte((byte)PropertyId.MaximumPacketSize);
        writer.UInt32((uint)options.PacketBytesMax);
        writer.Byte((byte)PropertyId.TopicAliasMaximum);
        writer.UInt16(options.TopicAliasMax);
        if (assigned.Length > 0)
        {
            writer.Byte((byte)PropertyId.AssignedClientId);
            writer.Block(assigned);
        }
        if (expiryCut)
        {
            writer.Byte((byte)PropertyId.SessionExpiry);
            writer.UInt32(accepted.SessionExpiry);
        }
        if (keepAliveCut)
        {
            writer.Byte((byte)PropertyId.ServerKeepAlive);
            writer.UInt16(accepted.KeepAlive);
        }
    }
}

/// <summary>What a connection got.</summary>
/// <param name="ClientId">The client identifier in use, the server's choice where the client had none.</param>
/// <param name="SessionPresent">Whether an earlier session goes on.</param>
/// <param name="SessionExpiry">Seconds that the session outlives the connection.</param>
/// <param name="KeepAlive">Seconds; 0 for none.</param>
internal readonly record struct Accepted(string ClientId, bool SessionPresent, uint SessionExpiry, ushort KeepAlive);
