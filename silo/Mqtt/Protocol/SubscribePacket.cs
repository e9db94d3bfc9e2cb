namespace CityTwin.Silo.Mqtt;

/// <summary>What a client does with retained messages at the moment it subscribes (MQTT 5, section 3.8.3.1).</summary>
internal enum RetainHandling : byte
{
    Send = 0,
    SendIfNew = 1,
    Never = 2,
}

/// <summary>One line of a SUBSCRIBE.</summary>
internal readonly record struct SubscriptionRequest(string Filter, byte Qos, bool NoLocal, bool RetainAsPublished, RetainHandling Retained);

/// <summary>A SUBSCRIBE (MQTT 5, section 3.8).</summary>
internal sealed record SubscribePacket(ushort Id, uint SubscriptionId, IReadOnlyList<SubscriptionRequest> Requests)
{
    /// <summary>The most filters that one packet may carry.</summary>
    public const int FiltersMax = 1024;

    private static readonly ulong Allowed = Properties.Bit(PropertyId.SubscriptionId);

    /// <exception cref="MqttProtocolException">Malformed.</exception>
    public static SubscribePacket Read(ReadOnlySpan<byte> body, bool isV5)
    {
        PacketReader reader = new(body);
        ushort id = reader.ReadPacketId();
        uint subscriptionId = isV5 ? ReadSubscriptionId(ref reader) : 0;
        List<SubscriptionRequest> requests = [];
        while (!reader.IsEmpty)
        {
            string filter = reader.ReadString();
            byte options = reader.ReadByte();
            if ((options & 3) == 3 || (options & (isV5 ? 0xC0 : 0xFC)) != 0 || (options & 0x30) == 0x30)
            {
                throw MqttProtocolException.Malformed("subscription options with reserved bits");
            }
            requests.Add(new SubscriptionRequest(
                filter, (byte)(options & 3), (options & 4) != 0, (options & 8) != 0, (RetainHandling)((options >> 4) & 3)));
            ExpectFew(requests.Count);
        }
        return requests.Count > 0
            ? new SubscribePacket(id, subscriptionId, requests)
            : throw MqttProtocolException.Broken("SUBSCRIBE without a filter");
    }

    /// <summary>The identifier and filters of an UNSUBSCRIBE.</summary>
    public static (ushort Id, IReadOnlyList<string> Filters) ReadUnsubscribe(ReadOnlySpan<byte> body, bool isV5)
    {
        PacketReader reader = new(body);
        ushort id = reader.ReadPacketId();
        if (isV5)
        {
            Properties properties = Properties.Of(ref reader, 0);
            while (properties.Next(out PropertyId property))
            {
                properties.Skip(property);
            }
        }
        List<string> filters = [];
        while (!reader.IsEmpty)
        {
            filters.Add(reader.ReadString());
            ExpectFew(filters.Count);
        }
        return filters.Count > 0 ? (id, filters) : throw MqttProtocolException.Broken("UNSUBSCRIBE without a filter");
    }

    private static uint ReadSubscriptionId(ref PacketReader reader)
    {
        uint subscriptionId = 0;
        Properties properties = Properties.Of(ref reader, Allowed);
        while (properties.Next(out PropertyId property))
        {
            if (property != PropertyId.SubscriptionId)
            {
                properties.Skip(property);
                continue;
            }
            if (subscriptionId != 0)
            {
                throw MqttProtocolException.Broken("two subscription identifiers");
            }
            subscriptionId = (uint)properties.Variable();
            if (subscriptionId == 0)
            {
                throw MqttProtocolException.Broken("subscription identifier 0");
            }
        }
        return subscriptionId;
    }

    private static void ExpectFew(int count)
    {
        if (count > FiltersMax)
        {
            throw new MqttProtocolException(MqttReason.QuotaExceeded, $"more than {FiltersMax} filters in one packet");
        }
    }
}
