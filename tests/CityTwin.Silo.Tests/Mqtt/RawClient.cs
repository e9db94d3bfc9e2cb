using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CityTwin.Silo.Tests.Mqtt;

/// <summary>Speaks MQTT byte by byte, so that a test can also break the rules.</summary>
public sealed class RawClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _tcp = new() { NoDelay = true };

    public NetworkStream Stream => _tcp.GetStream();

    public static async Task<RawClient> OpenAsync(int port)
    {
        RawClient client = new();
        await client._tcp.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    public static async Task<RawClient> ConnectAsync(
        int port, string id = "", int level = 5, bool clean = true, byte[]? properties = null, ushort keepAlive = 0)
    {
        RawClient client = await OpenAsync(port);
        await client.SendAsync(Connect(id, level, clean, properties, keepAlive));
        Packet ack = await client.ReceiveAsync();
        Assert.Equal(0x20, ack.First);
        Assert.Equal(0, ack.Body[1]);
        client.SessionPresent = ack.Body[0] == 1;
        return client;
    }

    public bool SessionPresent { get; private set; }

    public static byte[] Connect(string id, int level = 5, bool clean = true, byte[]? properties = null, ushort keepAlive = 0, byte extraFlags = 0, byte[]? tail = null) =>
        Make(0x10,
        [
            .. Text("MQTT"), (byte)level, (byte)((clean ? 2 : 0) | extraFlags), .. Number(keepAlive),
            .. level == 5 ? WithLength(properties ?? []) : [], .. Text(id), .. tail ?? [],
        ]);

    public static byte[] Publish(string topic, string payload, int qos = 0, ushort id = 0, int level = 5, byte[]? properties = null, bool retain = false, bool duplicate = false) =>
        Make((byte)(0x30 | (qos << 1) | (retain ? 1 : 0) | (duplicate ? 8 : 0)),
        [
            .. Text(topic), .. qos > 0 ? Number(id) : [], .. level == 5 ? WithLength(properties ?? []) : [], .. Encoding.UTF8.GetBytes(payload),
        ]);

    public static byte[] Subscribe(ushort id, string filter, byte options = 0, int level = 5, byte[]? properties = null) =>
        Make(0x82, [.. Number(id), .. level == 5 ? WithLength(properties ?? []) : [], .. Text(filter), options]);

    public static byte[] Ack(byte first, ushort id) => Make(first, Number(id));

    public static byte[] Make(byte first, byte[] body)
    {
        List<byte> packet = [first];
        int length = body.Length;
        do
        {
            packet.Add((byte)((length & 0x7F) | (length > 127 ? 0x80 : 0)));
            length >>= 7;
        }
        while (length > 0);
        return [.. packet, .. body];
    }

    public static byte[] Text(string text) => [.. Number((ushort)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)];

    public static byte[] Number(ushort value) => [(byte)(value >> 8), (byte)(value & 0xFF)];

    public async Task SendAsync(params byte[][] packets) => await Stream.WriteAsync(packets.SelectMany(p => p).ToArray());

    public async Task SubscribeAsync(string filter, byte options = 0, int level = 5, byte[]? properties = null)
    {
        await SendAsync(Subscribe(9, filter, options, level, properties));
        Assert.Equal(0x90, (await ReceiveAsync()).First);
    }

    /// <summary>The next packet; fails when none comes or the connection closes.</summary>
    public async Task<Packet> ReceiveAsync() => await TryReceiveAsync() ?? throw new EndOfStreamException("the connection was closed");

    /// <summary>The next packet, or null when the connection is closed.</summary>
    public async Task<Packet?> TryReceiveAsync()
    {
        using CancellationTokenSource late = new(Patience);
        try
        {
            byte[] one = new byte[1];
            if (await Stream.ReadAsync(one, late.Token) == 0)
            {
                return null;
            }
            byte first = one[0];
            int length = 0;
            for (int shift = 0; ; shift += 7)
            {
                await Stream.ReadExactlyAsync(one, late.Token);
                length |= (one[0] & 0x7F) << shift;
                if (one[0] < 128)
                {
                    break;
                }
            }
            byte[] body = new byte[length];
            await Stream.ReadExactlyAsync(body, late.Token);
            return new Packet(first, body);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The identifiers of the next acknowledgements.</summary>
    public async Task<int[]> AcksAsync(int count)
    {
        int[] ids = new int[count];
        for (int i = 0; i < count; i++)
        {
            ids[i] = (await ReceiveAsync()).Id;
        }
        return ids;
    }

    /// <summary>
    /// Everything that was sent before is taken, and what came of it received, once the answers are here: the first says that all was
    /// taken, the second that what was queued by then is sent.
    /// </summary>
    public async Task<List<Packet>> UntilPongAsync()
    {
        List<Packet> before = [];
        for (int round = 0; round < 2; round++)
        {
            await SendAsync([0xC0, 0]);
            while (await ReceiveAsync() is var packet && packet.First != 0xD0)
            {
                before.Add(packet);
            }
        }
        return before;
    }

    public void Dispose() => _tcp.Dispose();

    private static byte[] WithLength(byte[] properties) => [.. Make(0, properties).Skip(1)];
}

/// <summary>A packet as it came.</summary>
public sealed record Packet(byte First, byte[] Body)
{
    public int Kind => First >> 4;

    /// <summary>The topic of a PUBLISH.</summary>
    public string Topic => Kind != 3 ? "" : Encoding.UTF8.GetString(Body, 2, (Body[0] << 8) | Body[1]);

    /// <summary>The packet identifier of an acknowledgement.</summary>
    public int Id => (Body[0] << 8) | Body[1];

    /// <summary>The packet identifier of a PUBLISH of QoS 1 or 2.</summary>
    public int PublishId => (Body[2 + Topic.Length] << 8) | Body[3 + Topic.Length];

    /// <summary>The reason of an acknowledgement or DISCONNECT.</summary>
    public int Reason => Kind == 14 ? Body[0] : Body.Length > 2 ? Body[2] : 0;

    public string Text => Encoding.UTF8.GetString(Body);
}
