using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace CityTwin.ClientApi.Tests.Sensors;

/// <summary><c>citytwin serve --mqtt</c> as a process of its own.</summary>
internal sealed class ServedCity : IAsyncDisposable
{
    private readonly string[] _arguments;
    private readonly HttpClient _http;
    private Process? _process;

    private ServedCity(string[] arguments, string folder, int port, int mqttPort)
    {
        (_arguments, Folder, MqttPort) = (arguments, folder, mqttPort);
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
        var city = new ServedCity(arguments, folder, port, mqttPort);
        await city.StartAsync();
        return city;
    }

    /// <summary>Ends the process at once, as kill -9 does, and starts another over the same files.</summary>
    public async Task KillAndStartAsync()
    {
        await KillAsync();
        await StartAsync();
    }

    public async Task<JsonElement> GetAsync(string address) => await _http.GetFromJsonAsync<JsonElement>(address);

    public async Task<JsonElement> PostAsync(string address, object body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }
        using HttpResponseMessage answer = await _http.SendAsync(request);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonDocument.Parse(text).RootElement;
    }

    /// <summary>Posts a form.</summary>
    public async Task PostFormAsync(string address, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using HttpResponseMessage answer = await _http.PostAsync(address, form);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
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
        await KillAsync();
        _http.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", _arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = _process.StandardError.ReadToEndAsync();
        string? line;
        do
        {
            line = await _process.StandardOutput.ReadLineAsync();
        }
        while (line is not null && !line.Contains("is alive", StringComparison.Ordinal));
        Assert.True(line is not null, line is null ? await errors : "");
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
}
