using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CityTwin.Simulation.Tests.Drive;

/// <summary>The real server in a process of its own, over a journal that outlives it.</summary>
/// <param name="journal">Where the journal is; null for an SQLite file.</param>
/// <param name="takesMqtt">Whether it takes readings over MQTT too, with the wall clock instead of a driven one.</param>
/// <param name="more">Further options.</param>
public sealed class ServerProcess(string? journal = null, bool takesMqtt = false, params string[] more) : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("citytwin-kill-").FullName;
    private readonly int _port = FreePort();
    private readonly int _mqttPort = FreePort();
    private Process? _process;

    public Uri Url => new($"http://127.0.0.1:{_port}");

    /// <summary>Where MQTT listens.</summary>
    public IPEndPoint Mqtt => new(IPAddress.Loopback, _mqttPort);

    /// <summary>How often it was killed.</summary>
    public int Kills { get; private set; }

    /// <summary>Starts it, and returns once it says that the city is alive.</summary>
    public async Task StartAsync()
    {
        string[] arguments =
        [
            ServerPath(), "--city", "hue", "--urls", Url.ToString(), "--journal", journal ?? Path.Combine(_folder, "city.db"),
            .. takesMqtt ? (string[])["--mqtt", Mqtt.ToString()] : ["--clock", "driven", "--start", "2025-06-30T00:00:00Z"], .. more,
        ];
        _process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
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

    /// <summary>Sends a signal, as STOP or CONT.</summary>
    public void Signal(string name)
    {
        using Process kill = Process.Start("kill", ["-" + name, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>SIGKILL, and then a new process on the same journal and port.</summary>
    public async Task KillAndRestartAsync()
    {
        Kills++;
        await KillAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _process = null;
        }
    }

    // …/tests/CityTwin.Simulation.Tests/bin/<configuration>/net10.0/ and …/client-api/bin/<configuration>/net10.0/
    private static string ServerPath()
    {
        var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string root = here.Parent!.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(root, "client-api", "bin", here.Parent.Name, here.Name, "citytwin.dll");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
