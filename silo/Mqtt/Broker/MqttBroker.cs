using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace CityTwin.Silo.Mqtt;

/// <summary>Sessions, subscriptions and retained messages of all clients.</summary>
/// <remarks>Thread-safe. Keeps everything in memory; what must outlive the process goes through <see cref="IDurableInbox"/>.</remarks>
public sealed partial class MqttBroker : ConnectionHandler
{
    /// <summary>How long a connection may take to close before it is cut, ms.</summary>
    internal const int CloseWithinMs = 2_000;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly ConcurrentDictionary<MqttConnection, byte> _connections = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly SubscriptionTree _subscriptions = new();
    private readonly RetainedMessages _retained;
    private long _assigned;
    private int _connectionCount;
    private volatile bool _stopping;

    /// <summary>A broker of its own.</summary>
    /// <param name="options">Checked here.</param>
    /// <param name="time">The clock of keep-alives and expiries.</param>
    /// <param name="logger">Where refusals and losses go.</param>
    /// <param name="inbox">Takes readings; null for plain publish/subscribe.</param>
    public MqttBroker(MqttOptions options, TimeProvider time, ILogger<MqttBroker> logger, IDurableInbox? inbox = null)
    {
        options.Validate();
        Options = options;
        Logger = logger;
        Inbox = inbox;
        _time = time;
        _started = time.GetTimestamp();
        _retained = new RetainedMessages(options.RetainedMax);
        Topics = new TopicTable(inbox, options.TopicsMax);
    }

    /// <summary>What it has counted since its start.</summary>
    public MqttCounters Counters { get; } = new();

    /// <summary>Connections now.</summary>
    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    /// <summary>Sessions now, those without a connection included.</summary>
    public int SessionCount
    {
        get
        {
            lock (_gate)
            {
                return _sessions.Count;
            }
        }
    }

    /// <summary>Filters that anybody subscribes to now; it is counted at each call.</summary>
    public int FilterCount => _subscriptions.FilterCount;

    /// <summary>Retained messages now.</summary>
    public int RetainedCount => _retained.Count;

    internal MqttOptions Options { get; }

    internal ILogger Logger { get; }

    internal IDurableInbox? Inbox { get; }

    internal TopicTable Topics { get; }

    /// <summary>The broker's clock: ms since it was made.</summary>
    internal long NowMs => (long)_time.GetElapsedTime(_started).TotalMilliseconds;

    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        if (Interlocked.Increment(ref _connectionCount) > Options.ConnectionsMax || _stopping)
        {
            Interlocked.Decrement(ref _connectionCount);
            connection.Abort(new ConnectionAbortedException("no room for another connection"));
            return;
        }
        MqttConnection client = new(connection, this);
        _connections.TryAdd(client, 0);
        connection.ConnectionClosed.UnsafeRegister(
            static state => ((MqttConnection)state!).Forgotten(), client);
        try
        {
            await client.RunAsync();
        }
        finally
        {
            Interlocked.Decrement(ref _connectionCount);
        }
    }

    /// <summary>Does what is due by time; called about once a second.</summary>
    public void Sweep()
    {
        long now = NowMs;
        foreach (MqttConnection connection in _connections.Keys)
        {
            connection.Sweep(now);
        }
        List<Will> due = [];
        lock (_gate)
        {
            foreach (Session session in _sessions.Values)
            {
                if (session.DelayedWill is { } will && (will.AtMs <= now || session.EndsAtMs <= now))
                {
                    session.DelayedWill = null;
                    due.Add(will.Will);
                }
            }
            foreach (Session ended in _sessions.Values.Where(s => s.EndsAtMs <= now).ToArray())
            {
                Remove(ended);
            }
        }
        due.ForEach(PublishWill);
    }

    /// <summary>Tells all clients to go and waits until they have.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        _stopping = true;
        foreach (MqttConnection connection in _connections.Keys)
        {
            connection.Close(MqttReason.ServerShuttingDown);
        }
        await Task.WhenAll(_connections.Keys.Select(c => c.Gone))
            .WaitAsync(TimeSpan.FromMilliseconds(CloseWithinMs), _time, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (MqttConnection connection in _connections.Keys)
        {
            connection.Transport.Abort();
        }
    }

    internal void Forget(MqttConnection connection) => _connections.TryRemove(connection, out _);
}
