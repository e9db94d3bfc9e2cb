using CityTwin.Grains;

namespace CityTwin.Silo.Mqtt;

/// <content>Who connects, which session goes on, and what becomes of it.</content>
public sealed partial class MqttBroker
{
    private const int ClientIdLengthMax = 256;

    /// <summary>The user that a CONNECT names and proves; null for an anonymous client.</summary>
    /// <exception cref="MqttProtocolException">Not known, or not allowed.</exception>
    internal MqttUser? Identify(ConnectPacket packet)
    {
        if (packet.AuthenticationMethod is not null)
        {
            throw new MqttProtocolException(MqttReason.BadAuthenticationMethod, "enhanced authentication is not served");
        }
        MqttUser? user = null;
        if (packet.UserName is null)
        {
            if (!Options.AllowAnonymous)
            {
                throw new MqttProtocolException(MqttReason.NotAuthorized, "a user name is needed");
            }
        }
        else
        {
            user = Options.Users.FirstOrDefault(u => u.Name == packet.UserName);
            if (!(user?.Knows(packet.Password) ?? Options.AllowAnonymous))
            {
                throw new MqttProtocolException(MqttReason.BadUserNameOrPassword, "wrong user name or password");
            }
        }
        if (packet.Will is { } will && !Mqtt.Topics.IsServers(will.Message.TopicText) && user?.MaySend(will.Message.TopicText) == false)
        {
            throw new MqttProtocolException(MqttReason.NotAuthorized, $"may not leave a will for {will.Message.TopicText}");
        }
        return user;
    }

    /// <summary>Finds or makes the session of a client that was let in, sending away whoever used its identifier.</summary>
    /// <exception cref="MqttProtocolException">The identifier may not be used, or there is no room.</exception>
    internal Session Enter(MqttConnection connection, ConnectPacket packet, out Accepted accepted)
    {
        string clientId = ClientIdFor(packet);
        MqttConnection? before = null;
        Will? willDue = null;
        Session session;
        bool present;
        lock (_gate)
        {
            if (_sessions.TryGetValue(clientId, out Session? old))
            {
                before = old.Connection;
                if (before is not null)
                {
                    willDue = before.Will;
                    before.Will = null;
                    old.Detach(before);
                }
                else if (packet.CleanStart)
                {
                    willDue = old.DelayedWill?.Will;
                }
                old.DelayedWill = null;
            }
            present = old is not null && !packet.CleanStart && old.EndsAtMs > NowMs && !(before is not null && old.ExpirySeconds == 0);
            if (old is not null && !present)
            {
                Remove(old);
            }
            if (!present && _sessions.Count >= Options.SessionsMax)
            {
                throw new MqttProtocolException(MqttReason.ServerBusy, $"{Options.SessionsMax} sessions already");
            }
            session = present ? old! : _sessions[clientId] = new Session(clientId, Options);
            session.ExpirySeconds = Math.Min(packet.SessionExpiry, (uint)Options.SessionExpiryMax.TotalSeconds);
            session.EndsAtMs = long.MaxValue;
            accepted = new Accepted(clientId, present, session.ExpirySeconds, KeepAliveFor(packet));
        }
        before?.Close(MqttReason.SessionTakenOver);
        if (willDue is not null)
        {
            PublishWill(willDue);
        }
        Log.Connected(Logger, clientId, packet.IsV5 ? 5 : 4);
        return session;
    }

    /// <summary>A connection has ended: its will is published or waits, its session waits or ends.</summary>
    internal void Leave(MqttConnection connection)
    {
        Will? will = connection.Will;
        if (connection.Session is not { } session)
        {
            return;
        }
        lock (_gate)
        {
            if (!session.Detach(connection))
            {
                return;
            }
            connection.Will = null;
            if (session.ExpirySeconds == 0)
            {
                Remove(session);
            }
            else
            {
                session.EndsAtMs = session.ExpirySeconds == ConnectPacket.NeverExpires ? long.MaxValue - 1 : NowMs + (session.ExpirySeconds * 1000L);
                if (will is { DelaySeconds: > 0 })
                {
                    session.DelayedWill = (will, NowMs + (will.DelaySeconds * 1000L));
                    will = null;
                }
            }
        }
        if (will is not null)
        {
            PublishWill(will);
        }
    }

    internal void ChangeExpiry(Session session, uint seconds)
    {
        lock (_gate)
        {
            session.ExpirySeconds = Math.Min(seconds, (uint)Options.SessionExpiryMax.TotalSeconds);
        }
    }

    private string ClientIdFor(ConnectPacket packet)
    {
        if (packet.ClientId.Length > ClientIdLengthMax || (packet.ClientId.Length == 0 && !packet.IsV5 && !packet.CleanStart))
        {
            throw new MqttProtocolException(MqttReason.ClientIdentifierNotValid, $"an identifier of {packet.ClientId.Length} characters; 1 to {ClientIdLengthMax} are taken");
        }
        return packet.ClientId.Length > 0 ? packet.ClientId : $"auto-{Base32.Format(Interlocked.Increment(ref _assigned))}";
    }

    private ushort KeepAliveFor(ConnectPacket packet)
    {
        int max = (int)Options.KeepAliveMax.TotalSeconds;
        bool cut = packet.IsV5 && max > 0 && (packet.KeepAlive == 0 || packet.KeepAlive > max);
        return cut ? (ushort)max : packet.KeepAlive;
    }

    private void Remove(Session session)
    {
        foreach (Subscription subscription in session.Subscriptions.Values)
        {
            _subscriptions.Remove(subscription);
        }
        session.Subscriptions.Clear();
        _sessions.Remove(session.ClientId);
    }
}
