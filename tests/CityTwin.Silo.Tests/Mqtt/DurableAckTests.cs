using CityTwin.Silo.Mqtt;

namespace CityTwin.Silo.Tests.Mqtt;

public sealed class DurableAckTests
{
    [Theory]
    [InlineData(1, 0x40)]
    [InlineData(2, 0x50)]
    public async Task Acknowledgement_comes_only_after_the_batch_is_durable(int qos, byte expected)
    {
        GatedInbox inbox = new();
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(inbox: inbox);
        using RawClient client = await broker.ConnectAsync();
        await client.SendAsync(RawClient.Publish("city/a", "1", qos, id: 7));
        Assert.Empty(await client.UntilPongAsync());
        inbox.Commit();
        Packet ack = await client.ReceiveAsync();
        Assert.Equal(expected, ack.First);
        Assert.Equal(7, ack.Id);
    }

    [Fact]
    public async Task Acknowledgements_keep_the_order_of_publications_even_when_a_later_one_needs_no_commit()
    {
        GatedInbox inbox = new();
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(inbox: inbox);
        using RawClient client = await broker.ConnectAsync();
        await client.SendAsync(
            RawClient.Publish("city/a", "1", 1, id: 1), RawClient.Publish("plain", "2", 1, id: 2), RawClient.Publish("city/a", "bad", 1, id: 3));
        Assert.Empty(await client.UntilPongAsync());
        inbox.Commit();
        Packet[] acks = [await client.ReceiveAsync(), await client.ReceiveAsync(), await client.ReceiveAsync()];
        Assert.Equal([1, 2, 3], acks.Select(a => a.Id));
        Assert.Equal([0, (int)MqttReason.NoMatchingSubscribers, (int)MqttReason.PayloadFormatInvalid], acks.Select(a => a.Reason));
    }

    [Fact]
    public async Task A_batch_that_is_not_stored_is_not_acknowledged_and_its_qos_2_repeat_is_taken_as_new()
    {
        GatedInbox inbox = new();
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(inbox: inbox);
        byte[] stays = [0x11, 0, 0, 1, 0];
        using (RawClient client = await broker.ConnectAsync("d", clean: false, properties: stays))
        {
            await client.SendAsync(RawClient.Publish("city/a", "1", 2, id: 7));
            await inbox.UntilTakenAsync(1);
            inbox.Fail();
            Packet bye = await client.ReceiveAsync();
            Assert.Equal(14, bye.Kind);
            Assert.Equal((int)MqttReason.ServerUnavailable, bye.Reason);
        }
        using RawClient again = await broker.ConnectAsync("d", clean: false, properties: stays);
        Assert.True(again.SessionPresent);
        await again.SendAsync(RawClient.Publish("city/a", "1", 2, id: 7, duplicate: true));
        await inbox.UntilTakenAsync(1);
        inbox.Commit();
        Assert.Equal(0x50, (await again.ReceiveAsync()).First);
        Assert.Equal(["1", "1"], inbox.Taken);
    }

    [Fact]
    public async Task A_repeated_qos_2_publication_is_taken_once_and_waits_for_the_first_ones_commit()
    {
        GatedInbox inbox = new();
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(inbox: inbox);
        using RawClient client = await broker.ConnectAsync();
        await client.SendAsync(RawClient.Publish("city/a", "1", 2, id: 7), RawClient.Publish("city/a", "1", 2, id: 7, duplicate: true));
        Assert.Empty(await client.UntilPongAsync());
        inbox.Commit();
        Assert.Equal<int[]>([7, 7], await client.AcksAsync(2));
        await client.SendAsync(RawClient.Ack(0x62, 7));
        Assert.Equal(0x70, (await client.ReceiveAsync()).First);
        Assert.Equal(["1"], inbox.Taken);
    }

    [Fact]
    public async Task A_full_inbox_holds_the_publisher_back_and_drops_nothing()
    {
        GatedInbox inbox = new(roomFor: 3);
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(inbox: inbox);
        using RawClient client = await broker.ConnectAsync(level: 4);
        await client.SendAsync([.. Enumerable.Range(1, 10).Select(i => RawClient.Publish("city/a", $"{i}", 1, (ushort)i, level: 4))]);
        List<int> acks = [];
        foreach (int round in new[] { 3, 3, 3, 1 })
        {
            await inbox.UntilTakenAsync(round);
            inbox.Commit();
            for (int i = 0; i < round; i++)
            {
                acks.Add((await client.ReceiveAsync()).Id);
            }
        }
        Assert.Equal(Enumerable.Range(1, 10), acks);
        Assert.Equal(Enumerable.Range(1, 10).Select(i => $"{i}"), inbox.Taken);
    }

    [Fact]
    public async Task More_unacknowledged_publications_than_agreed_pause_a_3_1_1_client_and_end_a_5_client()
    {
        GatedInbox inbox = new();
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(o => o.ReceiveMax = 2, inbox);
        byte[][] three = [.. Enumerable.Range(1, 3).Select(i => RawClient.Publish("city/a", $"{i}", 1, (ushort)i, level: 4))];
        using RawClient old = await broker.ConnectAsync(level: 4);
        await old.SendAsync(three);
        await inbox.UntilTakenAsync(2);
        inbox.Commit();
        await inbox.UntilTakenAsync(1);
        inbox.Commit();
        Assert.Equal<int[]>([1, 2, 3], await old.AcksAsync(3));

        using RawClient five = await broker.ConnectAsync();
        await five.SendAsync([.. Enumerable.Range(1, 3).Select(i => RawClient.Publish("city/a", $"{i}", 1, (ushort)i))]);
        Packet bye = await five.ReceiveAsync();
        Assert.Equal((14, (int)MqttReason.ReceiveMaximumExceeded), (bye.Kind, bye.Reason));
    }
}
