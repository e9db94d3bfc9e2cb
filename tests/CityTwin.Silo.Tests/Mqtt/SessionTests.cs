using CityTwin.Silo.Mqtt;

namespace CityTwin.Silo.Tests.Mqtt;

public sealed class SessionTests
{
    private static readonly byte[] StaysAnHour = [0x11, 0, 0, 0x0E, 0x10];

    [Fact]
    public async Task Messages_wait_for_a_client_that_is_away_and_unacknowledged_ones_come_again()
    {
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync();
        using RawClient sender = await broker.ConnectAsync();
        using (RawClient away = await broker.ConnectAsync("a", clean: false, properties: StaysAnHour))
        {
            await away.SubscribeAsync("t", options: 1);
            await sender.SendAsync(RawClient.Publish("t", "one", 1, id: 1));
            Assert.EndsWith("one", (await away.ReceiveAsync()).Text);
            await away.SendAsync([0xE0, 0]);
            Assert.Null(await away.TryReceiveAsync());
        }
        await sender.SendAsync(RawClient.Publish("t", "two", 1, id: 2));
        await sender.UntilPongAsync();
        using RawClient back = await broker.ConnectAsync("a", clean: false, properties: StaysAnHour);
        Assert.True(back.SessionPresent);
        Packet again = await back.ReceiveAsync();
        Packet late = await back.ReceiveAsync();
        Assert.EndsWith("one", again.Text);
        Assert.Equal(0x3A, again.First);
        Assert.EndsWith("two", late.Text);
        Assert.Equal(0x32, late.First);
    }

    [Fact]
    public async Task A_session_ends_with_its_expiry_by_driven_time()
    {
        ManualTime time = new();
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(time: time);
        using (RawClient client = await broker.ConnectAsync("a", clean: false, properties: StaysAnHour))
        {
            await client.SendAsync([0xE0, 0]);
            Assert.Null(await client.TryReceiveAsync());
        }
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(1, broker.Broker.SessionCount);
        time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(0, broker.Broker.SessionCount);
    }

    [Fact]
    public async Task A_second_connection_of_the_same_client_takes_the_session_over()
    {
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync();
        using RawClient first = await broker.ConnectAsync("a", properties: StaysAnHour);
        using RawClient second = await broker.ConnectAsync("a", clean: false, properties: StaysAnHour);
        Assert.True(second.SessionPresent);
        Assert.Equal((int)MqttReason.SessionTakenOver, (await first.ReceiveAsync()).Reason);
    }

    [Fact]
    public async Task A_will_is_published_after_its_delay_and_not_after_a_goodbye()
    {
        ManualTime time = new();
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(time: time);
        using RawClient watcher = await broker.ConnectAsync();
        await watcher.SubscribeAsync("will/#");
        byte[] delayed = [5, 0x18, 0, 0, 0, 10, .. RawClient.Text("will/x"), .. RawClient.Text("gone")];
        foreach ((string id, bool says) in new[] { ("polite", true), ("lost", false) })
        {
            RawClient client = await RawClient.OpenAsync(broker.Port);
            await client.SendAsync(RawClient.Connect(id, properties: StaysAnHour, extraFlags: 4, tail: delayed));
            await client.ReceiveAsync();
            if (says)
            {
                await client.SendAsync([0xE0, 0]);
                Assert.Null(await client.TryReceiveAsync());
            }
            client.Dispose();
        }
        await Until(() => broker.Broker.ConnectionCount == 1);
        time.Advance(TimeSpan.FromSeconds(8));
        Assert.Empty(await watcher.UntilPongAsync());
        time.Advance(TimeSpan.FromSeconds(5));
        Packet will = Assert.Single(await watcher.UntilPongAsync());
        Assert.Equal("will/x", will.Topic);
    }

    [Fact]
    public async Task Silence_of_one_and_a_half_keep_alives_ends_the_connection_and_half_a_packet_is_silence_too()
    {
        ManualTime time = new();
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(time: time);
        using RawClient alive = await broker.ConnectAsync(keepAlive: 10);
        using RawClient loris = await broker.ConnectAsync(keepAlive: 10);
        using RawClient mute = await RawClient.OpenAsync(broker.Port);
        await Until(() => broker.Broker.ConnectionCount == 3);
        foreach (byte slow in RawClient.Publish("t", "x")[..4])
        {
            await loris.SendAsync([slow]);
            time.Advance(TimeSpan.FromSeconds(4));
            await alive.UntilPongAsync();
        }
        Assert.Equal((int)MqttReason.KeepAliveTimeout, (await loris.ReceiveAsync()).Reason);
        Assert.Null(await mute.TryReceiveAsync());
        Assert.Empty(await alive.UntilPongAsync());
    }

    [Fact]
    public async Task A_slow_subscriber_holds_its_publisher_back_and_is_sent_away_when_patience_ends()
    {
        ManualTime time = new();
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(o => (o.QueueMax, o.InflightMax) = (5, 1), time: time);
        using RawClient slow = await broker.ConnectAsync("slow");
        await slow.SubscribeAsync("t", options: 1);
        using RawClient sender = await broker.ConnectAsync(level: 4);
        await SendAsync(sender, 1, 1);
        Assert.EndsWith("1", (await slow.ReceiveAsync()).Text);
        await SendAsync(sender, 2, 20);
        Assert.Equal(Enumerable.Range(1, 6), await sender.AcksAsync(6));
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal((int)MqttReason.QuotaExceeded, (await slow.ReceiveAsync()).Reason);
        Assert.Equal(Enumerable.Range(7, 14), await sender.AcksAsync(14));
    }

    [Fact]
    public async Task A_subscriber_that_takes_one_more_and_then_no_more_is_sent_away_too()
    {
        ManualTime time = new();
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(o => (o.QueueMax, o.InflightMax) = (5, 1), time: time);
        using RawClient slow = await broker.ConnectAsync("slow");
        await slow.SubscribeAsync("t", options: 1);
        using RawClient sender = await broker.ConnectAsync(level: 4);
        await SendAsync(sender, 1, 1);
        Packet first = await slow.ReceiveAsync();
        await SendAsync(sender, 2, 20);
        Assert.Equal(Enumerable.Range(1, 6), await sender.AcksAsync(6));

        await slow.SendAsync(RawClient.Ack(0x40, (ushort)first.PublishId));
        Assert.EndsWith("2", (await slow.ReceiveAsync()).Text);
        time.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal((int)MqttReason.QuotaExceeded, (await slow.ReceiveAsync()).Reason);
        Assert.Equal(Enumerable.Range(7, 14), await sender.AcksAsync(14));
    }

    [Fact]
    public async Task A_subscriber_that_reads_gets_everything_however_small_its_queue()
    {
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(o => (o.QueueMax, o.InflightMax) = (5, 2));
        using RawClient reader = await broker.ConnectAsync("reader");
        await reader.SubscribeAsync("t", options: 1);
        using RawClient sender = await broker.ConnectAsync(level: 4);
        await sender.SendAsync([.. Enumerable.Range(1, 200).Select(i => RawClient.Publish("t", $"n{i}", 1, (ushort)i, level: 4))]);
        for (int i = 1; i <= 200; i++)
        {
            Packet packet = await reader.ReceiveAsync();
            Assert.EndsWith($"n{i}", packet.Text);
            await reader.SendAsync(RawClient.Ack(0x40, (ushort)packet.PublishId));
        }
    }

    private static Task SendAsync(RawClient sender, int from, int to) =>
        sender.SendAsync([.. Enumerable.Range(from, to - from + 1).Select(i => RawClient.Publish("t", $"{i}", 1, (ushort)i, level: 4))]);

    internal static Task Until(Func<bool> holds) =>
        Task.Run(() => Assert.True(SpinWait.SpinUntil(holds, TimeSpan.FromSeconds(20))));
}
