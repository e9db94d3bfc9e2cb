using CityTwin.Silo.Mqtt;

namespace CityTwin.Silo.Tests.Mqtt;

public sealed class PublishTests
{
    [Fact]
    public async Task Qos_2_goes_through_its_four_steps_and_arrives_once()
    {
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync();
        using RawClient receiver = await broker.ConnectAsync();
        await receiver.SubscribeAsync("t", options: 2);
        using RawClient sender = await broker.ConnectAsync();
        await sender.SendAsync(RawClient.Publish("t", "x", 2, id: 5), RawClient.Publish("t", "x", 2, id: 5, duplicate: true));
        Assert.Equal(0x50, (await sender.ReceiveAsync()).First);
        Assert.Equal(0x50, (await sender.ReceiveAsync()).First);
        await sender.SendAsync(RawClient.Ack(0x62, 5));
        Assert.Equal(0x70, (await sender.ReceiveAsync()).First);
        Packet got = await receiver.ReceiveAsync();
        Assert.Equal(0x34, got.First);
        await receiver.SendAsync(RawClient.Ack(0x50, (ushort)got.PublishId));
        Assert.Equal(0x62, (await receiver.ReceiveAsync()).First);
        await receiver.SendAsync(RawClient.Ack(0x70, (ushort)got.PublishId));
        Assert.Empty(await receiver.UntilPongAsync());
    }

    [Fact]
    public async Task A_retained_message_greets_each_new_subscriber_until_an_empty_one_replaces_it()
    {
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync();
        using RawClient client = await broker.ConnectAsync();
        await client.SendAsync(RawClient.Publish("a/b", "kept", retain: true));
        await client.SendAsync(RawClient.Subscribe(1, "a/+"));
        List<Packet> got = await client.UntilPongAsync();
        Packet kept = Assert.Single(got, p => p.Kind == 3);
        Assert.Equal(0x31, kept.First);
        await client.SendAsync(RawClient.Publish("a/b", "", retain: true));
        Assert.Single(await client.UntilPongAsync());
        await client.SendAsync(RawClient.Subscribe(2, "a/#"));
        Assert.DoesNotContain(await client.UntilPongAsync(), p => p.Kind == 3);
        Assert.Equal(0, broker.Broker.RetainedCount);
    }

    [Fact]
    public async Task Overlapping_subscriptions_deliver_once_with_all_their_identifiers()
    {
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync();
        using RawClient client = await broker.ConnectAsync();
        await client.SubscribeAsync("a/+", options: 0, properties: [0x0B, 3]);
        await client.SubscribeAsync("a/#", options: 1, properties: [0x0B, 7]);
        await client.SendAsync(RawClient.Publish("a/b", "x", 1, id: 1));
        Packet got = Assert.Single(await client.UntilPongAsync(), p => p.Kind == 3);
        Assert.Equal(0x32, got.First);
        Assert.Equal<byte[]>([4, 0x0B, 0x0B, 3, 7], [got.Body[7], got.Body[8], got.Body[10], Math.Min(got.Body[9], got.Body[11]), Math.Max(got.Body[9], got.Body[11])]);
    }

    [Fact]
    public async Task Members_of_a_share_take_turns()
    {
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync();
        using RawClient one = await broker.ConnectAsync();
        using RawClient two = await broker.ConnectAsync();
        await one.SubscribeAsync("$share/g/t");
        await two.SubscribeAsync("$share/g/t");
        using RawClient sender = await broker.ConnectAsync();
        await sender.SendAsync([.. Enumerable.Range(1, 10).Select(i => RawClient.Publish("t", $"{i}"))]);
        await sender.UntilPongAsync();
        Assert.Equal(5, (await one.UntilPongAsync()).Count);
        Assert.Equal(5, (await two.UntilPongAsync()).Count);
    }

    [Fact]
    public async Task A_topic_alias_stands_for_its_topic_and_properties_travel_on()
    {
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync();
        using RawClient client = await broker.ConnectAsync();
        await client.SubscribeAsync("t");
        byte[] user = [0x26, .. RawClient.Text("k"), .. RawClient.Text("v")];
        await client.SendAsync(RawClient.Publish("t", "1", properties: [0x23, 0, 1]), RawClient.Publish("", "2", properties: [0x23, 0, 1, .. user]));
        List<Packet> got = await client.UntilPongAsync();
        Assert.Equal(["t", "t"], got.Select(p => p.Topic));
        Assert.Contains("k\0\u0001v2", got[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_message_does_not_reach_who_was_away()
    {
        ManualTime time = new();
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(time: time);
        byte[] stays = [0x11, 0, 0, 0x0E, 0x10];
        using (RawClient away = await broker.ConnectAsync("a", clean: false, properties: stays))
        {
            await away.SubscribeAsync("t", options: 1);
            await away.SendAsync([0xE0, 0]);
            Assert.Null(await away.TryReceiveAsync());
        }
        using RawClient sender = await broker.ConnectAsync();
        await sender.SendAsync(RawClient.Publish("t", "short", 1, id: 1, properties: [2, 0, 0, 0, 5]), RawClient.Publish("t", "long", 1, id: 2, properties: [2, 0, 0, 0, 60]));
        await sender.UntilPongAsync();
        time.Advance(TimeSpan.FromSeconds(20));
        using RawClient back = await broker.ConnectAsync("a", clean: false, properties: stays);
        Packet got = Assert.Single(await back.UntilPongAsync());
        Assert.EndsWith("long", got.Text);
        Assert.Equal(40, got.Body[2 + 1 + 2 + 1 + 4]);
    }

    [Fact]
    public async Task No_local_keeps_a_clients_own_messages_from_it()
    {
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync();
        using RawClient client = await broker.ConnectAsync();
        await client.SubscribeAsync("t", options: 4);
        await client.SendAsync(RawClient.Publish("t", "mine"));
        Assert.Empty(await client.UntilPongAsync());
    }

    [Fact]
    public async Task A_packet_larger_than_the_client_takes_is_not_sent_to_it()
    {
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync();
        using RawClient small = await broker.ConnectAsync(properties: [0x27, 0, 0, 0, 50]);
        await small.SubscribeAsync("t");
        using RawClient sender = await broker.ConnectAsync();
        await sender.SendAsync(RawClient.Publish("t", new string('x', 100)), RawClient.Publish("t", "fits"));
        await sender.UntilPongAsync();
        Assert.EndsWith("fits", Assert.Single(await small.UntilPongAsync()).Text);
    }

    [Fact]
    public async Task A_publish_rate_limit_pauses_the_client_until_the_next_second()
    {
        ManualTime time = new();
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(o => o.PublishRateMax = 3, time: time);
        using RawClient client = await broker.ConnectAsync(level: 4);
        await client.SendAsync([.. Enumerable.Range(1, 5).Select(i => RawClient.Publish("t", $"{i}", 1, (ushort)i, level: 4))]);
        Assert.Equal<int[]>([1, 2, 3], await client.AcksAsync(3));
        Assert.Equal(3, broker.Broker.Counters.PublishedCount);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal<int[]>([4, 5], await client.AcksAsync(2));
    }
}
