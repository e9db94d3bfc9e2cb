using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace CityTwin.Cluster.Tests.Processes;

/// <summary>A node as a process of its own, that can be told to stop, or killed.</summary>
internal sealed partial class NodeProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private const int CrashLines = 120;

    private readonly Process _process;

    private readonly ConcurrentQueue<string> _told;

    private NodeProcess(Process process, Uri url, ConcurrentQueue<string> told) => (_process, Url, _told) = (process, url, told);

    /// <summary>Where its API is.</summary>
    public Uri Url { get; }

    /// <summary>What it last said, and whether it still runs, for who wants to know why a drive failed; of a crash how it began.</summary>
    public string Last
    {
        get
        {
            string[] told = [.. _told];
            int crash = Array.FindIndex(told, l => l.StartsWith("Unhandled exception", StringComparison.Ordinal) || l.StartsWith("Stack overflow", StringComparison.Ordinal) || l.StartsWith("Fatal error", StringComparison.Ordinal));
            IEnumerable<string> lines = crash < 0 ? told.TakeLast(20) : told.Skip(crash).Take(CrashLines);
            return $"{Url} {(_process.HasExited ? $"ended with {_process.ExitCode}" : "runs")}: {string.Join("\n  ", lines)}";
        }
    }

    /// <summary>Starts a node and waits until it is up.</summary>
    public static async Task<NodeProcess> StartAsync(string folder, params string[] arguments)
    {
        string[] own = ["--urls", "http://127.0.0.1:0", "--silo", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{FreePort()}")];
        ConcurrentQueue<string> told = new();
        Process process = Start(folder, "citytwin-node", [.. arguments, .. own], told.Enqueue);
        using CancellationTokenSource patience = new(Patience);
        while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (UpAt().Match(line) is { Success: true } up)
            {
                return new NodeProcess(process, new Uri(up.Groups[1].Value), told);
            }
        }
        throw new InvalidOperationException($"a node ended before it was up: {string.Join('\n', told.TakeLast(20))}");
    }

    /// <summary>Starts a program that lies beside the tests.</summary>
    public static Process Start(string folder, string program, string[] arguments, Action<string>? told = null)
    {
        Process process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, program + ".dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        // What nobody reads would fill the pipe and stop the process.
        process.ErrorDataReceived += (_, line) => told?.Invoke(line.Data ?? "");
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>kill -9.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGTERM; gives the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using Process signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        using CancellationTokenSource patience = new(Patience);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@" is up: (http://[0-9.:]+)")]
    private static partial Regex UpAt();
}
