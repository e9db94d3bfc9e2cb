using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using CityTwin.Simulation.Drive;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>Sends requests until they are answered: over lost connections, time-outs, restarts and "come back later".</summary>
/// <remarks>A repeated request carries the same Idempotency-Key, so that it takes effect once. Safe from any thread.</remarks>
internal sealed class HttpSender : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpClient _client;
    private readonly TimeSpan _giveUpAfter;
    private readonly CancellationToken _stop;
    private long _retries;

    /// <summary>A sender to one server.</summary>
    /// <param name="url">The server.</param>
    /// <param name="apiKey">Its key, or null.</param>
    /// <param name="connections">Connections at once.</param>
    /// <param name="giveUpAfter">How long one request is repeated.</param>
    /// <param name="stop">Ends the repeating, not a request that is being answered.</param>
    public HttpSender(Uri url, string? apiKey, int connections, TimeSpan giveUpAfter, CancellationToken stop)
    {
        _giveUpAfter = giveUpAfter;
        _stop = stop;
        Url = url;
        var handler = new SocketsHttpHandler { MaxConnectionsPerServer = connections, ConnectTimeout = TimeSpan.FromSeconds(5), UseCookies = false };
        _client = new HttpClient(handler) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(30) };
        if (apiKey is not null)
        {
            _client.DefaultRequestHeaders.Add("X-Api-Key", apiKey);
        }
    }

    /// <summary>The server.</summary>
    public Uri Url { get; }

    /// <summary>Requests sent again.</summary>
    public long Retries => Volatile.Read(ref _retries);

    /// <summary>How long answered requests took; repeated ones: the last time.</summary>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>Called before a request is repeated after the connection was lost: the server may have been restarted.</summary>
    public Func<Task>? Reconnecting { get; set; }

    /// <summary>Sends once.</summary>
    /// <exception cref="HttpRequestException">No answer.</exception>
    public async Task<HttpAnswer> SendOnceAsync(HttpMethod method, string path, ReadOnlyMemory<byte> body, string? key)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get)
        {
            request.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = Json } };
        }
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }
        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseContentRead);
        return new HttpAnswer(response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }

    /// <summary>Sends until it is answered with anything but 503.</summary>
    /// <exception cref="DoorShutException">It was not for too long, or the run was stopped meanwhile.</exception>
    public async Task<HttpAnswer> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte> body = default, string? key = null)
    {
        long began = Stopwatch.GetTimestamp();
        TimeSpan pause = FirstPause;
        while (true)
        {
            string trouble;
            long start = Stopwatch.GetTimestamp();
            try
            {
                HttpAnswer answer = await SendOnceAsync(method, path, body, key);
                if (answer.Status != HttpStatusCode.ServiceUnavailable)
                {
                    Latencies.Add(Stopwatch.GetElapsedTime(start));
                    return answer;
                }
                trouble = "it answers 503, come back later";
            }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
            {
                trouble = e.InnerException?.Message ?? e.Message;
            }
            await PauseAsync(began, pause, trouble);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            if (Reconnecting is { } reconnecting)
            {
                await reconnecting();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task PauseAsync(long began, TimeSpan pause, string trouble)
    {
        if (Stopwatch.GetElapsedTime(began) > _giveUpAfter)
        {
            throw new DoorShutException($"{Url} has not answered for {_giveUpAfter.TotalSeconds:F0} s: {trouble}");
        }
        try
        {
            await Task.Delay(pause, _stop);
        }
        catch (OperationCanceledException e)
        {
            throw new DoorShutException($"stopped while {Url} did not answer ({trouble}); what was under way is unknown, so the ledger is not compared", e);
        }
        Interlocked.Increment(ref _retries);
    }
}

/// <summary>An answer.</summary>
/// <param name="Status">Its status.</param>
/// <param name="Body">Its body.</param>
internal readonly record struct HttpAnswer(HttpStatusCode Status, byte[] Body)
{
    /// <summary>Whether it is a success.</summary>
    public bool IsSuccess => (int)Status is >= 200 and < 300;
}
