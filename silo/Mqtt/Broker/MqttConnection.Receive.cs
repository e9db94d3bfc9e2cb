using System.Buffers;

namespace CityTwin.Silo.Mqtt;

/// <content>What each packet of the client does.</content>
internal sealed partial class MqttConnection
{
    private const int StackBytesMax = 512;

    private const byte ConnectFirst = (byte)PacketKind.Connect << 4;

    private TopicEntry?[] _aliases = [];
    private TopicEntry? _lastTopic;
    private bool _lastTopicAllowed;
    private bool _saidGoodbye;
    private Session? _heldBy;
    private int _publishedThisSecond;
    private string? _clientId;

    /// <summary>The client's session once it is connected.</summary>
    public Session? Session { get; private set; }

    /// <summary>What the client said at its CONNECT.</summary>
    public ConnectPacket? Said { get; private set; }

    /// <summary>The user, or null for an anonymous client.</summary>
    public MqttUser? User { get; private set; }

    /// <summary>The will, until it is published or taken back.</summary>
    public Will? Will { get; set; }

    public bool IsV5 => Said is { IsV5: true };

    public string ClientId => _clientId ?? "(not connected)";

    /// <summary>The largest packet that it takes, bytes.</summary>
    public uint PacketBytesMax => Said?.PacketBytesMax ?? uint.MaxValue;

    /// <summary>Topic aliases that it lets the server set.</summary>
    public int TopicAliasMax => Math.Min(Said?.TopicAliasMax ?? 0, broker.Options.TopicAliasMax);

    /// <summary>How many publications it takes unacknowledged.</summary>
    public int InflightMax => Math.Min(Said?.ReceiveMaximum ?? 1, broker.Options.InflightMax);

    /// <summary>Seconds of keep-alive in force, 0 for none.</summary>
    public ushort KeepAlive { get; private set; }

    private bool RateExceeded => broker.Options.PublishRateMax > 0 && _publishedThisSecond >= broker.Options.PublishRateMax;

    /// <summary>Takes all whole packets; the buffer keeps what was not taken.</summary>
    private Progress Consume(ref ReadOnlySequence<byte> buffer)
    {
        try
        {
            long now = broker.NowMs;
            while (!_isClosing)
            {
                ReadOnlySequence<byte> before = buffer;
                if (Session is null && buffer.FirstSpan is [not ConnectFirst, ..])
                {
                    throw MqttProtocolException.Broken("something else than CONNECT comes first");
                }
                if (!Frame.TryTake(ref buffer, broker.Options.PacketBytesMax, out byte first, out ReadOnlySequence<byte> body))
                {
                    return Progress.NeedsMore;
                }
                if (!Take(first, body))
                {
                    buffer = before;
                    return Progress.Paused;
                }
                HeardAtMs = now;
                if (_heldBy is not null || RateExceeded || _unsent.Count > UnsentBytesMax)
                {
                    return Progress.Paused;
                }
            }
        }
        catch (MqttProtocolException e)
        {
            Log.Refused(broker.Logger, ClientId, e.Reason, e.Message);
            broker.Counters.Refused();
            Close(e.Reason);
        }
        return Progress.NeedsMore;
    }

    private bool Take(byte first, in ReadOnlySequence<byte> body)
    {
        if (body.IsSingleSegment)
        {
            return Take(first, body.FirstSpan);
        }
        int length = (int)body.Length;
        byte[]? rented = length > StackBytesMax ? ArrayPool<byte>.Shared.Rent(length) : null;
        Span<byte> whole = rented is null ? stackalloc byte[StackBytesMax] : rented;
        body.CopyTo(whole);
        try
        {
            return Take(first, whole[..length]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    /// <summary>Takes one packet; false when it must be offered again later.</summary>
    private bool Take(byte first, ReadOnlySpan<byte> body)
    {
        PacketKind kind = (PacketKind)(first >> 4);
        int flags = first & 0xF;
        if (kind != PacketKind.Publish && flags != (kind is PacketKind.PubRel or PacketKind.Subscribe or PacketKind.Unsubscribe ? 2 : 0))
        {
            throw MqttProtocolException.Malformed($"flags {flags} on {kind}");
        }
        if (Session is null)
        {
            TakeConnect(body);
            return true;
        }
        switch (kind)
        {
            case PacketKind.Publish:
                return TakePublish(first, body, Session);
            case PacketKind.PubAck or PacketKind.PubRec or PacketKind.PubComp:
                TakeAck(kind, body, Session);
                break;
            case PacketKind.PubRel:
                TakeRelease(body, Session);
                break;
            case PacketKind.Subscribe:
                TakeSubscribe(body, Session);
                break;
            case PacketKind.Unsubscribe:
                TakeUnsubscribe(body, Session);
                break;
            case PacketKind.PingReq when body.IsEmpty:
                Reply((ref SendBuffer to) => Replies.Pong(ref to));
                break;
            case PacketKind.Disconnect:
                TakeDisconnect(body);
                break;
            default:
                throw MqttProtocolException.Broken($"{kind} from a connected client");
        }
        return true;
    }

    private void TakeConnect(ReadOnlySpan<byte> body)
    {
        try
        {
            Said = ConnectPacket.Read(body);
            User = broker.Identify(Said);
            Will = Said.Will;
            Session session = broker.Enter(this, Said, out Accepted accepted);
            _clientId = accepted.ClientId;
            KeepAlive = accepted.KeepAlive;
            Session = session;
            lock (_gate)
            {
                Replies.Accept(ref _unsent, Said, accepted, broker.Options);
            }
            session.Attach(this);
        }
        catch (MqttProtocolException e)
        {
            Will = null;
            bool isV5 = IsV5 || (Said is null && body is [_, _, _, _, _, _, var level, ..] && (level & ~ConnectPacket.BridgeBit) >= 5);
            if (isV5 || e.Reason is not (MqttReason.MalformedPacket or MqttReason.ProtocolError))
            {
                lock (_gate)
                {
                    Replies.Refuse(ref _unsent, e.Reason, isV5);
                }
            }
            throw;
        }
    }

    private bool TakePublish(byte first, ReadOnlySpan<byte> body, Session session)
    {
        PublishPacket packet = PublishPacket.Read(first, body, IsV5, broker.Options.TopicAliasMax);
        if (packet.Qos > 0 && MustWaitToOwe(packet.Qos, session))
        {
            return false;
        }
        TopicEntry topic = TopicOf(packet);
        if (packet.Qos == 2 && !session.TryReceive(packet.Id, out long earlier))
        {
            Owe(packet, MqttReason.Success, earlier);
            return true;
        }
        if (!MayPublishTo(topic))
        {
            return packet.Qos == 0 || !IsV5
                ? throw new MqttProtocolException(MqttReason.NotAuthorized, $"may not publish to {topic.Text}")
                : OweRefusal(packet);
        }
        Intake intake = new(0, MqttReason.Success);
        if (topic.Route is { } route && !packet.Payload.IsEmpty)
        {
            _inboxFull = true;
            intake = broker.Inbox!.Take(route, packet.Payload, ClientId, this);
            if (intake.IsFull)
            {
                return false;
            }
            _inboxFull = false;
        }
        _publishedThisSecond++;
        broker.Counters.Published();
        MqttReason reason = intake.Reason >= MqttReason.UnspecifiedError ? intake.Reason : broker.Publish(packet, topic, session, this, isTaken: topic.Route is not null);
        if (packet.Qos == 2 && reason < MqttReason.UnspecifiedError)
        {
            session.Received(packet.Id, intake.Ticket);
        }
        if (packet.Qos > 0)
        {
            Owe(packet, reason, intake.Ticket);
        }
        return true;
    }

    private bool OweRefusal(in PublishPacket packet)
    {
        Owe(packet, MqttReason.NotAuthorized, 0);
        return true;
    }

    /// <summary>True when the packet must wait; an MQTT 5 client was told the number and is sent away instead.</summary>
    private bool MustWaitToOwe(byte qos, Session session)
    {
        bool full;
        lock (_gate)
        {
            full = _owed.IsFull;
        }
        bool tooMany = full || (qos == 2 && IsV5 && session.ReceivedCount >= broker.Options.ReceiveMax);
        return tooMany && IsV5
            ? throw new MqttProtocolException(MqttReason.ReceiveMaximumExceeded, $"more than {broker.Options.ReceiveMax} publications unacknowledged")
            : full;
    }

    private void Owe(in PublishPacket packet, MqttReason reason, long ticket)
    {
        bool released;
        lock (_gate)
        {
            _owed.Add(packet.Qos == 1 ? PacketKind.PubAck : PacketKind.PubRec, packet.Id, reason, ticket);
            released = _owed.Release(_durable, ref _unsent, IsV5) > 0;
        }
        if (released)
        {
            Wake();
        }
    }

    private TopicEntry TopicOf(in PublishPacket packet)
    {
        if (packet.Topic.IsEmpty)
        {
            return packet.Alias <= _aliases.Length && _aliases[packet.Alias - 1] is { } known
                ? known
                : throw MqttProtocolException.Broken($"topic alias {packet.Alias} was never set");
        }
        TopicEntry entry = _lastTopic is { } last && last.Utf8.AsSpan().SequenceEqual(packet.Topic) ? last : broker.Topics.Get(packet.Topic);
        if (packet.Alias > 0)
        {
            if (_aliases.Length == 0)
            {
                _aliases = new TopicEntry?[broker.Options.TopicAliasMax];
            }
            _aliases[packet.Alias - 1] = entry;
        }
        return entry;
    }

    private bool MayPublishTo(TopicEntry topic)
    {
        if (!ReferenceEquals(topic, _lastTopic))
        {
            _lastTopic = topic;
            _lastTopicAllowed = User is null || Mqtt.Topics.IsServers(topic.Text) || User.MaySend(topic.Text);
        }
        return _lastTopicAllowed;
    }
}
