using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CityTwin.Benchmarks.Http;

/// <summary>The real server, in a process of its own, over a new journal.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private ServerProcess(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    public static async Task<ServerProcess> StartAsync(CancellationToken cancellation, params string[] options)
    {
        string folder = Directory.CreateTempSubdirectory("citytwin-http-").FullName;
        int port = FreePort();
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        string program = Path.Combine(AppContext.BaseDirectory, "citytwin.dll");
        foreach (string arg in (string[])[program, "--city", "hue", "--journal", Path.Combine(folder, "city.db"), "--urls", $"http://127.0.0.1:{port}", .. options])
        {
            start.ArgumentList.Add(arg);
        }
        Process process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, e) => Console.Error.WriteLine(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        ServerProcess server = new(process, folder, port);
        await server.WaitUntilReadyAsync(cancellation);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task WaitUntilReadyAsync(CancellationToken cancellation)
    {
        using HttpClient client = new();
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        for (int attempt = 0; attempt < 300 && await timer.WaitForNextTickAsync(cancellation); attempt++)
        {
            try
            {
                if ((await client.GetAsync(new Uri($"http://127.0.0.1:{Port}/health/ready"), cancellation)).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                // Not listening yet.
            }
        }
        throw new InvalidOperationException("the server did not become ready");
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
