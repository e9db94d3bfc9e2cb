namespace CityTwin.Silo.Tests.Mqtt;

/// <summary>Mutated captures and random bytes, from a seed that is printed: no crash, nothing left behind, other clients unaffected.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int Connections = 400;

    private static readonly byte[][] Captures =
    [
        RawClient.Connect("f", properties: [0x21, 0, 10, 0x11, 0, 0, 0, 9], keepAlive: 30),
        RawClient.Publish("city/46/1/water/x", "[1,2]", 1, 3, properties: [0x23, 0, 1, 0x26, 0, 1, (byte)'k', 0, 1, (byte)'v']),
        RawClient.Publish("a/b/c", "payload", 2, 4, retain: true),
        RawClient.Subscribe(1, "$share/g/a/+/#", options: 0x2D, properties: [0x0B, 0xFF, 0x01]),
        RawClient.Make(0xA2, [0, 2, 0, .. RawClient.Text("a/#")]),
        RawClient.Ack(0x40, 1), RawClient.Ack(0x50, 1), RawClient.Ack(0x62, 4), RawClient.Ack(0x70, 1),
        [0xC0, 0],
        RawClient.Make(0xE0, [4, 5, 0x11, 0, 0, 0, 1]),
    ];

    [Fact]
    public async Task Broken_bytes_hurt_only_their_own_connection()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        ManualTime time = new();
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(o => o.SessionExpiryMax = TimeSpan.FromMinutes(10), new GatedInbox(), time);
        using RawClient subscriber = await broker.ConnectAsync();
        await subscriber.SubscribeAsync("steady");
        using RawClient publisher = await broker.ConnectAsync();
        for (int i = 0; i < Connections; i++)
        {
            using RawClient attacker = await RawClient.OpenAsync(broker.Port);
            try
            {
                await attacker.SendAsync(random.Next(4) == 0 ? Noise(random) : [.. Captures[0], .. Mutated(random)]);
            }
            catch (IOException)
            {
                // The broker has closed the connection already, as it should.
            }
            if (i % 20 == 0)
            {
                await publisher.SendAsync(RawClient.Publish("steady", $"{i}"));
                Assert.EndsWith($"{i}", (await subscriber.ReceiveAsync()).Text, StringComparison.Ordinal);
            }
        }
        await SessionTests.Until(() => broker.Broker.ConnectionCount == 2);
        Assert.Empty(await publisher.UntilPongAsync());
        output.WriteLine($"{broker.Broker.SessionCount} sessions, {broker.Broker.FilterCount} filters, {broker.Broker.RetainedCount} retained messages, {broker.Broker.Counters.RefusedCount} refused");

        // Nothing is left behind: sessions go when they expire, with their subscriptions and queues.
        time.Advance(TimeSpan.FromMinutes(11));
        await SessionTests.Until(() => broker.Broker.SessionCount == 2);
        Assert.Equal(1, broker.Broker.FilterCount);
        Assert.InRange(broker.Broker.RetainedCount, 0, Connections);
    }

    [Fact]
    public async Task Good_packets_cut_anywhere_mean_the_same()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync();
        using RawClient client = await broker.ConnectAsync();
        await client.SubscribeAsync("t", options: 1);
        byte[] stream = [.. Enumerable.Range(1, 50).SelectMany(i => RawClient.Publish("t", new string('x', random.Next(2_000)), 1, (ushort)i))];
        for (int at = 0; at < stream.Length;)
        {
            int piece = Math.Min(random.Next(1, 3_000), stream.Length - at);
            await client.SendAsync(stream[at..(at + piece)]);
            at += piece;
        }
        List<Packet> got = await client.UntilPongAsync();
        Assert.Equal(Enumerable.Range(1, 50), got.Where(p => p.Kind == 4).Select(p => p.Id));
    }

    private static byte[] Mutated(Random random)
    {
        List<byte> bytes = [.. Enumerable.Range(0, random.Next(1, 6)).SelectMany(_ => Captures[random.Next(1, Captures.Length)])];
        for (int changes = random.Next(1, 8); changes > 0; changes--)
        {
            int at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    bytes.Insert(at, (byte)random.Next(256));
                    break;
                default:
                    bytes.RemoveRange(at, random.Next(Math.Min(5, bytes.Count - at)));
                    break;
            }
        }
        return [.. bytes];
    }

    private static byte[] Noise(Random random)
    {
        byte[] noise = new byte[random.Next(1, 400)];
        random.NextBytes(noise);
        return noise;
    }
}
