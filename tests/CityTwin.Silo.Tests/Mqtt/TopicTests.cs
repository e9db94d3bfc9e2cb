using CityTwin.Silo.Mqtt;

namespace CityTwin.Silo.Tests.Mqtt;

/// <summary>The examples of MQTT 5, section 4.7, and what follows from its rules.</summary>
public sealed class TopicTests
{
    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("#", "any/thing", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("#", "$SYS/monitor", false)]
    [InlineData("+/monitor", "$SYS/monitor", false)]
    [InlineData("$SYS/#", "$SYS/monitor", true)]
    [InlineData("a/b", "a/b/c", false)]
    public void A_filter_matches_as_the_standard_says(string filter, string topic, bool expected) =>
        Assert.Equal(expected, Topics.Matches(filter, topic));

    [Theory]
    [InlineData("a/#", true)]
    [InlineData("+/+/#", true)]
    [InlineData("/", true)]
    [InlineData("", false)]
    [InlineData("a#", false)]
    [InlineData("a/#/b", false)]
    [InlineData("a+/b", false)]
    public void A_filter_is_checked(string filter, bool expected) => Assert.Equal(expected, Topics.IsFilter(filter));

    [Theory]
    [InlineData("city/+/secret/#", false)]
    [InlineData("city/#", true)]
    [InlineData("city/46/19753/+/x", true)]
    [InlineData("#", false)]
    [InlineData("+/46", false)]
    public async Task A_user_subscribes_only_within_what_it_may(string filter, bool allowed)
    {
        MqttUser user = new() { Name = "gw", PasswordHash = MqttUser.HashPassword("s3cret"), MaySubscribe = allowed ? ["city/#"] : ["city/+/public/#"] };
        await using BrokerUnderTest broker = await BrokerUnderTest.StartAsync(o => o.Users.Add(user));
        using RawClient client = await RawClient.OpenAsync(broker.Port);
        await client.SendAsync(RawClient.Connect("", extraFlags: 0xC0, tail: [.. RawClient.Text("gw"), .. RawClient.Text("s3cret")]));
        Assert.Equal(0, (await client.ReceiveAsync()).Body[1]);
        await client.SendAsync(RawClient.Subscribe(1, filter));
        Assert.Equal(allowed ? 0 : (int)MqttReason.NotAuthorized, (await client.ReceiveAsync()).Body[^1]);
        await client.SendAsync(RawClient.Publish("elsewhere", "x", 1, id: 1));
        Assert.Equal((int)MqttReason.NotAuthorized, (await client.ReceiveAsync()).Reason);
    }
}
