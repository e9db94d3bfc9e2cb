using System.Net;
using System.Text.Json;
using CityTwin.Silo.Tests.Postgres;
using CityTwin.Silo.Tests.Runtime;

namespace CityTwin.Cluster.Tests.Nodes;

/// <summary>One node takes readings; another one does when it has gone.</summary>
public sealed class ReadingTakeOverTests(PostgresFixture fixture)
{
    private static readonly string Commune = HostUnderTest.Hue.Offices[0].Profile.Id.ToString();

    [Fact]
    public async Task When_the_node_that_takes_readings_stops_another_takes_over_with_nothing_lost()
    {
        await using NodesUnderTest nodes = await NodesUnderTest.OpenAsync(fixture.Server.NewAddress(), 2);
        await nodes.PostAsync(0, "/sensors", new { kind = "water", name = "KL01", commune = Commune });
        await NodesUnderTest.UntilAsync(async () => (await TakeAsync(nodes, 0, 1)).Status == HttpStatusCode.OK, "no node takes readings");
        (HttpStatusCode status, JsonElement answer) = await TakeAsync(nodes, 1, 2);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), (status, answer.GetProperty("type").GetString()!.Contains("readings-elsewhere", StringComparison.Ordinal)));

        await nodes.StopAsync(0);

        await NodesUnderTest.UntilAsync(async () => (await TakeAsync(nodes, 0, 2)).Status == HttpStatusCode.OK, "nobody took over");
        string from = Uri.EscapeDataString(HostUnderTest.Start.AddHours(-1).ToString("O")), to = Uri.EscapeDataString(HostUnderTest.Start.AddHours(1).ToString("O"));
        await NodesUnderTest.UntilAsync(
            async () => Heights(await nodes.ReadAsync(0, $"/readings?commune={Commune}&from={from}&to={to}")) is [1, 2], "the history is not of both nodes");
    }

    private static double[] Heights(JsonElement history) => [.. history.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("mean").GetDouble())];

    private static async Task<(HttpStatusCode Status, JsonElement Answer)> TakeAsync(NodesUnderTest nodes, int node, int minute)
    {
        (HttpStatusCode status, JsonElement answer) = await nodes.TryPostAsync(node, "/readings", new
        {
            readings = new[] { new { topic = $"city/46/{Commune.Split('/')[1].TrimStart('0')}/water/KL01", payload = new { dateObserved = HostUnderTest.Start.AddMinutes(minute), height = (double)minute } } },
        });
        // A sensor is known at a node once its views have followed.
        return status == HttpStatusCode.OK && answer.GetProperty("accepted").GetInt32() == 0 ? (HttpStatusCode.Accepted, answer) : (status, answer);
    }
}
