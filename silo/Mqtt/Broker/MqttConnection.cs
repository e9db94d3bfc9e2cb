using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace CityTwin.Silo.Mqtt;

/// <summary>One client's connection: a loop that reads, and a sender that runs only while there is something to send.</summary>
/// <remarks>
/// The read loop is the only reader and the sender the only writer of the transport. Reading pauses, rather than anything being
/// dropped, while acknowledgements owed, bytes to send, the inbox or a subscriber's queue are at their bounds.
/// </remarks>
internal sealed partial class MqttConnection(ConnectionContext transport, MqttBroker broker)
    : IDurableWaiter, IThreadPoolWorkItem
{
    private const int UnsentBytesMax = 64 * 1024;

    private const int Idle = 0;
    private const int Sending = 1;
    private const int SendingAgain = 2;

    private readonly Lock _gate = new();
    private readonly AsyncSignal _resume = new();
    private readonly AsyncSignal _sent = new();
    private readonly TaskCompletionSource _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private AckRing _owed = new(broker.Options.ReceiveMax);
    private SendBuffer _unsent;
    private int _sender = Idle;
    private volatile bool _isClosing;
    private volatile bool _lost;
    private volatile bool _tellsWhy;
    private long _durable;
    private volatile bool _inboxFull;
    private volatile bool _paused;

    /// <summary>When the last whole packet came, on the broker's clock.</summary>
    public long HeardAtMs { get; private set; } = broker.NowMs;

    /// <summary>When it was decided to close it, on the broker's clock; 0 while open.</summary>
    public long ClosingSinceMs { get; private set; }

    long IDurableWaiter.JoinedTicket { get; set; }

    public ConnectionContext Transport => transport;

    /// <summary>Done when the transport is closed on both sides.</summary>
    public Task Gone => _gone.Task;

    /// <summary>The transport is closed: the broker need not watch it any more.</summary>
    public void Forgotten()
    {
        broker.Forget(this);
        _gone.TrySetResult();
    }

    /// <summary>Reads until the client goes or is sent away.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (!_isClosing)
            {
                ReadResult read = await transport.Transport.Input.ReadAsync();
                ReadOnlySequence<byte> buffer = read.Buffer;
                Progress progress = Consume(ref buffer);
                bool waits = progress == Progress.Paused;
                transport.Transport.Input.AdvanceTo(buffer.Start, waits ? buffer.Start : buffer.End);
                if (read.IsCompleted && !waits)
                {
                    break;
                }
                if (waits)
                {
                    await PauseAsync();
                }
            }
        }
        catch (Exception e) when (e is ConnectionResetException or ConnectionAbortedException or IOException or OperationCanceledException)
        {
            Log.Lost(broker.Logger, ClientId, e.Message);
        }
        finally
        {
            await FinishAsync();
        }
    }

    /// <summary>Asks for the connection to be closed, an MQTT 5 client being told why. Any thread; the first reason counts.</summary>
    public void Close(MqttReason reason)
    {
        lock (_gate)
        {
            if (_isClosing)
            {
                return;
            }
            _isClosing = true;
            ClosingSinceMs = Math.Max(1, broker.NowMs);
            if (IsV5 && Session is not null && reason != MqttReason.Success)
            {
                Replies.Disconnect(ref _unsent, reason);
                _tellsWhy = true;
            }
        }
        Wake();
        _resume.Set();
        transport.Transport.Input.CancelPendingRead();
    }

    /// <summary>Makes the sender run. Any thread.</summary>
    public void Wake()
    {
        while (true)
        {
            int state = Volatile.Read(ref _sender);
            if (state == SendingAgain)
            {
                return;
            }
            if (Interlocked.CompareExchange(ref _sender, state + 1, state) == state)
            {
                if (state == Idle)
                {
                    ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                }
                return;
            }
        }
    }

    void IThreadPoolWorkItem.Execute() => _ = SendAsync();

    void IDurableWaiter.Committed(long ticket)
    {
        lock (_gate)
        {
            _durable = Math.Max(_durable, ticket);
            if (_owed.Release(_durable, ref _unsent, IsV5) == 0)
            {
                return;
            }
        }
        Wake();
        if (_paused)
        {
            _resume.Set();
        }
    }

    void IDurableWaiter.Failed(long ticket)
    {
        Session?.Forget(ticket);
        Close(MqttReason.ServerUnavailable);
    }

    void IDurableWaiter.RoomMade()
    {
        _inboxFull = false;
        _resume.Set();
    }

    private async Task SendAsync()
    {
        PipeWriter output = transport.Transport.Output;
        try
        {
            do
            {
                Volatile.Write(ref _sender, Sending);
                bool more = true;
                while (more)
                {
                    more = Fill(output);
                    FlushResult flushed = await output.FlushAsync();
                    if (flushed.IsCompleted || flushed.IsCanceled)
                    {
                        throw new ConnectionAbortedException("the client reads no more");
                    }
                }
                if (_paused)
                {
                    _resume.Set();
                }
            }
            while (Interlocked.CompareExchange(ref _sender, Idle, Sending) != Sending);
        }
        catch (Exception e)
        {
            // The sender stays "sending": nothing more is written to a connection that is gone.
            _lost = true;
            Log.Lost(broker.Logger, ClientId, e.Message);
            Close(MqttReason.Success);
        }
        finally
        {
            _sent.Set();
        }
    }

    private bool Fill(PipeWriter output)
    {
        lock (_gate)
        {
            if (_unsent.Count > 0)
            {
                _unsent.Waiting.CopyTo(output.GetSpan(_unsent.Count));
                output.Advance(_unsent.Count);
                _unsent.Clear();
            }
        }
        return !_isClosing && Session is { } session && session.Drain(this, output, broker.NowMs);
    }

    private async ValueTask FinishAsync()
    {
        if (_saidGoodbye)
        {
            Will = null;
        }
        broker.Leave(this);
        while (!_lost && Volatile.Read(ref _sender) != Idle)
        {
            await _sent.WaitAsync();
        }
        await LingerAsync();
        await transport.Transport.Input.CompleteAsync();
        await transport.Transport.Output.CompleteAsync();
        lock (_gate)
        {
            _unsent.Clear();
        }
    }

    /// <summary>
    /// Reads and forgets until the client goes, which the sweep sees to: closing with unread bytes resets the connection, and the
    /// client might lose the DISCONNECT that says why.
    /// </summary>
    private async ValueTask LingerAsync()
    {
        try
        {
            while (!_lost && _tellsWhy)
            {
                ReadResult read = await transport.Transport.Input.ReadAsync();
                transport.Transport.Input.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception e) when (e is ConnectionResetException or ConnectionAbortedException or IOException or OperationCanceledException)
        {
            Log.Lost(broker.Logger, ClientId, e.Message);
        }
    }

    private async ValueTask PauseAsync()
    {
        _paused = true;
        while (!_isClosing && MustPause())
        {
            await _resume.WaitAsync();
        }
        _paused = false;
        HeardAtMs = broker.NowMs;
    }

    private bool MustPause()
    {
        lock (_gate)
        {
            return _inboxFull || _owed.IsFull || _unsent.Count > UnsentBytesMax || _heldBy is { Connection: not null } || RateExceeded;
        }
    }

    private enum Progress
    {
        NeedsMore,
        Paused,
    }
}
