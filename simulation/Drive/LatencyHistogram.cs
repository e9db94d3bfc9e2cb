using System.Numerics;

namespace CityTwin.Simulation.Cli.Drive;

/// <summary>Counts durations in buckets that are 1/16 of a power of two wide, so that quantiles are right within about 6 %. Safe from any thread.</summary>
internal sealed class LatencyHistogram
{
    private const int SubBits = 4;
    private const int SubCount = 1 << SubBits;

    private readonly long[] _counts = new long[64 * SubCount];

    /// <summary>How many durations were counted.</summary>
    public long Count
    {
        get
        {
            long sum = 0;
            for (int i = 0; i < _counts.Length; i++)
            {
                sum += Volatile.Read(ref _counts[i]);
            }
            return sum;
        }
    }

    /// <summary>Counts a duration, so many times.</summary>
    public void Add(TimeSpan duration, int times = 1)
    {
        ulong microseconds = (ulong)Math.Max(0, duration.TotalMicroseconds);
        Interlocked.Add(ref _counts[BucketOf(microseconds)], times);
    }

    /// <summary>The duration below which a share of all lies, 0 to 1; zero when nothing was counted.</summary>
    public TimeSpan Quantile(double share)
    {
        long wanted = (long)Math.Ceiling(share * Count);
        long seen = 0;
        for (int i = 0; i < _counts.Length && wanted > 0; i++)
        {
            seen += Volatile.Read(ref _counts[i]);
            if (seen >= wanted)
            {
                return TimeSpan.FromMicroseconds(UpperOf(i));
            }
        }
        return TimeSpan.Zero;
    }

    private static int BucketOf(ulong value)
    {
        if (value < SubCount)
        {
            return (int)value;
        }
        int exponent = BitOperations.Log2(value);
        int sub = (int)(value >> (exponent - SubBits)) & (SubCount - 1);
        return ((exponent - SubBits + 1) * SubCount) + sub;
    }

    private static double UpperOf(int bucket)
    {
        if (bucket < SubCount)
        {
            return bucket + 1;
        }
        int exponent = (bucket / SubCount) + SubBits - 1;
        int sub = bucket % SubCount;
        return Math.Pow(2, exponent) * (1 + ((sub + 1.0) / SubCount));
    }
}
