using System.Diagnostics;

namespace CityTwin.Benchmarks.Http;

/// <summary>What a server took of a number of requests.</summary>
/// <param name="PerSecond">Requests answered a second.</param>
/// <param name="P50Ms">The median time from sending to the whole answer, milliseconds.</param>
/// <param name="P99Ms">The time that one in a hundred exceeded, milliseconds.</param>
internal readonly record struct WireRate(double PerSecond, double P50Ms, double P99Ms);

/// <summary>Requests over some connections, each connection sending its next once the last is answered.</summary>
internal static class WireLoad
{
    /// <summary>Sends all requests to a server on this machine.</summary>
    /// <param name="port">Where it listens.</param>
    /// <param name="connections">How many connections.</param>
    /// <param name="requests">How many requests in all.</param>
    /// <param name="make">The bytes of the n-th request, from 0; called on any thread.</param>
    /// <exception cref="InvalidOperationException">An answer was not a success.</exception>
    public static async Task<WireRate> RunAsync(int port, int connections, int requests, Func<int, byte[]> make)
    {
        int next = 0;
        double[] latencies = new double[requests];
        long began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(ConnectionAsync)));
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Array.Sort(latencies);
        return new(requests / seconds, latencies[requests / 2], latencies[requests * 99 / 100]);

        async Task ConnectionAsync()
        {
            using WireClient client = new(port);
            await client.ConnectAsync();
            for (int n = Interlocked.Increment(ref next) - 1; n < requests; n = Interlocked.Increment(ref next) - 1)
            {
                byte[] request = make(n);
                long sent = Stopwatch.GetTimestamp();
                int status = await client.SendAsync(request);
                latencies[n] = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
                if (status is < 200 or > 299)
                {
                    throw new InvalidOperationException($"status {status}");
                }
            }
        }
    }
}
