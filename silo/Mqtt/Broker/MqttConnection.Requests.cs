namespace CityTwin.Silo.Mqtt;

/// <content>Subscriptions, acknowledgements, the end, and what the broker asks of a connection.</content>
internal sealed partial class MqttConnection
{
    private long _heldSinceMs;

    private delegate void Write(ref SendBuffer to);

    /// <summary>Notes that a session's queue is full: no more is read until it is half empty, or its client is gone. Read loop only.</summary>
    /// <returns>False when it was held by this session already.</returns>
    public bool HoldFor(Session session)
    {
        if (_heldBy == session)
        {
            return false;
        }
        _heldBy = session;
        _heldSinceMs = broker.NowMs;
        return true;
    }

    /// <summary>There is room again. Any thread.</summary>
    public void Release()
    {
        _heldBy = null;
        _resume.Set();
    }

    /// <summary>Called about once a second: times out, lets a rate-limited client go on, cuts what will not close.</summary>
    public void Sweep(long nowMs)
    {
        MqttOptions options = broker.Options;
        if (ClosingSinceMs > 0)
        {
            if (nowMs - ClosingSinceMs > MqttBroker.CloseWithinMs)
            {
                transport.Abort();
            }
            return;
        }
        if (Session is null && nowMs - HeardAtMs > (long)options.ConnectTimeout.TotalMilliseconds)
        {
            Close(MqttReason.KeepAliveTimeout);
            return;
        }
        if (!_paused && KeepAlive > 0 && nowMs - HeardAtMs > KeepAlive * 1500L)
        {
            Close(MqttReason.KeepAliveTimeout);
            return;
        }
        if (_heldBy is { } slow && nowMs - _heldSinceMs > (long)options.SlowSubscriberPatience.TotalMilliseconds)
        {
            slow.Connection?.Close(MqttReason.QuotaExceeded);
        }
        if (options.PublishRateMax > 0)
        {
            _publishedThisSecond = 0;
            _resume.Set();
        }
    }

    private void Reply(Write write)
    {
        lock (_gate)
        {
            write(ref _unsent);
        }
        Wake();
    }

    private void TakeAck(PacketKind kind, ReadOnlySpan<byte> body, Session session)
    {
        (ushort id, MqttReason reason) = AckPacket.Read(body, IsV5);
        if (session.Acknowledged(kind, id, reason) is { } answer)
        {
            Reply((ref SendBuffer to) => Replies.Ack(ref to, answer.Reply, id, answer.Reason, IsV5));
        }
        else
        {
            Wake();
        }
    }

    private void TakeRelease(ReadOnlySpan<byte> body, Session session)
    {
        (ushort id, _) = AckPacket.Read(body, IsV5);
        MqttReason reason = session.Released(id) ? MqttReason.Success : MqttReason.PacketIdentifierNotFound;
        Reply((ref SendBuffer to) => Replies.Ack(ref to, PacketKind.PubComp, id, reason, IsV5));
    }

    private void TakeSubscribe(ReadOnlySpan<byte> body, Session session)
    {
        SubscribePacket packet = SubscribePacket.Read(body, IsV5);
        MqttReason[] reasons = new MqttReason[packet.Requests.Count];
        List<Delivery> retained = [];
        for (int i = 0; i < reasons.Length; i++)
        {
            SubscriptionRequest request = packet.Requests[i];
            if (Said!.IsBridge && !request.Filter.StartsWith("$share/", StringComparison.Ordinal))
            {
                request = request with { NoLocal = true, RetainAsPublished = true };
            }
            reasons[i] = broker.Subscribe(this, session, request, packet.SubscriptionId, retained);
        }
        Reply((ref SendBuffer to) => Replies.Codes(ref to, PacketKind.SubAck, packet.Id, reasons, IsV5));
        foreach (Delivery delivery in retained)
        {
            session.Enqueue(delivery, null);
        }
    }

    private void TakeUnsubscribe(ReadOnlySpan<byte> body, Session session)
    {
        (ushort id, IReadOnlyList<string> filters) = SubscribePacket.ReadUnsubscribe(body, IsV5);
        MqttReason[] reasons = [.. filters.Select(f => broker.Unsubscribe(session, f))];
        Reply((ref SendBuffer to) => Replies.Codes(ref to, PacketKind.UnsubAck, id, reasons, IsV5));
    }

    private void TakeDisconnect(ReadOnlySpan<byte> body)
    {
        (MqttReason reason, uint? expiry) = AckPacket.ReadDisconnect(body, IsV5);
        if (expiry is { } seconds)
        {
            if (Said!.SessionExpiry == 0 && seconds != 0)
            {
                throw MqttProtocolException.Broken("a session that was to end with its connection cannot be made to stay");
            }
            broker.ChangeExpiry(Session!, seconds);
        }
        _saidGoodbye = reason != MqttReason.DisconnectWithWill;
        Close(MqttReason.Success);
    }
}
