using CityTwin.Silo.Journal;

namespace CityTwin.Silo.Tests.Journal;

public sealed class JournalReadsTests
{
    private const int Most = 2;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task So_many_reads_hold_a_thread_at_once_and_the_others_come_after_them()
    {
        JournalReads bounded = new(Most);
        using ManualResetEventSlim database = new();
        int running = 0, most = 0;
        Task<int>[] reads = [.. Enumerable.Range(0, 10 * Most).Select(i => bounded.Run(() =>
        {
            int now = Interlocked.Increment(ref running);
            for (int seen = Volatile.Read(ref most); now > seen && Interlocked.CompareExchange(ref most, now, seen) != seen; seen = Volatile.Read(ref most))
            {
            }
            database.Wait();
            Interlocked.Decrement(ref running);
            return i;
        }))];
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref running) == Most, Patience), $"{running} reads run");

        database.Set();

        Assert.Equal(Enumerable.Range(0, reads.Length), await Task.WhenAll(reads));
        Assert.Equal(Most, most);
    }
}
