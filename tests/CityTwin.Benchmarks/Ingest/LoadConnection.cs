using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CityTwin.Benchmarks.Ingest;

/// <summary>One MQTT 3.1.1 client that publishes readings of one sensor at QoS 1 and counts what is acknowledged.</summary>
internal sealed class LoadConnection : IDisposable
{
    private const int TimeDigits = 13;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _template;
    private readonly int _idAt;
    private readonly int _timeAt;
    private readonly Queue<long> _sentAt = new();
    private byte[] _out = [];
    private long _readingMs;
    private int _nextId = 1;
    private int _partial;

    private LoadConnection(string topic, long firstMs)
    {
        byte[] payload = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"[{firstMs},1.234]"));
        byte[] name = Encoding.ASCII.GetBytes(topic);
        _template = [0x32, (byte)(2 + name.Length + 2 + payload.Length), 0, (byte)name.Length, .. name, 0, 0, .. payload];
        _idAt = 4 + name.Length;
        _timeAt = _idAt + 3;
        _readingMs = firstMs;
    }

    public long Acknowledged { get; private set; }

    /// <summary>Times from publication to acknowledgement, stopwatch ticks; collected while paced.</summary>
    public List<long> Latencies { get; } = [];

    public static async Task<LoadConnection> OpenAsync(int port, string client, string topic, long firstMs)
    {
        LoadConnection connection = new(topic, firstMs);
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        byte[] id = Encoding.ASCII.GetBytes(client);
        await connection._socket.SendAsync((byte[])[0x10, (byte)(12 + id.Length), 0, 4, .. "MQTT"u8, 4, 2, 0, 0, 0, (byte)id.Length, .. id]);
        byte[] answer = new byte[4];
        int got = 0;
        while (got < answer.Length)
        {
            int count = await connection._socket.ReceiveAsync(answer.AsMemory(got));
            got += count > 0 ? count : throw new IOException("the broker refused the connection");
        }
        return answer[3] == 0 ? connection : throw new IOException($"the broker refused the connection with code {answer[3]}");
    }

    /// <summary>Keeps so many publications unacknowledged until told to stop.</summary>
    public async Task SaturateAsync(int window, CancellationToken stop)
    {
        await SendAsync(window);
        byte[] acks = new byte[16 * 1024];
        while (!stop.IsCancellationRequested)
        {
            int count = await ReceiveAsync(acks);
            await SendAsync(count);
        }
        await DrainAsync(acks);
    }

    /// <summary>Publishes some every few milliseconds, whatever is acknowledged meanwhile.</summary>
    public async Task PaceAsync(double perSecond, TimeSpan every, CancellationToken stop)
    {
        Task receiving = ReceiveAllAsync(stop);
        using PeriodicTimer timer = new(every);
        double owed = 0;
        long last = Stopwatch.GetTimestamp();
        while (!stop.IsCancellationRequested && await timer.WaitForNextTickAsync(CancellationToken.None))
        {
            long now = Stopwatch.GetTimestamp();
            owed += perSecond * Stopwatch.GetElapsedTime(last, now).TotalSeconds;
            last = now;
            int count = (int)owed;
            owed -= count;
            lock (_sentAt)
            {
                for (int i = 0; i < count; i++)
                {
                    _sentAt.Enqueue(now);
                }
            }
            await SendAsync(count);
        }
        await receiving;
    }

    /// <summary>Publishes one reading and waits for its acknowledgement.</summary>
    public async Task PublishOneAsync()
    {
        await SendAsync(1);
        byte[] acks = new byte[16];
        while (Outstanding > 0)
        {
            await ReceiveAsync(acks);
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task ReceiveAllAsync(CancellationToken stop)
    {
        byte[] acks = new byte[16 * 1024];
        while (!stop.IsCancellationRequested)
        {
            int count = await ReceiveAsync(acks);
            long now = Stopwatch.GetTimestamp();
            lock (_sentAt)
            {
                for (int i = 0; i < count; i++)
                {
                    Latencies.Add(now - _sentAt.Dequeue());
                }
            }
        }
    }

    /// <summary>Waits for the acknowledgements still under way, so that the next measurement starts with a clean connection.</summary>
    private async Task DrainAsync(byte[] acks)
    {
        while (Outstanding > 0)
        {
            await ReceiveAsync(acks);
        }
    }

    private long Sent { get; set; }

    private long Outstanding => Sent - Acknowledged;

    private async ValueTask<int> ReceiveAsync(byte[] acks)
    {
        int got = await _socket.ReceiveAsync(acks);
        if (got == 0)
        {
            throw new IOException("the broker closed the connection");
        }
        int count = (_partial + got) / 4;
        _partial = (_partial + got) % 4;
        Acknowledged += count;
        return count;
    }

    private async ValueTask SendAsync(int count)
    {
        int length = count * _template.Length;
        if (_out.Length < length)
        {
            _out = new byte[length];
        }
        for (int i = 0; i < count; i++)
        {
            Span<byte> packet = _out.AsSpan(i * _template.Length, _template.Length);
            _template.CopyTo(packet);
            packet[_idAt] = (byte)(_nextId >> 8);
            packet[_idAt + 1] = (byte)(_nextId & 0xFF);
            _nextId = _nextId == ushort.MaxValue ? 1 : _nextId + 1;
            (_readingMs++).TryFormat(packet.Slice(_timeAt, TimeDigits), out _, default, CultureInfo.InvariantCulture);
        }
        Sent += count;
        for (int at = 0; at < length;)
        {
            at += await _socket.SendAsync(_out.AsMemory(at, length - at));
        }
    }
}
