using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityTwin.Silo.Tests.Postgres;
using CityTwin.Silo.Tests.Runtime;

namespace CityTwin.Cluster.Tests.Processes;

/// <summary>The node that takes readings is killed.</summary>
public sealed class ReadingTests(PostgresFixture fixture) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly string Commune = HostUnderTest.Hue.Offices[0].Profile.Id.ToString();

    private readonly string _address = fixture.Server.NewAddress();
    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-cluster-").FullName;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };

    [Fact]
    public async Task What_a_killed_node_has_acknowledged_stays_and_another_node_takes_readings()
    {
        using NodeProcess first = await StartAsync();
        await PostAsync(first, "/sensors", new { kind = "water", name = "KL01", commune = Commune });
        await UntilTakenAsync(first, 1);
        using NodeProcess second = await StartAsync();

        first.Kill();

        await UntilTakenAsync(second, 2);
        string from = Uri.EscapeDataString(HostUnderTest.Start.AddHours(-1).ToString("O")), to = Uri.EscapeDataString(HostUnderTest.Start.AddHours(1).ToString("O"));
        await UntilAsync(async () =>
        {
            using JsonDocument history = JsonDocument.Parse(await _http.GetStringAsync(new Uri(second.Url, $"/readings?commune={Commune}&from={from}&to={to}")));
            return history.RootElement.GetProperty("items").EnumerateArray().Select(p => p.GetProperty("mean").GetDouble()).SequenceEqual([1, 2]);
        }, "the history is not of both nodes");
    }

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private Task<NodeProcess> StartAsync() =>
        NodeProcess.StartAsync(_folder, "--city", "hue", "--journal", _address, "--clock", "driven", "--start", HostUnderTest.Start.ToString("O"), "--drain", "0");

    // A sensor is known at a node once its views have followed.
    private Task UntilTakenAsync(NodeProcess node, int minute) => UntilAsync(
        async () => await PostAsync(node, "/readings", new
        {
            readings = new[] { new { topic = $"city/46/{Commune.Split('/')[1].TrimStart('0')}/water/KL01", payload = new { dateObserved = HostUnderTest.Start.AddMinutes(minute), height = (double)minute } } },
        }) is { Status: HttpStatusCode.OK } taken && taken.Answer.GetProperty("accepted").GetInt32() == 1,
        "nobody takes readings");

    private async Task<(HttpStatusCode Status, JsonElement Answer)> PostAsync(NodeProcess node, string path, object body)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(new Uri(node.Url, path), body);
        return (answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement);
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, string otherwise)
    {
        using CancellationTokenSource patience = new(Patience);
        while (!await holds())
        {
            Assert.False(patience.IsCancellationRequested, otherwise);
            await Task.Yield();
        }
    }
}
