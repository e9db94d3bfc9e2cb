namespace CityTwin.Silo.Mqtt;

/// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP as it came, and DISCONNECT (MQTT 5, sections 3.4 to 3.7 and 3.14).</summary>
internal static class AckPacket
{
    private static readonly ulong Allowed = Properties.Bit(PropertyId.ReasonString);

    private static readonly ulong AllowedInDisconnect = Allowed | Properties.Bit(PropertyId.SessionExpiry);

    /// <summary>The packet identifier and the reason, success where none is said.</summary>
    public static (ushort Id, MqttReason Reason) Read(ReadOnlySpan<byte> body, bool isV5)
    {
        PacketReader reader = new(body);
        ushort id = reader.ReadPacketId();
        if (!isV5)
        {
            reader.ExpectEnd();
            return (id, MqttReason.Success);
        }
        MqttReason reason = reader.IsEmpty ? MqttReason.Success : (MqttReason)reader.ReadByte();
        SkipProperties(ref reader, Allowed, out _);
        return (id, reason);
    }

    /// <summary>The reason, and the session expiry in seconds where the client changes it.</summary>
    public static (MqttReason Reason, uint? SessionExpiry) ReadDisconnect(ReadOnlySpan<byte> body, bool isV5)
    {
        PacketReader reader = new(body);
        if (!isV5)
        {
            reader.ExpectEnd();
            return (MqttReason.Success, null);
        }
        MqttReason reason = reader.IsEmpty ? MqttReason.Success : (MqttReason)reader.ReadByte();
        SkipProperties(ref reader, AllowedInDisconnect, out uint? expiry);
        return (reason, expiry);
    }

    private static void SkipProperties(ref PacketReader reader, ulong allowed, out uint? expiry)
    {
        expiry = null;
        if (reader.IsEmpty)
        {
            return;
        }
        Properties properties = Properties.Of(ref reader, allowed);
        while (properties.Next(out PropertyId property))
        {
            if (property == PropertyId.SessionExpiry)
            {
                expiry = properties.UInt32();
            }
            else
            {
                properties.Skip(property);
            }
        }
        reader.ExpectEnd();
    }
}
