using System.Diagnostics;
using System.Numerics;
using CityTwin.Grains;

namespace CityTwin.Silo.Turns;

/// <summary>Which twins keep the turn thread busy, and how long turns take, from one turn in 32.</summary>
/// <remarks>
/// The gaps between two samples vary, so that a cascade of always the same turns is not always met at the same one. What is not sampled costs a
/// decrement. Counts are halved every 32,768 samples, a million turns. Written by the turn thread, read by any.
/// </remarks>
internal sealed class TurnSampler
{
    /// <summary>Turns to one sample, on average.</summary>
    public const int Apart = 32;

    private const int TwinsMax = 256;
    private const int HalveEvery = 32_768;
    private const int Buckets = 32;

    private readonly Lock _gate = new();
    private readonly SpaceSaving<TwinId> _twins = new(TwinsMax);
    private readonly Dictionary<Type, long[]> _commands = [];
    private uint _random = 0x9E37_79B9;
    private int _left = 1;
    private int _sinceHalved;

    /// <summary>A turn begins: the moment if it is sampled, else 0.</summary>
    public long Begin() => --_left > 0 ? 0 : Due();

    /// <summary>A sampled turn ended.</summary>
    public void End(TwinId twin, TwinCommand command, long began)
    {
        long ticks = Stopwatch.GetTimestamp() - began;
        int bucket = Math.Min(Buckets - 1, BitOperations.Log2((ulong)Math.Max(1, ticks * 4_000_000 / Stopwatch.Frequency)));
        lock (_gate)
        {
            _twins.Add(twin);
            if (!_commands.TryGetValue(command.GetType(), out long[]? counts))
            {
                _commands.Add(command.GetType(), counts = new long[Buckets]);
            }
            counts[bucket]++;
            if (++_sinceHalved == HalveEvery)
            {
                Halve();
            }
        }
    }

    /// <summary>What was sampled lately.</summary>
    /// <param name="most">At most so many twins.</param>
    public TurnLoad Read(int most)
    {
        lock (_gate)
        {
            double total = Math.Max(1, _twins.Total);
            double timed = Math.Max(1, _commands.Values.Sum(c => c.Sum()));
            return new TurnLoad(
                _twins.Total,
                [.. _twins.Top(most).Select(t => new BusyTwin(t.Item, t.Count / total, t.Error / total))],
                [.. _commands.Where(c => c.Value.Sum() > 0).Select(c => new TurnTime(c.Key.Name, c.Value.Sum() / timed, Quantile(c.Value, 0.5), Quantile(c.Value, 0.99)))]);
        }
    }

    // Xorshift by Marsaglia (2003): 1 to 63, on average 32.
    private long Due()
    {
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        _left = 1 + (int)(_random % ((2 * Apart) - 1));
        return Stopwatch.GetTimestamp();
    }

    private void Halve()
    {
        _sinceHalved = 0;
        _twins.Halve();
        foreach (long[] counts in _commands.Values)
        {
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] /= 2;
            }
        }
    }

    // The upper bound of the bucket: buckets double, from a quarter of a microsecond on.
    private static TimeSpan Quantile(long[] counts, double q)
    {
        long wanted = (long)Math.Ceiling(counts.Sum() * q);
        int bucket = 0;
        for (long below = counts[0]; below < wanted; below += counts[bucket])
        {
            bucket++;
        }
        return TimeSpan.FromMicroseconds(Math.Pow(2, bucket + 1) / 4);
    }
}
