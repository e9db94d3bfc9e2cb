using System.IO.Pipelines;

namespace CityTwin.Silo.Mqtt;

/// <summary>Messages on their way to one client: those that wait, and those sent and not yet acknowledged.</summary>
/// <remarks>Not thread-safe: its session holds a lock; <see cref="Waiting"/> alone may be read from anywhere.</remarks>
internal sealed class Outbound(MqttOptions options)
{
    private const int BytesPerWrite = 64 * 1024;

    private readonly Queue<Delivery> _queue = new();
    private readonly OrderedDictionary<ushort, Sent> _inflight = [];
    private readonly Dictionary<byte[], ushort> _aliases = new(ReferenceEqualityComparer.Instance);
    private int _inflightMax = options.InflightMax;
    private int _aliasMax;
    private int _resent = int.MaxValue;
    private ushort _lastId;

    /// <summary>How many messages wait to be sent.</summary>
    public int Waiting => _queue.Count;

    /// <summary>A new connection: everything unacknowledged goes again, in order.</summary>
    public void Restart(int inflightMax, int aliasMax)
    {
        _aliasMax = aliasMax;
        _aliases.Clear();
        _inflightMax = inflightMax;
        _resent = 0;
    }

    public void Add(in Delivery delivery) => _queue.Enqueue(delivery);

    /// <summary>QoS 0 is for those who listen: what was not sent when the connection went is dropped (section 4.1).</summary>
    public void DropUnsentQos0()
    {
        for (int i = _queue.Count; i > 0; i--)
        {
            Delivery delivery = _queue.Dequeue();
            if (delivery.Qos > 0)
            {
                _queue.Enqueue(delivery);
            }
        }
    }

    /// <summary>Writes until nothing more may be sent or a good write is full.</summary>
    /// <returns>True when more can be sent.</returns>
    public bool Write(PipeWriter output, bool isV5, uint packetBytesMax, long nowMs)
    {
        int written = 0;
        for (; _resent < _inflight.Count && written < BytesPerWrite; _resent++)
        {
            written += WriteAgain(output, _inflight.GetAt(_resent), isV5, nowMs);
        }
        while (written < BytesPerWrite && _resent >= _inflight.Count && _queue.TryPeek(out Delivery delivery))
        {
            if (delivery.Qos > 0 && _inflight.Count >= _inflightMax)
            {
                return false;
            }
            _queue.Dequeue();
            TopicAlias alias = AliasOf(delivery.Message.Topic);
            int length = delivery.BodyLength(isV5, alias, out int propertiesLength);
            int packet = 1 + Frame.LengthBytes(length) + length;
            if (delivery.Message.IsExpired(nowMs) || (uint)packet > packetBytesMax)
            {
                continue;
            }
            ushort id = delivery.Qos > 0 ? NextId() : (ushort)0;
            delivery.Write(output.GetSpan(packet), length, propertiesLength, id, alias, duplicate: false, isV5, nowMs);
            Remember(alias, delivery.Message.Topic);
            output.Advance(packet);
            written += packet;
            if (id != 0)
            {
                _inflight.Add(id, new Sent(delivery, Released: false));
                _resent = _inflight.Count;
            }
        }
        return _queue.Count > 0 && written >= BytesPerWrite;
    }

    /// <summary>Takes an acknowledgement; returns what to answer, if anything (section 4.3).</summary>
    public (PacketKind Reply, MqttReason Reason)? Acknowledged(PacketKind kind, ushort id, MqttReason reason)
    {
        bool known = _inflight.TryGetValue(id, out Sent sent);
        switch (kind)
        {
            case PacketKind.PubRec when known && sent.Delivery.Qos == 2:
                if (reason >= MqttReason.UnspecifiedError)
                {
                    Remove(id);
                    return null;
                }
                _inflight[id] = sent with { Released = true };
                return (PacketKind.PubRel, MqttReason.Success);
            case PacketKind.PubRec:
                return (PacketKind.PubRel, MqttReason.PacketIdentifierNotFound);
            case PacketKind.PubAck when known && sent.Delivery.Qos == 1:
            case PacketKind.PubComp when known && sent.Delivery.Qos == 2:
                Remove(id);
                return null;
            default:
                return null;
        }
    }

    private void Remove(ushort id)
    {
        int at = _inflight.IndexOf(id);
        _inflight.RemoveAt(at);
        if (_resent > at && _resent != int.MaxValue)
        {
            _resent--;
        }
    }

    private static int WriteAgain(PipeWriter output, KeyValuePair<ushort, Sent> entry, bool isV5, long nowMs)
    {
        if (entry.Value.Released)
        {
            SendBuffer release = default;
            Replies.Ack(ref release, PacketKind.PubRel, entry.Key, MqttReason.Success, isV5);
            release.Waiting.CopyTo(output.GetSpan(release.Count));
            output.Advance(release.Count);
            release.Clear();
            return 4;
        }
        Delivery delivery = entry.Value.Delivery;
        int length = delivery.BodyLength(isV5, default, out int propertiesLength);
        int packet = 1 + Frame.LengthBytes(length) + length;
        delivery.Write(output.GetSpan(packet), length, propertiesLength, entry.Key, default, duplicate: true, isV5, nowMs);
        output.Advance(packet);
        return packet;
    }

    /// <summary>Topics are known by the one array that the topic table has of each: the first ones of a connection get the aliases.</summary>
    private TopicAlias AliasOf(byte[] topic) =>
        _aliasMax == 0 ? default
        : _aliases.TryGetValue(topic, out ushort known) ? new TopicAlias(known, IsKnown: true)
        : _aliases.Count < _aliasMax ? new TopicAlias((ushort)(_aliases.Count + 1), IsKnown: false)
        : default;

    private void Remember(TopicAlias alias, byte[] topic)
    {
        if (alias is { Number: > 0, IsKnown: false })
        {
            _aliases.Add(topic, alias.Number);
        }
    }

    private ushort NextId()
    {
        do
        {
            _lastId = (ushort)(_lastId == ushort.MaxValue ? 1 : _lastId + 1);
        }
        while (_inflight.ContainsKey(_lastId));
        return _lastId;
    }

    private readonly record struct Sent(Delivery Delivery, bool Released);
}
