using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests.Subscriptions;

public sealed class WebhookKillTests(ITestOutputHelper output) : IAsyncDisposable
{
    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("CITYTWIN_PROCESS_KILLS"), out int kills) ? kills : 4;
    private static readonly byte[] Secret = new byte[32];

    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-hook-kill-").FullName;
    private readonly Receiver _receiver = new(Secret);
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://127.0.0.1:{FreePort()}") };
    private Process? _process;

    [Fact]
    public async Task A_server_killed_again_and_again_loses_no_event_and_keeps_the_order_of_each_twin()
    {
        int seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        _receiver.Answer = (number, _) => Task.FromResult(number % 5 == 2 ? 500 : 204);
        await _receiver.StartAsync();
        await StartAsync();
        await PostAsync("/subscriptions", new { type = "case", target = _receiver.Url.ToString(), secret = "whsec_" + Convert.ToBase64String(Secret), ratePerSecond = 10_000 });
        List<string> acknowledged = [];
        for (int kill = 0; kill <= Kills; kill++)
        {
            int count = random.Next(10, 40);
            for (int i = 0; i < count; i++)
            {
                JsonElement filed = await PostAsync("/cases", new { kind = "feedback", service = "street-lighting", commune = RunningCity.Commune, channel = "app", description = "x" });
                acknowledged.Add(filed.GetProperty("case").GetProperty("id").GetString()!);
            }
            if (kill < Kills)
            {
                await KillAsync();
                await StartAsync();
            }
        }
        var expected = new Dictionary<string, long[]>();
        foreach (string id in acknowledged)
        {
            JsonElement history = await _http.GetFromJsonAsync<JsonElement>($"/{RunningCity.Plural(id)}/history", TestContext.Current.CancellationToken);
            expected[id] = [.. history.GetProperty("items").EnumerateArray().Select(e => e.GetProperty("position").GetInt64())];
        }
        long last = expected.Values.Max(p => p[^1]);
        if (_receiver.Taken.All(r => r.Position < last))
        {
            await _receiver.UntilAsync(r => r.Position >= last);
        }
        int repeats = _receiver.Taken.Count - _receiver.Taken.Select(r => r.Id).Distinct().Count();
        output.WriteLine($"{acknowledged.Count} cases, {expected.Values.Sum(p => p.Length)} events, {Kills} kills, {repeats} repeats, {_receiver.Requests} requests");
        Assert.All(expected, e => Assert.Equal(e.Value, _receiver.Taken.Where(r => r.Subject == e.Key).Select(r => r.Position).Distinct()));
        Assert.All(_receiver.Taken, r => Assert.True(r.IsSigned));
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await _receiver.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync()
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "citytwin.dll"), "--city", "hue", "--clock", "driven", "--start", "2026-01-05T08:00:00+07:00", "--webhook-private",
            "--urls", _http.BaseAddress!.ToString(), "--journal", Path.Combine(_folder, "city.db"),
        ];
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = _process.StandardError.ReadToEndAsync();
        string? line;
        do
        {
            line = await _process.StandardOutput.ReadLineAsync();
        }
        while (line is not null && !line.Contains("is alive", StringComparison.Ordinal));
        Assert.NotNull(line);
        _ = _process.StandardOutput.ReadToEndAsync();
    }

    private async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }

    private async Task<JsonElement> PostAsync(string address, object body)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync(address, body, TestContext.Current.CancellationToken);
        string text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
