namespace CityTwin.ClientApi.Cases;

/// <summary>Numbers for new cases that grow with the city's time: 41 bits of milliseconds since 2025, 17 bits of a counter.</summary>
/// <remarks>Below 2^58; numbers from there on are made from idempotency keys. Safe to call from any thread.</remarks>
internal sealed class CaseNumbers(CityTwin.Silo.CityClock clock, long highest)
{
    private const int CounterBits = 17;

    private static readonly DateTimeOffset Epoch = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _last = highest;

    /// <summary>The next number: higher than every one before.</summary>
    public long Next()
    {
        long now = Math.Max(0, (clock.Now.UtcTicks - Epoch.UtcTicks) / TimeSpan.TicksPerMillisecond) << CounterBits;
        while (true)
        {
            long last = Volatile.Read(ref _last);
            long next = Math.Max(now, last + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return next;
            }
        }
    }
}
