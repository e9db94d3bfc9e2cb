using System.IO.Pipelines;

namespace CityTwin.Silo.Mqtt;

/// <summary>What a client has with the broker beyond one connection: subscriptions, waiting messages, unfinished handshakes.</summary>
/// <remarks>Thread-safe unless a member says otherwise. In memory: sessions do not outlive the process.</remarks>
internal sealed class Session(string clientId, MqttOptions options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ushort, long> _received = [];
    private readonly List<MqttConnection> _held = [];
    private readonly Outbound _outbound = new(options);
    private MqttConnection? _connection;

    public string ClientId { get; } = clientId;

    /// <summary>Subscriptions by the filter as the client wrote it. Guarded by the broker's session lock.</summary>
    public Dictionary<string, Subscription> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>Seconds that it outlives its connection. Guarded by the broker's session lock.</summary>
    public uint ExpirySeconds { get; set; }

    /// <summary>When it ends, on the broker's clock; set while it has no connection. Guarded by the broker's session lock.</summary>
    public long EndsAtMs { get; set; } = long.MaxValue;

    /// <summary>The will that waits for its delay. Guarded by the broker's session lock.</summary>
    public (Will Will, long AtMs)? DelayedWill { get; set; }

    /// <summary>The connection that it has now. Written under the broker's session lock.</summary>
    public MqttConnection? Connection => Volatile.Read(ref _connection);

    /// <summary>Connected, with room in its queue.</summary>
    public bool TakesNow => Connection is not null && !IsFull;

    /// <summary>The queue is at its bound: publishers are held back.</summary>
    public bool IsFull => _outbound.Waiting >= options.QueueMax;

    /// <summary>Messages that were not queued because the client was away and its queue full.</summary>
    public long Unqueued { get; private set; }

    /// <summary>Goes on over a new connection: what was sent and not acknowledged is sent again.</summary>
    public void Attach(MqttConnection connection)
    {
        lock (_gate)
        {
            _outbound.Restart(connection.InflightMax, connection.TopicAliasMax);
            Volatile.Write(ref _connection, connection);
        }
        connection.Wake();
    }

    /// <summary>Lets go of a connection, if it is still the current one.</summary>
    public bool Detach(MqttConnection connection)
    {
        lock (_gate)
        {
            if (_connection != connection)
            {
                return false;
            }
            Volatile.Write(ref _connection, null);
            _outbound.DropUnsentQos0();
        }
        ReleaseHeld();
        return true;
    }

    /// <summary>Queues a message, or drops it where the client is away and either wants QoS 0 or has a full queue.</summary>
    /// <param name="delivery">What.</param>
    /// <param name="publisher">Held back until there is room when this fills the queue of a connected client; may be null.</param>
    public void Enqueue(in Delivery delivery, MqttConnection? publisher)
    {
        MqttConnection? connection;
        lock (_gate)
        {
            connection = _connection;
            if (connection is null && (delivery.Qos == 0 || IsFull))
            {
                Unqueued += delivery.Qos == 0 ? 0 : 1;
                return;
            }
            _outbound.Add(delivery);
            if (connection is not null && IsFull && publisher is not null && publisher.HoldFor(this))
            {
                _held.Add(publisher);
            }
        }
        connection?.Wake();
    }

    /// <summary>Writes what may be sent now.</summary>
    /// <returns>True when more can be sent at once.</returns>
    public bool Drain(MqttConnection connection, PipeWriter output, long nowMs)
    {
        bool more;
        lock (_gate)
        {
            more = _connection == connection && _outbound.Write(output, connection.IsV5, connection.PacketBytesMax, nowMs);
        }
        if (_held.Count > 0 && _outbound.Waiting <= options.QueueMax / 2)
        {
            ReleaseHeld();
        }
        return more;
    }

    /// <summary>Takes a PUBACK, PUBREC or PUBCOMP; returns what to answer, if anything.</summary>
    public (PacketKind Reply, MqttReason Reason)? Acknowledged(PacketKind kind, ushort id, MqttReason reason)
    {
        lock (_gate)
        {
            return _outbound.Acknowledged(kind, id, reason);
        }
    }

    /// <summary>Notes a QoS 2 publication. False, with the ticket of the first time, for one that came before.</summary>
    public bool TryReceive(ushort id, out long ticket)
    {
        lock (_gate)
        {
            return !_received.TryGetValue(id, out ticket);
        }
    }

    public void Received(ushort id, long ticket)
    {
        lock (_gate)
        {
            _received[id] = ticket;
        }
    }

    /// <summary>Ends a QoS 2 publication; false for an unknown one.</summary>
    public bool Released(ushort id)
    {
        lock (_gate)
        {
            return _received.Remove(id);
        }
    }

    /// <summary>Forgets the QoS 2 publications of a batch that was not stored, so that their repeats are taken as new.</summary>
    public void Forget(long failedTicket)
    {
        lock (_gate)
        {
            foreach (ushort id in _received.Where(r => r.Value >= failedTicket).Select(r => r.Key).ToArray())
            {
                _received.Remove(id);
            }
        }
    }

    /// <summary>How many QoS 2 publications are unfinished.</summary>
    public int ReceivedCount => _received.Count;

    private void ReleaseHeld()
    {
        MqttConnection[] held;
        lock (_gate)
        {
            held = [.. _held];
            _held.Clear();
        }
        foreach (MqttConnection publisher in held)
        {
            publisher.Release();
        }
    }
}
