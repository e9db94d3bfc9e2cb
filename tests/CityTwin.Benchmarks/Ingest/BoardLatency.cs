using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace CityTwin.Benchmarks.Ingest;

/// <summary>How long after its acknowledgement a reading that raises an alarm is on the board of a served city, a process of its own.</summary>
/// <param name="LiveMax">Until a live update has the alarm and its case, the longest.</param>
/// <param name="ReadMax">Until GET /board has them, the longest.</param>
internal sealed record BoardLatency(TimeSpan LiveMax, TimeSpan ReadMax)
{
    /// <summary>How many alarms are raised, each by a gauge of its own, too far from the others to join their incident.</summary>
    public const int Alarms = 20;

    private const string Commune = "19753";

    private static readonly double[] Levels = [1.0, 2.0, 3.5];

    private const char End = '\u001e';

    public static async Task<BoardLatency> MeasureAsync()
    {
        string folder = Directory.CreateTempSubdirectory("citytwin-board-").FullName;
        (int port, int mqtt) = (FreePort(), FreePort());
        string program = Path.Combine(AppContext.BaseDirectory, "citytwin.dll");
        string[] arguments = [program, "serve", "--city", "hue", "--urls", $"http://127.0.0.1:{port}", "--journal", Path.Combine(folder, "city.db"), "--mqtt", $"127.0.0.1:{mqtt}"];
        using Process server = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        try
        {
            while (await server.StandardOutput.ReadLineAsync() is { } line && !line.Contains("is alive", StringComparison.Ordinal))
            {
            }
            using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            await RegisterAsync(http);
            TimeSpan read = TimeSpan.Zero;
            TimeSpan live = TimeSpan.Zero;
            using ClientWebSocket socket = new();
            await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{port}/live"), CancellationToken.None);
            await socket.SendAsync(Encoding.UTF8.GetBytes($"{{\"protocol\":\"json\",\"version\":1}}{End}"), WebSocketMessageType.Text, true, CancellationToken.None);
            for (int i = 0; i < Alarms; i++)
            {
                long acknowledged = await PublishAsync(mqtt, i);
                int wanted = i + 1;
                Task<TimeSpan> reading = UntilReadAsync(http, acknowledged, wanted);
                live = Max(live, await UntilLiveAsync(socket, acknowledged, wanted));
                read = Max(read, await reading);
            }
            return new BoardLatency(live, read);
        }
        finally
        {
            server.Kill();
            await server.WaitForExitAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RegisterAsync(HttpClient http)
    {
        for (int i = 0; i < Alarms; i++)
        {
            using HttpResponseMessage answer = await http.PostAsJsonAsync("/sensors", new
            {
                kind = "water",
                name = $"KL{i:00}",
                commune = $"commune/{Commune}",
                place = new { latitude = 10 + (0.1 * i), longitude = 107.56 },
                rules = new { levels = Levels, raiseAfterSeconds = 0, spikeMax = 10.0 },
            });
            answer.EnsureSuccessStatusCode();
        }
        while ((await http.GetFromJsonAsync<JsonElement>("/sensors?limit=1")).GetProperty("total").GetInt32() < Alarms)
        {
            await Pause.ForAsync(TimeSpan.FromMilliseconds(20));
        }
    }

    /// <summary>Publishes a level above alarm I; gives when it was acknowledged.</summary>
    private static async Task<long> PublishAsync(int port, int gauge)
    {
        using LoadConnection connection = await LoadConnection.OpenAsync(
            port, $"gauge-{gauge}", $"city/46/{Commune}/water/KL{gauge.ToString("00", CultureInfo.InvariantCulture)}", DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        await connection.PublishOneAsync();
        return Stopwatch.GetTimestamp();
    }

    private static async Task<TimeSpan> UntilReadAsync(HttpClient http, long since, int wanted)
    {
        BoardGlance glance = new();
        while (!glance.Take(await http.GetFromJsonAsync<JsonElement>("/board"), wanted))
        {
            await Pause.ForAsync(TimeSpan.FromMilliseconds(5));
        }
        return Stopwatch.GetElapsedTime(since);
    }

    private static async Task<TimeSpan> UntilLiveAsync(ClientWebSocket socket, long since, int wanted)
    {
        byte[] buffer = new byte[256 * 1024];
        StringBuilder text = new();
        BoardGlance glance = new();
        while (true)
        {
            WebSocketReceiveResult got = await socket.ReceiveAsync(buffer, CancellationToken.None);
            text.Append(Encoding.UTF8.GetString(buffer, 0, got.Count));
            if (!got.EndOfMessage)
            {
                continue;
            }
            foreach (string message in text.ToString().Split(End, StringSplitOptions.RemoveEmptyEntries))
            {
                JsonElement parsed = JsonDocument.Parse(message).RootElement;
                if (parsed.TryGetProperty("arguments", out JsonElement arguments) && glance.Take(arguments[0], wanted))
                {
                    return Stopwatch.GetElapsedTime(since);
                }
            }
            text.Clear();
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

/// <summary>What a watcher of the board has seen so far: an update tells the sensors only when they changed.</summary>
internal sealed class BoardGlance
{
    private bool _alerts;

    /// <summary>Takes a board or an update; whether by now so many gauges alert and so many cases were filed.</summary>
    public bool Take(JsonElement board, int wanted)
    {
        if (board.TryGetProperty("sensors", out JsonElement sensors))
        {
            _alerts = sensors.GetProperty("communes").EnumerateArray().Any(c => c.GetProperty("alerting").GetInt32() >= wanted)
                && sensors.GetProperty("incidents").GetArrayLength() >= wanted;
        }
        return _alerts && board.GetProperty("figures").GetProperty("all").GetProperty("filed").GetInt64() >= wanted;
    }
}
