using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace CityTwin.Benchmarks.Pages;

/// <summary>A served city, a process of its own, and a feed of filings that keeps it busy.</summary>
internal sealed class ServedPages : IAsyncDisposable
{
    private const int BatchSize = 100;

    /// <summary>The city's time when it was founded: a working morning. It runs sixty times as fast, so that a minute of watching leaves an hour of past to be played.</summary>
    private static readonly DateTimeOffset Began = new(2026, 1, 5, 8, 0, 0, TimeSpan.FromHours(7));

    private static readonly string[] Documents = ["original-document"];

    private readonly Process _process;
    private readonly string _folder;
    private readonly CancellationTokenSource _stop = new();
    private Task _feed = Task.CompletedTask;

    private ServedPages(Process process, string folder, int port)
    {
        _process = process;
        _folder = folder;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    public HttpClient Http { get; }

    public static async Task<ServedPages> StartAsync(string city, string folder, CancellationToken cancellation)
    {
        int port = FreePort();
        string program = Path.Combine(AppContext.BaseDirectory, "citytwin.dll");
        string[] arguments = [program, "serve", "--city", city, "--urls", $"http://127.0.0.1:{port}", "--journal", Path.Combine(folder, "city.db"), "--clock", "60x", "--start", Began.ToString("O", CultureInfo.InvariantCulture)];
        Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, e) => Console.Error.WriteLine(e.Data);
        process.BeginErrorReadLine();
        TaskCompletionSource alive = new(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, e) =>
        {
            if (e.Data is null)
            {
                alive.TrySetException(new InvalidOperationException("the server ended"));
            }
            else if (e.Data.Contains("is alive", StringComparison.Ordinal))
            {
                alive.TrySetResult();
            }
        };
        process.BeginOutputReadLine();
        await alive.Task.WaitAsync(cancellation);
        return new ServedPages(process, folder, port);
    }

    /// <summary>Begins to file dossiers all over the city, batch after batch, as fast as wanted.</summary>
    public void Feed(string[] communes, int casesPerSecond) => _feed = FeedAsync(communes, casesPerSecond, _stop.Token);

    /// <summary>The city's time.</summary>
    public async Task<DateTimeOffset> NowAsync() =>
        (await Http.GetFromJsonAsync<JsonElement>(new Uri("/clock", UriKind.Relative))).GetProperty("now").GetDateTimeOffset();

    /// <summary>Events that are durable by now.</summary>
    public async Task<double> EventsAsync()
    {
        string text = await Http.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        string line = text.Split('\n').First(l => l.StartsWith("citytwin_events_total ", StringComparison.Ordinal));
        return double.Parse(line.AsSpan(line.IndexOf(' ', StringComparison.Ordinal)), provider: CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _feed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Http.Dispose();
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task FeedAsync(string[] communes, int casesPerSecond, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        long filed = 0;
        while (await timer.WaitForNextTickAsync(stop))
        {
            while (filed < watch.Elapsed.TotalSeconds * casesPerSecond)
            {
                long first = filed;
                object[] cases = [.. Enumerable.Range(0, BatchSize).Select(i => new
                {
                    kind = "dossier",
                    service = "2.000815",
                    commune = communes[(int)((first + i) * 7919 % communes.Length)],
                    channel = "onlinePortal",
                    citizen = $"citizen/{1_000_000 + ((first + i) % 500_000):D12}",
                    documents = Documents,
                })];
                using HttpResponseMessage answer = await Http.PostAsJsonAsync("/cases/batch", new { cases }, stop);
                answer.EnsureSuccessStatusCode();
                filed += BatchSize;
            }
        }
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
