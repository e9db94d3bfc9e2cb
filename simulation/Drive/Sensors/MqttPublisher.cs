using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CityTwin.Simulation.Cli.Drive.Sensors;

/// <summary>An MQTT 3.1.1 client that publishes at QoS 1 and says, in order, what was acknowledged.</summary>
/// <remarks>
/// After a lost connection it connects again under its name and sends what was not acknowledged once more, as devices do. One
/// caller publishes; acknowledgements come from the client's own task.
/// </remarks>
/// <typeparam name="T">What the caller knows of a publication.</typeparam>
internal sealed class MqttPublisher<T> : IAsyncDisposable
{
    private const int AckBytes = 4;

    private static readonly TimeSpan ReconnectPause = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(60);

    private readonly EndPoint _server;
    private readonly byte[] _connect;
    private readonly Action<T> _acknowledged;
    private readonly SemaphoreSlim _room;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly Queue<(T Note, byte[] Packet)> _unacknowledged = new();
    private readonly CancellationTokenSource _gone = new();
    private Socket? _socket;
    private Task _receiving = Task.CompletedTask;
    private TaskCompletionSource _drained = new();
    private ushort _id;
    private volatile bool _isClosing;

    private MqttPublisher(EndPoint server, string client, (string Name, string Password)? user, int inFlightMax, Action<T> acknowledged)
    {
        _server = server;
        _connect = Connect(client, user);
        _room = new SemaphoreSlim(inFlightMax, inFlightMax);
        _acknowledged = acknowledged;
    }

    /// <summary>Times that the connection was lost and made again.</summary>
    public int Reconnections { get; private set; }

    /// <summary>Connects.</summary>
    /// <param name="server">Where.</param>
    /// <param name="client">The client identifier.</param>
    /// <param name="user">Name and password, or null.</param>
    /// <param name="inFlightMax">Publications that may be unacknowledged, 1 to 65,535.</param>
    /// <param name="acknowledged">Told of each, in the order of publishing, by one thread at a time.</param>
    /// <exception cref="IOException">There is no server, or it refuses the connection.</exception>
    public static async Task<MqttPublisher<T>> OpenAsync(EndPoint server, string client, (string Name, string Password)? user, int inFlightMax, Action<T> acknowledged)
    {
        var publisher = new MqttPublisher<T>(server, client, user, inFlightMax, acknowledged);
        publisher._socket = await publisher.DialAsync();
        publisher._receiving = Task.Run(publisher.ReceiveAsync);
        return publisher;
    }

    /// <summary>Publishes; waits only while too many are unacknowledged.</summary>
    public async ValueTask PublishAsync(T note, string topic, ReadOnlyMemory<byte> payload)
    {
        try
        {
            await _room.WaitAsync(_gone.Token);
        }
        catch (OperationCanceledException)
        {
            await _receiving;
            throw;
        }
        await _sending.WaitAsync();
        try
        {
            _id = _id == ushort.MaxValue ? (ushort)1 : (ushort)(_id + 1);
            byte[] packet = Publish(topic, _id, payload.Span);
            lock (_unacknowledged)
            {
                _unacknowledged.Enqueue((note, packet));
            }
            await _socket!.SendAsync(packet);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The receiving side finds the connection gone, makes a new one, and sends what is unacknowledged.
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>Completes when everything published so far is acknowledged.</summary>
    /// <exception cref="IOException">The server went away for good.</exception>
    public async Task DrainAsync()
    {
        Task drained;
        lock (_unacknowledged)
        {
            if (_unacknowledged.Count == 0)
            {
                return;
            }
            _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            drained = _drained.Task;
        }
        await await Task.WhenAny(drained, _receiving);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _isClosing = true;
        _socket?.Dispose();
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _gone.Dispose();
        _sending.Dispose();
        _room.Dispose();
    }

    private async Task ReceiveAsync()
    {
        try
        {
            await ReceiveAllAsync();
        }
        catch
        {
            // Nobody makes room any more: whoever waits for it is told why.
            await _gone.CancelAsync();
            throw;
        }
    }

    private async Task ReceiveAllAsync()
    {
        byte[] bytes = new byte[8 * 1024];
        int kept = 0;
        while (!_isClosing)
        {
            int got = await TryReceiveAsync(bytes.AsMemory(kept));
            if (got == 0)
            {
                kept = 0;
                await ReconnectAsync();
                continue;
            }
            kept += got;
            int whole = kept / AckBytes;
            for (int i = 0; i < whole; i++)
            {
                Take(bytes.AsSpan(i * AckBytes, AckBytes));
            }
            bytes.AsSpan(whole * AckBytes, kept - (whole * AckBytes)).CopyTo(bytes);
            kept -= whole * AckBytes;
        }
    }

    private void Take(ReadOnlySpan<byte> ack)
    {
        T note;
        lock (_unacknowledged)
        {
            (note, byte[] packet) = _unacknowledged.Peek();
            ushort expected = BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(IdAt(packet)));
            if (ack[0] != 0x40 || BinaryPrimitives.ReadUInt16BigEndian(ack[2..]) != expected)
            {
                throw new IOException("the server acknowledged what was not published, or out of order");
            }
            _unacknowledged.Dequeue();
            if (_unacknowledged.Count == 0)
            {
                _drained.TrySetResult();
            }
        }
        _acknowledged(note);
        _room.Release();
    }

    private async ValueTask<int> TryReceiveAsync(Memory<byte> to)
    {
        try
        {
            return await _socket!.ReceiveAsync(to);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private async Task ReconnectAsync()
    {
        using var giveUp = new CancellationTokenSource(GiveUpAfter);
        while (!_isClosing)
        {
            try
            {
                await _sending.WaitAsync(CancellationToken.None);
                try
                {
                    _socket?.Dispose();
                    _socket = await DialAsync();
                    foreach ((_, byte[] packet) in _unacknowledged.ToArray())
                    {
                        packet[0] |= 0x08;
                        await _socket.SendAsync(packet);
                    }
                    Reconnections++;
                    return;
                }
                finally
                {
                    _sending.Release();
                }
            }
            catch (Exception e) when (e is SocketException or IOException && !giveUp.IsCancellationRequested)
            {
                await Task.Delay(ReconnectPause, CancellationToken.None);
            }
        }
    }

    private async Task<Socket> DialAsync()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(_server);
            await socket.SendAsync(_connect);
            byte[] answer = new byte[AckBytes];
            for (int got = 0; got < answer.Length;)
            {
                int count = await socket.ReceiveAsync(answer.AsMemory(got));
                got += count > 0 ? count : throw new IOException("the MQTT server closed the connection");
            }
            return answer[3] == 0 ? socket : throw new IOException($"the MQTT server refuses the connection with code {answer[3]}");
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static byte[] Connect(string client, (string Name, string Password)? user)
    {
        byte flags = (byte)(user is null ? 0x02 : 0xC2);
        byte[] body = [0, 4, .. "MQTT"u8, 4, flags, 0, 0, .. Text(client), .. user is { } u ? Text(u.Name) : [], .. user is { } v ? Text(v.Password) : []];
        return [0x10, .. Length(body.Length), .. body];
    }

    private static byte[] Publish(string topic, ushort id, ReadOnlySpan<byte> payload)
    {
        byte[] name = Text(topic);
        byte[] length = Length(name.Length + 2 + payload.Length);
        byte[] packet = new byte[1 + length.Length + name.Length + 2 + payload.Length];
        packet[0] = 0x32;
        length.CopyTo(packet, 1);
        name.CopyTo(packet, 1 + length.Length);
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(1 + length.Length + name.Length), id);
        payload.CopyTo(packet.AsSpan(packet.Length - payload.Length));
        return packet;
    }

    private static int IdAt(byte[] packet)
    {
        int at = 1;
        while (packet[at++] >= 128)
        {
        }
        return at + 2 + BinaryPrimitives.ReadUInt16BigEndian(packet.AsSpan(at));
    }

    private static byte[] Length(int length)
    {
        var bytes = new List<byte>();
        for (; length > 127; length >>= 7)
        {
            bytes.Add((byte)((length & 0x7F) | 0x80));
        }
        return [.. bytes, (byte)length];
    }

    private static byte[] Text(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        return [(byte)(utf8.Length >> 8), (byte)(utf8.Length & 0xFF), .. utf8];
    }
}
