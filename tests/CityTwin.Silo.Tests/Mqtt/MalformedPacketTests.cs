using CityTwin.Silo.Mqtt;

namespace CityTwin.Silo.Tests.Mqtt;

public sealed class MalformedPacketTests
{
    public static TheoryData<string, byte[], MqttReason> AfterConnect => new()
    {
        { "a length of five bytes", [0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x01], MqttReason.MalformedPacket },
        { "a packet that is too large", [0x30, 0xFF, 0xFF, 0x7F], MqttReason.PacketTooLarge },
        { "QoS 3", RawClient.Make(0x36, [.. RawClient.Text("t"), 0, 1, 0]), MqttReason.MalformedPacket },
        { "packet identifier 0", RawClient.Publish("t", "x", 1, id: 0), MqttReason.ProtocolError },
        { "a topic that is not UTF-8", RawClient.Make(0x30, [0, 2, 0xC3, 0x28, 0]), MqttReason.MalformedPacket },
        { "a topic with a surrogate", RawClient.Make(0x30, [0, 3, 0xED, 0xA0, 0x80, 0]), MqttReason.MalformedPacket },
        { "a topic with NUL", RawClient.Publish("a\0b", "x"), MqttReason.MalformedPacket },
        { "a wildcard in a topic name", RawClient.Publish("a/#", "x"), MqttReason.TopicNameInvalid },
        { "an empty topic without alias", RawClient.Publish("", "x"), MqttReason.TopicNameInvalid },
        { "alias 0", RawClient.Publish("t", "x", properties: [0x23, 0, 0]), MqttReason.TopicAliasInvalid },
        { "an alias above the maximum", RawClient.Publish("t", "x", properties: [0x23, 1, 0]), MqttReason.TopicAliasInvalid },
        { "an alias that was never set", RawClient.Publish("", "x", properties: [0x23, 0, 9]), MqttReason.ProtocolError },
        { "a property of another packet", RawClient.Publish("t", "x", properties: [0x11, 0, 0, 0, 1]), MqttReason.MalformedPacket },
        { "a property twice", RawClient.Publish("t", "x", properties: [1, 0, 1, 0]), MqttReason.ProtocolError },
        { "properties longer than the packet", RawClient.Make(0x30, [0, 1, (byte)'t', 100, 1]), MqttReason.MalformedPacket },
        { "SUBSCRIBE without a filter", RawClient.Make(0x82, [0, 1, 0]), MqttReason.ProtocolError },
        { "SUBSCRIBE with wrong flags", RawClient.Make(0x80, [0, 1, 0, .. RawClient.Text("t"), 0]), MqttReason.MalformedPacket },
        { "reserved subscription options", RawClient.Subscribe(1, "t", options: 0xC0), MqttReason.MalformedPacket },
        { "a second CONNECT", RawClient.Connect("again"), MqttReason.ProtocolError },
        { "a packet that only servers send", [0xD0, 0], MqttReason.ProtocolError },
        { "kind 0", [0x00, 0], MqttReason.ProtocolError },
    };

    [Theory]
    [MemberData(nameof(AfterConnect))]
    public async Task A_broken_packet_ends_its_connection_with_the_reason_and_harms_nobody_else(string what, byte[] packet, MqttReason reason)
    {
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync();
        using RawClient other = await broker.ConnectAsync();
        await other.SubscribeAsync("t");
        using RawClient client = await broker.ConnectAsync();
        await client.SendAsync(packet);
        Packet bye = await client.ReceiveAsync();
        Assert.True(bye.Kind == 14 && bye.Reason == (int)reason, $"{what}: expected {reason}, got {(MqttReason)bye.Reason}");
        using RawClient next = await broker.ConnectAsync();
        await next.SendAsync(RawClient.Publish("t", "still here"));
        Assert.EndsWith("still here", (await other.ReceiveAsync()).Text);
    }

    [Theory]
    [InlineData(6, 0x84)]
    [InlineData(3, 1)]
    public async Task An_unknown_protocol_version_is_refused_in_its_own_words(int level, int code)
    {
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync();
        using RawClient client = await RawClient.OpenAsync(broker.Port);
        await client.SendAsync(RawClient.Connect("x", level));
        Assert.Equal(code, (await client.ReceiveAsync()).Body[1]);
        Assert.Null(await client.TryReceiveAsync());
    }

    [Theory]
    [InlineData(4, "wrong", 4)]
    [InlineData(5, "wrong", 0x86)]
    [InlineData(5, "right", 0)]
    [InlineData(4, null, 5)]
    public async Task Credentials_are_checked(int level, string? password, int code)
    {
        MqttUser user = new() { Name = "gw", PasswordHash = MqttUser.HashPassword("right") };
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(o =>
        {
            o.AllowAnonymous = false;
            o.Users.Add(user);
        });
        using RawClient client = await RawClient.OpenAsync(broker.Port);
        byte[] login = password is null ? [] : [.. RawClient.Text("gw"), .. RawClient.Text(password)];
        await client.SendAsync(RawClient.Connect("x", level, extraFlags: (byte)(password is null ? 0 : 0xC0), tail: login));
        Assert.Equal(code, (await client.ReceiveAsync()).Body[1]);
    }

    [Fact]
    public async Task Something_else_than_MQTT_is_closed_without_a_word()
    {
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync();
        using RawClient client = await RawClient.OpenAsync(broker.Port);
        await client.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray());
        Assert.Null(await client.TryReceiveAsync());
        Assert.Equal(1, broker.Broker.Counters.RefusedCount);
    }
}
