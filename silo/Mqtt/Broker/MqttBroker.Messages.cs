namespace CityTwin.Silo.Mqtt;

/// <content>Publications and subscriptions.</content>
public sealed partial class MqttBroker
{
    /// <summary>Sends a publication on to its subscribers and keeps it if it is to be retained.</summary>
    /// <param name="packet">The publication.</param>
    /// <param name="topic">Its topic.</param>
    /// <param name="from">The publisher's session.</param>
    /// <param name="publisher">Held back when a subscriber's queue is full.</param>
    /// <param name="isTaken">Whether the inbox took it: then it counts as received whoever subscribes.</param>
    internal MqttReason Publish(in PublishPacket packet, TopicEntry topic, Session from, MqttConnection publisher, bool isTaken)
    {
        Audience audience = topic.AudienceIn(_subscriptions);
        bool nobody = audience.Direct.Length == 0 && audience.Shared.Length == 0;
        if (Mqtt.Topics.IsServers(topic.Text))
        {
            return MqttReason.Success;
        }
        if (nobody && !packet.Retain)
        {
            return isTaken ? MqttReason.Success : MqttReason.NoMatchingSubscribers;
        }
        long? expiresAt = packet.ExpirySeconds is { } seconds ? NowMs + (seconds * 1000L) : null;
        Message message = new(
            topic.Utf8, packet.Payload.ToArray(), PublishPacket.KeepForwarded(packet.RawProperties), packet.Qos, packet.Retain, expiresAt);
        bool kept = !packet.Retain || Retain(message);
        Deliver(message, audience, from, publisher);
        return !kept ? MqttReason.QuotaExceeded : nobody && !isTaken ? MqttReason.NoMatchingSubscribers : MqttReason.Success;
    }

    /// <summary>Adds a subscription; <paramref name="retained"/> gets what it is to receive at once.</summary>
    /// <returns>The QoS granted, or why not.</returns>
    internal MqttReason Subscribe(
        MqttConnection connection, Session session, SubscriptionRequest request, uint subscriptionId, List<Delivery> retained)
    {
        if (!Mqtt.Topics.TrySplitShared(request.Filter, out string? group, out string filter) || !Mqtt.Topics.IsFilter(filter))
        {
            return connection.IsV5 ? MqttReason.TopicFilterInvalid : throw MqttProtocolException.Malformed("no topic filter");
        }
        if (group is not null && request.NoLocal)
        {
            throw MqttProtocolException.Broken("no local on a shared subscription");
        }
        if (connection.User?.MayReceive(filter) == false)
        {
            return MqttReason.NotAuthorized;
        }
        Subscription subscription = new(session, filter, group, request.Qos, request.NoLocal, request.RetainAsPublished, subscriptionId);
        bool isNew;
        lock (_gate)
        {
            isNew = !session.Subscriptions.ContainsKey(request.Filter);
            if (isNew && session.Subscriptions.Count >= Options.SubscriptionsMax)
            {
                return MqttReason.QuotaExceeded;
            }
            session.Subscriptions[request.Filter] = subscription;
            _subscriptions.Set(subscription);
        }
        bool sends = request.Retained == RetainHandling.Send || (request.Retained == RetainHandling.SendIfNew && isNew);
        if (sends && group is null)
        {
            uint[] ids = subscriptionId == 0 ? [] : [subscriptionId];
            retained.AddRange(_retained.Matching(filter, NowMs).Select(m => new Delivery(m, Math.Min(m.Qos, request.Qos), Retain: true, ids)));
        }
        return (MqttReason)request.Qos;
    }

    internal MqttReason Unsubscribe(Session session, string filter)
    {
        lock (_gate)
        {
            if (!session.Subscriptions.Remove(filter, out Subscription? subscription))
            {
                return MqttReason.NoSubscriptionExisted;
            }
            _subscriptions.Remove(subscription);
            return MqttReason.Success;
        }
    }

    private static void Deliver(Message message, Audience audience, Session? from, MqttConnection? publisher)
    {
        foreach (Audience.Member member in audience.Direct)
        {
            if (member.NoLocal && member.Session == from)
            {
                continue;
            }
            member.Session.Enqueue(
                new Delivery(message, Math.Min(message.Qos, member.Qos), message.Retain && member.RetainAsPublished, member.Ids), publisher);
        }
        foreach (ShareGroup group in audience.Shared)
        {
            if (group.Next() is { } member)
            {
                uint[] ids = member.Id == 0 ? [] : [member.Id];
                member.Session.Enqueue(
                    new Delivery(message, Math.Min(message.Qos, member.Qos), message.Retain && member.RetainAsPublished, ids), publisher);
            }
        }
    }

    private bool Retain(Message message)
    {
        bool kept = _retained.Set(message);
        if (!kept)
        {
            Log.NotRetained(Logger, Options.RetainedMax);
        }
        return kept;
    }

    private void PublishWill(Will will)
    {
        if (Mqtt.Topics.IsServers(will.Message.TopicText))
        {
            return;
        }
        Message message = will.Message.ExpiringAt(will.ExpirySeconds is { } seconds ? NowMs + (seconds * 1000L) : null);
        if (message.Retain)
        {
            Retain(message);
        }
        Deliver(message, _subscriptions.AudienceOf(message.TopicText), null, null);
    }
}
