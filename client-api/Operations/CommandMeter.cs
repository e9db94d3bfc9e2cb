using System.Collections.Concurrent;
using System.Diagnostics;
using CityTwin.Silo;

namespace CityTwin.ClientApi.Operations;

/// <summary>Counts commands by kind and outcome, and how long they took. Safe to use from any thread; a count costs no lock and no allocation.</summary>
internal sealed class CommandMeter
{
    private readonly ConcurrentDictionary<Type, long[]> _outcomes = new();
    private readonly long[] _latency = new long[LatencyBoundsMs.Length + 1];
    private long _elapsedTicks;

    /// <summary>Upper bounds of the latency buckets, milliseconds.</summary>
    public static double[] LatencyBoundsMs { get; } = [0.5, 1, 2, 5, 10, 20, 50, 100, 250, 1000, 5000];

    /// <summary>The slowest of the last minutes.</summary>
    public SlowCommands Slowest { get; } = new();

    /// <summary>Counts by command type; by <see cref="ReplyStatus"/> within.</summary>
    public IEnumerable<KeyValuePair<Type, long[]>> Outcomes => _outcomes;

    /// <summary>Counts by latency bucket.</summary>
    public IReadOnlyList<long> Latency => _latency;

    /// <summary>The sum of all latencies.</summary>
    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _elapsedTicks));

    /// <summary>Counts one command.</summary>
    public void Count(Type command, ReplyStatus status)
    {
        long[] counts = _outcomes.GetOrAdd(command, static _ => new long[8]);
        Interlocked.Increment(ref counts[(int)status]);
    }

    /// <summary>Counts the latency of one request of commands.</summary>
    public void Took(long startTimestamp)
    {
        long ticks = Stopwatch.GetTimestamp() - startTimestamp;
        double ms = ticks * 1000.0 / Stopwatch.Frequency;
        int bucket = 0;
        while (bucket < LatencyBoundsMs.Length && ms > LatencyBoundsMs[bucket])
        {
            bucket++;
        }
        Interlocked.Increment(ref _latency[bucket]);
        Interlocked.Add(ref _elapsedTicks, ticks);
    }
}
