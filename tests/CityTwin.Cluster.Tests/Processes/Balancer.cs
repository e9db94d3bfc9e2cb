using System.Collections.Concurrent;
using System.Net.Http.Json;
using CityTwin.Grains;

namespace CityTwin.Cluster.Tests.Processes;

/// <summary>Callers behind a load balancer: it asks every node ten times a second whether it is ready, and sends requests to those that are, once each.</summary>
internal sealed class Balancer : IAsyncDisposable
{
    private const int Callers = 6;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Communes = [.. BundledCities.Read("hue").Offices.Take(40).Select(o => o.Profile.Id.ToString())];

    private readonly ConcurrentDictionary<Uri, bool> _nodes = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _answered;
    private int _next;

    public Balancer(IEnumerable<Uri> nodes)
    {
        foreach (Uri node in nodes)
        {
            Add(node);
        }
        _running = Task.WhenAll([Task.Run(WatchAsync), .. Enumerable.Range(0, Callers).Select(_ => Task.Run(CallAsync))]);
    }

    /// <summary>Requests answered as asked.</summary>
    public long Answered => Volatile.Read(ref _answered);

    /// <summary>Those that were not, and why.</summary>
    public ConcurrentBag<string> Refused { get; } = [];

    public void Add(Uri node) => _nodes[node] = true;

    public static object Report(string commune) => new { kind = "feedback", service = "waste-environment", commune, channel = "app", description = "Rác chưa thu gom" };

    public Task UntilAnsweredAsync(int more)
    {
        long wanted = Answered + more;
        return Task.Run(() => Assert.True(SpinWait.SpinUntil(() => Answered >= wanted || !Refused.IsEmpty, Patience), "nobody is answered"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_running.IsCompleted)
        {
            return;
        }
        await _stop.CancelAsync();
        await _running;
        _http.Dispose();
        _stop.Dispose();
    }

    private async Task WatchAsync()
    {
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (!_stop.IsCancellationRequested)
        {
            foreach (Uri node in _nodes.Keys)
            {
                _nodes[node] = await IsReadyAsync(node);
            }
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private async Task<bool> IsReadyAsync(Uri node)
    {
        try
        {
            using HttpResponseMessage answer = await _http.GetAsync(new Uri(node, "/health/ready"), CancellationToken.None);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task CallAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            Uri[] ready = [.. _nodes.Where(n => n.Value).Select(n => n.Key)];
            int n = Interlocked.Increment(ref _next);
            try
            {
                using HttpResponseMessage answer = await _http.PostAsJsonAsync(new Uri(ready[n % ready.Length], "/cases"), Report(Communes[n % Communes.Length]), CancellationToken.None);
                if (answer.IsSuccessStatusCode)
                {
                    Interlocked.Increment(ref _answered);
                }
                else
                {
                    Refused.Add($"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
                }
            }
            catch (Exception e) when (e is HttpRequestException or OperationCanceledException or DivideByZeroException)
            {
                Refused.Add(e.Message);
            }
        }
    }
}
