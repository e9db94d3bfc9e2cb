using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CityTwin.ClientApi.Tests;
using CityTwin.Silo;
using CityTwin.Silo.Tests.Postgres;

namespace CityTwin.Simulation.Tests.Drive;

/// <summary>Two real processes over one real database: the second stands by, and takes over from a first that dies or stands still under load.</summary>
public sealed class StandbyTests(ITestOutputHelper output)
{
    private const int Callers = 8;
    private const string LagHeader = "CityTwin-Standby-Lag";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task When_the_first_is_killed_under_load_the_second_takes_over_within_five_seconds_and_nothing_is_lost()
    {
        await using PostgresServer database = await PostgresServer.StartAsync();
        await using var first = new ServerProcess(database.Address("city"));
        await using var second = new ServerProcess(database.Address("city"), more: "--standby");
        await using Load load = await StartAsync(first, second);

        await first.KillAsync();

        await AuditAsync(load, second);
    }

    [Fact]
    public async Task When_the_first_stands_still_the_second_takes_over_and_the_first_can_commit_nothing_when_it_wakes()
    {
        await using PostgresServer database = await PostgresServer.StartAsync();
        await using var first = new ServerProcess(database.Address("city"));
        await using var second = new ServerProcess(database.Address("city"), more: "--standby");
        await using Load load = await StartAsync(first, second);

        first.Signal("STOP");
        await UntilReadyAsync(second);
        first.Signal("CONT");

        using HttpClient woken = new() { BaseAddress = first.Url };
        using HttpResponseMessage refused = await woken.PostAsJsonAsync("/cases", Load.Report());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        await AuditAsync(load, second);
    }

    private static async Task<Load> StartAsync(ServerProcess first, ServerProcess second)
    {
        await first.StartAsync();
        await second.StartAsync();
        Load load = new(first.Url, second.Url);
        await load.UntilAcknowledgedAsync(300);
        using HttpClient http = new() { BaseAddress = second.Url };
        using HttpResponseMessage health = await http.GetAsync("/health/ready");
        JsonElement body = JsonDocument.Parse(await health.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "standing by"), (health.StatusCode, body.GetProperty("status").GetString()));
        Assert.True(body.GetProperty("standby").GetProperty("lagSeconds").GetDouble() >= 0);
        using HttpResponseMessage board = await http.GetAsync("/board");
        Assert.Equal(HttpStatusCode.OK, board.StatusCode);
        Assert.Matches(@"^events=\d+, seconds=\d+\.\d{3}$", Assert.Single(board.Headers.GetValues(LagHeader)));
        using HttpResponseMessage refused = await http.PostAsJsonAsync("/cases", Load.Report());
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        return load;
    }

    private static async Task UntilReadyAsync(ServerProcess server)
    {
        using HttpClient http = new() { BaseAddress = server.Url };
        HttpStatusCode status;
        do
        {
            using HttpResponseMessage health = await http.GetAsync("/health/ready");
            status = health.StatusCode;
        }
        while (status != HttpStatusCode.OK);
    }

    private async Task AuditAsync(Load load, ServerProcess second)
    {
        await UntilReadyAsync(second);
        await load.UntilAcknowledgedAsync(load.Acknowledged.Count + 200);
        await load.StopAsync();
        using HttpClient http = new() { BaseAddress = second.Url };
        foreach ((string key, (string id, long position)) in load.Acknowledged)
        {
            using HttpResponseMessage again = await Load.PostAsync(http, key);
            JsonElement answer = JsonDocument.Parse(await again.Content.ReadAsStringAsync()).RootElement;
            Assert.True(answer.GetProperty("repeated").GetBoolean(), $"{key} was carried out again");
            Assert.Equal((id, position), (answer.GetProperty("case").GetProperty("id").GetString(), answer.GetProperty("position").GetInt64()));
        }
        JsonElement board;
        do
        {
            board = JsonDocument.Parse(await http.GetStringAsync("/board")).RootElement;
        }
        while (board.GetProperty("lag").GetInt64() > 0);
        Assert.Equal(load.Acknowledged.Count, board.GetProperty("figures").GetProperty("all").GetProperty("filed").GetInt64());
        double seconds = TakeoverSeconds(await http.GetStringAsync("/metrics"));
        output.WriteLine($"{load.Acknowledged.Count} filings acknowledged; taken over {seconds:0.000} s after the last sign of life");
        Assert.True(RuntimeStatistics.TakeoverTimeMax < Limit);
        Assert.InRange(seconds, 0, Limit.TotalSeconds);
    }

    private static double TakeoverSeconds(string metrics)
    {
        string line = metrics.Split('\n').Single(l => l.StartsWith("citytwin_takeover_seconds ", StringComparison.Ordinal));
        return double.Parse(line.Split(' ')[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Callers that file reports, each repeated under its key at one process and then the other until it is acknowledged.</summary>
    private sealed class Load : IAsyncDisposable
    {
        private readonly HttpClient[] _servers;
        private readonly Task _calling;
        private volatile bool _stop;
        private int _next;

        public Load(params Uri[] servers)
        {
            // A process that stands still answers nothing: its callers go to the other.
            _servers = [.. servers.Select(s => new HttpClient { BaseAddress = s, Timeout = TimeSpan.FromSeconds(2) })];
            _calling = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync)));
        }

        public ConcurrentDictionary<string, (string Case, long Position)> Acknowledged { get; } = new();

        public static object Report() => new
        {
            kind = "feedback",
            service = "street-lighting",
            commune = "commune/19753",
            channel = "hotline",
            description = "Đèn đường không sáng",
        };

        public static async Task<HttpResponseMessage> PostAsync(HttpClient http, string key)
        {
            using HttpRequestMessage request = new(HttpMethod.Post, "/cases") { Content = JsonContent.Create(Report()) };
            request.Headers.Add("Idempotency-Key", key);
            return await http.SendAsync(request);
        }

        public async Task UntilAcknowledgedAsync(int count)
        {
            await Patience.UntilAsync(() => Acknowledged.Count >= count || _calling.IsCompleted, $"{count} were acknowledged");
            Assert.False(_calling.IsCompleted, _calling.Exception?.ToString());
        }

        public async Task StopAsync()
        {
            _stop = true;
            await _calling;
        }

        public async ValueTask DisposeAsync()
        {
            await StopAsync();
            Array.ForEach(_servers, s => s.Dispose());
        }

        private async Task CallAsync()
        {
            while (!_stop)
            {
                string key = $"report {Interlocked.Increment(ref _next)}";
                for (int attempt = 0; !Acknowledged.ContainsKey(key); attempt++)
                {
                    await TryAsync(_servers[attempt % _servers.Length], key);
                }
            }
        }

        private async Task TryAsync(HttpClient server, string key)
        {
            try
            {
                using HttpResponseMessage response = await PostAsync(server, key);
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
                {
                    JsonElement answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
                    Assert.True(response.IsSuccessStatusCode, answer.ToString());
                    Acknowledged[key] = (answer.GetProperty("case").GetProperty("id").GetString()!, answer.GetProperty("position").GetInt64());
                }
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
            {
                // Dead, or standing still: the other one is asked.
            }
        }
    }
}
