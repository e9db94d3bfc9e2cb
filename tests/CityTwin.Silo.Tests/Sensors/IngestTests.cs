using System.Text;
using CityTwin.Grains;
using CityTwin.Silo.Mqtt;
using CityTwin.Silo.Sensors;
using CityTwin.Silo.Tests.Mqtt;

namespace CityTwin.Silo.Tests.Sensors;

public sealed class IngestTests
{
    private static readonly DateTimeOffset Start = new(2026, 7, 1, 1, 0, 0, TimeSpan.Zero);

    private static readonly SensorProfile KimLong =
        new(SensorKind.Water, "KL01", TwinId.City(46), TwinId.Commune(19753), new GeoPoint(16.45, 107.56));

    [Fact]
    public async Task Bad_messages_become_dead_letters_with_their_reason_and_are_still_acknowledged()
    {
        using TemporaryFolder folder = new();
        await using IngestUnderTest ingest = await IngestUnderTest.OpenAsync(folder, Start);
        await ingest.RegisterAsync(KimLong, SensorRules.DefaultOf(SensorKind.Water));
        using RawClient five = await ingest.Broker.ConnectAsync("five");
        using RawClient old = await ingest.Broker.ConnectAsync("old", level: 4);
        long now = Start.ToUnixTimeMilliseconds();
        string[] payloads = ["{", $"[{now},400]", $"[{now + 3_600_000},1]", "[1,1]"];
        foreach (string payload in payloads)
        {
            await five.SendAsync(RawClient.Publish("city/46/19753/water/KL01", payload, 1, id: 1));
            Assert.Equal((int)MqttReason.PayloadFormatInvalid, (await five.ReceiveAsync()).Reason);
        }
        await old.SendAsync(RawClient.Publish("city/46/19753/water/XX", $"[{now},1]", 1, id: 2, level: 4), RawClient.Publish("city/46/19777/water/KL01", $"[{now},1]", 1, id: 3, level: 4));
        Assert.Equal<int[]>([2, 3], await old.AcksAsync(2));
        Assert.Equal(
            ["the sensor is registered in commune/19753", "the sensor is not registered", "its time is longer ago than readings are kept",
                "its time is in the future", "WaterLevel 400 is outside -20 to 100", "no JSON at byte 1"],
            ingest.Intake.DeadLetters.Latest(10).Select(l => l.Reason));
        Assert.Equal("old", ingest.Intake.DeadLetters.Latest(1)[0].Client);
        Assert.Equal(0, ingest.Intake.Durable);
    }

    [Fact]
    public async Task Dead_letters_are_bounded_and_the_oldest_go_first()
    {
        DeadLetters letters = new(3);
        for (int i = 1; i <= 5; i++)
        {
            letters.Add(Start, $"t{i}", "c", "r", Encoding.UTF8.GetBytes(new string('x', 1_000)));
        }
        Assert.Equal(["t5", "t4", "t3"], letters.Latest(10).Select(l => l.Topic));
        Assert.Equal((5, 256), (letters.Total, letters.Latest(1)[0].Payload.Length));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task An_unknown_sensor_is_registered_by_its_first_message_where_that_is_allowed()
    {
        using TemporaryFolder folder = new();
        await using IngestUnderTest ingest = await IngestUnderTest.OpenAsync(folder, Start, registersAtFirst: true);
        using RawClient client = await ingest.Broker.ConnectAsync();
        await client.SendAsync(RawClient.Publish("city/46/19753/noise/N1", $"[{Start.ToUnixTimeMilliseconds()},60.5]", 1, id: 1));
        Assert.Equal(0, (await client.ReceiveAsync()).Reason);
        TwinId sensor = SensorNumber.Of(46, SensorKind.Noise, "N1");
        await SessionTests.Until(() => ingest.Follower.Watch(sensor)?.Latest == 60.5);
        Assert.Equal(TwinId.Commune(19753), ((SensorState)(await ingest.City.Runtime.ReadAsync(sensor)).State).Profile!.Commune);
    }

    [Fact]
    public async Task A_restart_takes_up_where_reports_had_not_arrived_and_repeats_none()
    {
        using TemporaryFolder folder = new();
        TwinId sensor;
        await using (IngestUnderTest ingest = await IngestUnderTest.OpenAsync(folder, Start))
        {
            sensor = await ingest.RegisterAsync(KimLong, new SensorRules { Levels = [1, 2, 3.5] });
            using RawClient client = await ingest.Broker.ConnectAsync();
            await client.SendAsync(RawClient.Publish("city/46/19753/water/KL01", $"[{Start.ToUnixTimeMilliseconds()},1.2]", 1, id: 1));
            await client.ReceiveAsync();
            await ingest.FollowedAsync();
            // As if the process had ended after the commit and before the report: the next start follows these again.
            await ingest.Store.AcceptAsync(new[] { new Reading(sensor, Measure.WaterLevel, Start.AddMinutes(1).ToUnixTimeMilliseconds(), 2.2) });
        }
        await using IngestUnderTest again = await IngestUnderTest.OpenAsync(folder, Start.AddMinutes(2));
        await SessionTests.Until(() => again.Directory.Find(sensor)?.Level == 2);
        Assert.Equal([1, 2], (await again.City.Runtime.HistoryAsync(sensor, 0, 100)).Select(e => e.Event).OfType<SensorEvent.AlertRaised>().Select(a => a.Level));
    }

    [Fact]
    public async Task A_batch_is_answered_once_all_that_was_taken_is_durable()
    {
        using TemporaryFolder folder = new();
        await using IngestUnderTest ingest = await IngestUnderTest.OpenAsync(folder, Start);
        await ingest.RegisterAsync(KimLong, SensorRules.DefaultOf(SensorKind.Water));
        ReadingBatchOutcome outcome = await ReadingBatch.TakeAsync(
            ingest.Intake,
            [
                new("city/46/19753/water/KL01", Encoding.UTF8.GetBytes($"[{Start.ToUnixTimeMilliseconds()},1.25]")),
                new("city/46/19753/water/KL01", "{\"height\":1}"u8.ToArray()), new("elsewhere", default), new(null, default),
            ],
            "http", TestContext.Current.CancellationToken);
        Assert.True(outcome.IsDurable);
        Assert.Equal([(1, "payload: dateObserved is missing"), (2, outcome.Rejected[1].Reason), (3, outcome.Rejected[1].Reason)], outcome.Rejected);
        Assert.Equal(1, ingest.Intake.Durable);
        Assert.Equal("http", ingest.Intake.DeadLetters.Latest(10).Single().Client);
    }
}
