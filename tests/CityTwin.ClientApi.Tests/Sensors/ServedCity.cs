using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests.Sensors;

/// <summary><c>citytwin serve --mqtt</c> as a process of its own.</summary>
internal sealed class ServedCity : IAsyncDisposable
{
    private readonly Process _process;
    private readonly HttpClient _http;

    private ServedCity(Process process, string folder, int port, int mqttPort)
    {
        (_process, Folder, MqttPort) = (process, folder, mqttPort);
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>A folder of the test's own.</summary>
    public string Folder { get; }

    public int MqttPort { get; }

    /// <summary>Starts it, and returns once it says that the city is alive.</summary>
    /// <param name="options">More options; {mqtt} stands for the MQTT address and {folder} for the folder.</param>
    public static async Task<ServedCity> StartAsync(string options = "--mqtt {mqtt}", Action<string>? prepare = null)
    {
        string folder = Directory.CreateTempSubdirectory("citytwin-mqtt-").FullName;
        prepare?.Invoke(folder);
        (int port, int mqttPort) = (FreePort(), FreePort());
        string[] more = options.Replace("{mqtt}", $"127.0.0.1:{mqttPort}", StringComparison.Ordinal).Replace("{folder}", folder, StringComparison.Ordinal).Split(' ');
        string[] arguments =
            [Path.Combine(AppContext.BaseDirectory, "citytwin.dll"), "serve", "--city", "hue", "--urls", $"http://127.0.0.1:{port}", "--journal", Path.Combine(folder, "city.db"), .. more];
        Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string? line;
        do
        {
            line = await process.StandardOutput.ReadLineAsync();
        }
        while (line is not null && !line.Contains("is alive", StringComparison.Ordinal));
        Assert.True(line is not null, line is null ? await errors : "");
        _ = process.StandardOutput.ReadToEndAsync();
        return new ServedCity(process, folder, port, mqttPort);
    }

    public async Task<JsonElement> GetAsync(string address) => await _http.GetFromJsonAsync<JsonElement>(address);

    public async Task<JsonElement> PostAsync(string address, object body)
    {
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(address, body);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Registers water/KL0n with alarms at 1.0, 2.0 and 3.5 m.</summary>
    public async Task<string> RegisterAsync(string name, double latitude = 16.45, int raiseAfterSeconds = 0)
    {
        JsonElement answer = await PostAsync("/sensors", new
        {
            kind = "water",
            name,
            commune = RunningCity.Commune,
            place = new { latitude, longitude = 107.56 },
            rules = new { levels = new[] { 1.0, 2.0, 3.5 }, raiseAfterSeconds, silentAfterSeconds = 2_592_000, risePerHourMax = 1_000.0, spikeMax = 100.0 },
        });
        await UntilAsync($"/sensors?name={name}", l => l.GetProperty("total").GetInt32() == 1);
        return answer.GetProperty("sensor").GetProperty("id").GetString()!;
    }

    /// <summary>Reads until something shows.</summary>
    public async Task<JsonElement> UntilAsync(string address, Func<JsonElement, bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        JsonElement read;
        while (!holds(read = await GetAsync(address)))
        {
            Assert.False(patience.IsCancellationRequested, $"{address} stays {read}");
        }
        return read;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
