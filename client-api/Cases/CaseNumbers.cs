namespace CityTwin.ClientApi.Cases;

/// <summary>Numbers for new cases that grow with the city's time: 41 bits of milliseconds since 2025, 17 bits of a counter.</summary>
/// <remarks>
/// Below 2^58; numbers from there on are made from idempotency keys. Of several processes that number cases of one city each uses every
/// n-th number only, so that none is given twice. Safe to call from any thread.
/// </remarks>
internal sealed class CaseNumbers(CityTwin.Silo.CityClock clock, Func<long> highest, int processes, Func<int> process)
{
    private const int CounterBits = 17;
    private const long Unknown = -1;

    private static readonly DateTimeOffset Epoch = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private long _last = Unknown;

    /// <summary>The next number: higher than every one before that this process knows of.</summary>
    public long Next()
    {
        long now = Math.Max(0, (clock.Now.UtcTicks - Epoch.UtcTicks) / TimeSpan.TicksPerMillisecond) << CounterBits;
        while (true)
        {
            long last = Volatile.Read(ref _last);
            long next = Own(Math.Max(now, (last == Unknown ? highest() : last) + 1));
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return next;
            }
        }
    }

    // The first of this process's numbers from a number on.
    private long Own(long number) => processes == 1 ? number : ((number - process() + processes - 1) / processes * processes) + process();
}
