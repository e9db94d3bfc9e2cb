using System.Net;
using System.Net.Http.Json;
using System.Text;
using CityTwin.Grains;
using CityTwin.Silo.Mqtt;
using CityTwin.Silo.Sensors;
using CityTwin.Silo.Tests.Mqtt;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

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
    public async Task Readings_come_in_and_history_goes_out_over_HTTP()
    {
        using TemporaryFolder folder = new();
        await using IngestUnderTest ingest = await IngestUnderTest.OpenAsync(folder, Start);
        await ingest.RegisterAsync(KimLong, SensorRules.DefaultOf(SensorKind.Water));
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore().AddSingleton(ingest.Intake).AddSingleton(ingest.Store).AddSingleton(ingest.Directory);
        await using WebApplication web = builder.Build();
        web.UseRouting();
        web.MapReadings();
        await web.StartAsync(TestContext.Current.CancellationToken);
        using HttpClient http = new() { BaseAddress = new Uri(web.Urls.First()) };
        HttpResponseMessage posted = await http.PostAsJsonAsync("readings", new object[]
        {
            new { topic = "city/46/19753/water/KL01", payload = new { dateObserved = Start, height = 1.25 } },
            new { topic = "city/46/19753/water/KL01", payload = new { height = 1.25 } },
            new { topic = "elsewhere", payload = 1 },
        }, TestContext.Current.CancellationToken);
        BatchAnswer answer = (await posted.Content.ReadFromJsonAsync<BatchAnswer>(TestContext.Current.CancellationToken))!;
        Assert.Equal((1, "$[1]", "$[2]"), (answer.Accepted, answer.Rejected[0].Path, answer.Rejected[1].Path));
        await ingest.FollowedAsync();
        string period = $"from={Start:yyyy-MM-dd}T00:00:00Z&to={Start:yyyy-MM-dd}T23:00:00Z";
        string history = await http.GetStringAsync($"readings?commune=19753&kind=water&resolution=hour&{period}", TestContext.Current.CancellationToken);
        Assert.Contains("\"mean\":1.25", history, StringComparison.Ordinal);
        Assert.Contains("dateObserved is missing", await http.GetStringAsync("readings/dead-letters", TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync($"readings?kind=tide&{period}", TestContext.Current.CancellationToken)).StatusCode);
        using StringContent nonsense = new("{", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsync("readings", nonsense, TestContext.Current.CancellationToken)).StatusCode);
    }
}
